"""Where files may be fetched from, and who is told our credentials."""

import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from acuerdo.platform.errors import ProviderMisused, ProviderRefused
from acuerdo.providers.twilio.client import TwilioHttp
from acuerdo.providers.twilio.media import PublicResolver, media_url, redirected

FILE = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"


class FixedResolver(AbstractResolver):
    """Knows one answer."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses
        self.is_closed = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._addresses
        ]

    async def close(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize("url", [FILE, "https://api.dublin.ie1.twilio.com/media"])
def test_twilio_over_tls_is_trusted(url: str) -> None:
    assert media_url(url) == URL(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.twilio.com/media",
        "https://twilio.com.evil.example/media",
        "https://eviltwilio.com/media",
        "https://api.twilio.com@evil.example/media",
        "https://evil.example/?api.twilio.com",
        "https://evil.example#.twilio.com",
        "https://127.0.0.1/media",
        "ftp://api.twilio.com/media",
        "/2010-04-01/media",
        "media",
        "",
    ],
)
def test_nobody_else_is(url: str) -> None:
    with pytest.raises(ProviderRefused):
        media_url(url)


def test_a_stand_in_replaces_twilio_altogether() -> None:
    assert media_url("http://127.0.0.1:8000/a/b", "http://127.0.0.1:8000/a").path == "/a/b"
    with pytest.raises(ProviderRefused):
        media_url(FILE, "http://127.0.0.1:8000/a")
    with pytest.raises(ProviderRefused):
        media_url("http://127.0.0.1:8001/a/b", "http://127.0.0.1:8000/a")


def test_twilio_may_keep_files_elsewhere_in_public() -> None:
    away = "https://mms.twiliocdn.example/AC1/1?Signature=x"
    assert redirected(URL(FILE), away) == URL(away)
    assert redirected(URL(FILE), "/stored/1") == URL("https://api.twilio.com/stored/1")


@pytest.mark.parametrize(
    "location", ["http://cdn.example/1", "https://127.0.0.1/1", "https://[::1]/1", "file:///x"]
)
def test_but_not_in_private_or_in_the_clear(location: str) -> None:
    with pytest.raises(ProviderRefused):
        redirected(URL(FILE), location)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1",
                "100.64.0.1", "192.168.0.1", "::ffff:10.0.0.1"]
)  # fmt: skip
async def test_a_name_may_not_lead_into_a_private_network(address: str) -> None:
    with pytest.raises(ProviderRefused):
        await PublicResolver(FixedResolver("93.184.216.34", address)).resolve("cdn.example")


async def test_public_addresses_pass() -> None:
    inner = FixedResolver("93.184.216.34")
    resolver = PublicResolver(inner)

    assert [one["host"] for one in await resolver.resolve("cdn.example")] == ["93.184.216.34"]

    await resolver.close()
    assert inner.is_closed


@pytest.mark.parametrize("base_url", ["", "http://127.0.0.1:9"])
@pytest.mark.parametrize(
    "uri",
    [
        "https://verify.twilio.com/v2",
        "https://api.twilio.com.evil.example/",
        "http://127.0.0.1:90/",
    ],
)
async def test_the_sdk_speaks_to_no_other_host(base_url: str, uri: str) -> None:
    http = TwilioHttp(base_url, 1)
    with pytest.raises(ProviderMisused):
        await http.request("GET", uri)
    await http.close()
