"""Files that people sent through Twilio: fetched from its hosts, and from nowhere private."""

import socket
from ipaddress import ip_address
from typing import Final

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    ThreadedResolver,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from acuerdo.platform.errors import ProviderRefused, ProviderUnavailable
from acuerdo.providers.twilio.client import credentials

_TWILIO: Final = ".twilio.com"
_MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK_BYTES: Final = 65_536


def media_url(text: str, base_url: str = "") -> URL:
    """The URL, if it may be asked with our credentials: on Twilio over TLS, or on the stand-in.

    Raises ProviderRefused.
    """
    url = _parsed(text)
    if base_url:
        trusted = url.origin() == URL(base_url).origin()
    else:
        trusted = url.scheme == "https" and (url.host or "").endswith(_TWILIO)
    if not trusted:
        raise ProviderRefused("The file is not on a host of Twilio")
    return url


def redirected(source: URL, location: str, base_url: str = "") -> URL:
    """Where Twilio keeps the file itself: any public host over TLS, or the stand-in.

    Raises ProviderRefused.
    """
    url = _parsed(location, source)
    if base_url:
        return media_url(str(url), base_url)
    if url.scheme != "https" or _is_address(url.host or ""):
        raise ProviderRefused("The file is on a host that is not trusted")
    return url


class PublicResolver(AbstractResolver):
    """Resolves names, but refuses those of addresses that are not on the public internet."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises ProviderRefused when one of them is private."""
        found = await self._inner.resolve(host, port, family)
        if not all(ip_address(result["host"].partition("%")[0]).is_global for result in found):
            raise ProviderRefused("The address of the file is not a public one")
        return found

    async def close(self) -> None:
        """Give back what the resolver beneath holds."""
        await self._inner.close()


async def download(
    reference: str,
    auth: tuple[str, str],
    *,
    max_bytes: int,
    timeout_seconds: float,
    base_url: str = "",
) -> tuple[bytes, str]:
    """A received file and its content type.

    The credentials go to Twilio's own host only; where it redirects to is asked without them.
    Raises ProviderRefused for a foreign or private address, a file that is gone or too large,
    ProviderUnavailable when it should be tried again.
    """
    target = media_url(reference, base_url)
    headers = credentials(auth)
    try:
        async with ClientSession(
            connector=None if base_url else _public_connector(),
            timeout=ClientTimeout(total=timeout_seconds),
            cookie_jar=DummyCookieJar(),
        ) as session:
            for _ in range(_MOST_REDIRECTS + 1):
                async with session.get(target, headers=headers, allow_redirects=False) as response:
                    if response.status not in _REDIRECTS:
                        return await _file(response, max_bytes)
                    location = response.headers.get("Location", "")
                target = redirected(target, location, base_url)
                headers = {}
    except (ClientError, TimeoutError) as error:
        raise ProviderUnavailable("The file could not be fetched") from error
    raise ProviderRefused("Too many redirects on the way to a file")


def _public_connector() -> TCPConnector:
    # without the cache every connection is checked, a name that changed its address too
    return TCPConnector(resolver=PublicResolver(ThreadedResolver()), use_dns_cache=False)


def _parsed(text: str, relative_to: URL | None = None) -> URL:
    try:
        url = relative_to.join(URL(text)) if relative_to else URL(text)
        url.origin()
    except ValueError as error:
        raise ProviderRefused("The address of the file is not a URL") from error
    return url


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def _file(response: ClientResponse, max_bytes: int) -> tuple[bytes, str]:
    if response.status == 429 or response.status >= 500:
        raise ProviderUnavailable(f"Twilio answered {response.status}")
    if response.status != 200:
        raise ProviderRefused(
            f"Twilio answered {response.status}", provider_code=str(response.status)
        )
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        content += chunk
        if len(content) > max_bytes:
            raise ProviderRefused("The file is too large")
    return bytes(content), response.content_type
