"""The simulator and a recording product, each served on loopback."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import pytest
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from simulator import DemoPerson, SimulatorConfig, create_simulator
from tests.contract.simulator.product import Product
from tests.contract.simulator.served import listening, served, url_of

# Loopback is plain HTTP; reading the certificates of the world takes longer than a test.
WITHOUT_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

ANA = DemoPerson(
    id="d-1",
    name="Ana Flores",
    country="PE",
    state="45 días de atraso",
    document="45671234",
    birth_date="1990-03-02",
    addresses={"whatsapp": "+51987654321"},
    start_payload="invitacion-de-ana",
)


async def the_people() -> tuple[DemoPerson, ...]:
    return (ANA,)


@dataclass(frozen=True)
class Running:
    """A served simulator and the product that it talks to."""

    config: SimulatorConfig
    product: Product

    @property
    def url(self) -> str:
        return self.config.own_url


class Control:
    """The control API in the words of a test."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def do(self, kind: str, **fields: object) -> dict[str, object]:
        response = await self._client.post("/control/inbound", json={"kind": kind, **fields})
        response.raise_for_status()
        return dict(response.json())

    async def say(self, address: str, text: str, channel: str = "whatsapp") -> dict[str, object]:
        return await self.do("text", channel=channel, address=address, text=text)

    async def inbox(self, address: str, channel: str = "whatsapp", **more: int) -> list[dict]:  # type: ignore[type-arg]
        query = {"channel": channel, "address": address, **more}
        return list((await self._client.get("/control/inbox", params=query)).json())

    async def faults(self, **faults: object) -> None:
        (await self._client.patch("/control/faults", json=faults)).raise_for_status()

    async def settle(self) -> None:
        await self._client.post("/control/settle")


@pytest.fixture(scope="session")
def _running() -> Iterator[Running]:
    product = Product()
    with ExitStack() as stack:
        door, own = stack.enter_context(listening()), stack.enter_context(listening())
        config = SimulatorConfig(
            public_url=url_of(door),
            own_url=url_of(own),
            directory=the_people,
            status_delay_ms=0,
            retry_delay_ms=1,
        )
        stack.enter_context(served(product.app(), door))
        stack.enter_context(served(create_simulator(config), own))
        yield Running(config, product)


@pytest.fixture
async def running(_running: Running, http: httpx.AsyncClient) -> Running:
    await http.post("/control/settle")
    await http.post("/control/reset")
    _running.product.forget()
    return _running


@pytest.fixture
async def http(_running: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=_running.url, verify=WITHOUT_TLS) as client:
        yield client


@pytest.fixture
def control(http: httpx.AsyncClient) -> Control:
    return Control(http)


@pytest.fixture
async def twilio(running: Running) -> AsyncIterator[Client]:
    config = running.config
    transport = AsyncTwilioHttpClient()
    client = Client(config.twilio_account_sid, config.twilio_auth_token, http_client=transport)
    client.api.base_url = client.content.base_url = f"{running.url}/twilio"
    yield client
    await transport.close()


@pytest.fixture
def contents(running: Running) -> Client:
    # AsyncTwilioHttpClient 9.13.0 sends the Content API's JSON as a form; the other one does not.
    client = Client(running.config.twilio_account_sid, running.config.twilio_auth_token)
    client.content.base_url = f"{running.url}/twilio"
    return client
