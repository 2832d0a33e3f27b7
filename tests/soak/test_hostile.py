"""The campaign of hostile input: no answer of 5xx, no second of processor time, nobody waits.

Seeded by ACUERDO_SOAK_SEED; where ACUERDO_SOAK_SECONDS is set, a quarter of it is given to the
malformed bodies.
"""

import contextlib
import os
import random
import socket
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import httpx
import psutil
import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from quality.phone import Phone
from quality.product import API_KEY, Product
from simulator.config import SimulatorConfig
from simulator.twilio_messaging.signature import sign
from tests.soak.hostile import Attempt, Hostile
from tests.unit.providers.forms import an_inbound

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
_BODIES: Final = 10_000
_MESSAGES: Final = 5_000
_STREAMS: Final = 100
_SECONDS: Final = float(os.environ.get("ACUERDO_SOAK_SECONDS") or "inf")
_TOKEN: Final = SimulatorConfig().twilio_auth_token
_WHATSAPP: Final = "/webhooks/twilio/whatsapp"
# What the first half of a request is given, and then some.
_HEAD_SECONDS: Final = 20


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    """A product of its own: what hostile people leave behind is nobody else's."""
    with Product() as product:
        yield product


def _told(capsys: pytest.CaptureFixture[str], *lines: str) -> None:
    with capsys.disabled():
        print("", *lines, sep="\n", flush=True)  # noqa: T201


def _cpu(*processes: psutil.Process) -> float:
    """Give the processor seconds that processes have used."""
    return sum(sum(each.cpu_times()[:2]) for each in processes)


def _port_inside(product: Product) -> tuple[int, str]:
    environment = psutil.Process(product.process("actions")).environ()
    return (
        int(environment["ACUERDO_ENGINE__ACTIONS_PORT"]),
        environment["ACUERDO_ENGINE__SECRET"],
    )


def test_malformed_bodies(product: Product, seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(f"{seed} hostile")  # noqa: S311 - nothing is kept secret by it
    port, secret = _port_inside(product)
    hostile = Hostile(dice, product.public_url, API_KEY, secret)
    watched = [psutil.Process(product.process(name)) for name in ("web", "actions")]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    dearest: dict[str, float] = defaultdict(float)
    wrong: list[str] = []
    ends_at = time.monotonic() + _SECONDS / 4
    with httpx.Client(timeout=60) as client:
        for number in range(_BODIES):
            if time.monotonic() > ends_at:
                break
            attempt = hostile.attempt()
            before = _cpu(*watched)
            status = _status(client, attempt, product.url, port)
            cost = _cpu(*watched) - before
            counts[attempt.door][status] += 1
            dearest[attempt.door] = max(dearest[attempt.door], cost)
            if status >= 500 or cost >= 1.0:
                wrong.append(f"{number}: {status}, {cost:.2f} s: {attempt.how} {attempt.path}")
    lines = [
        f"{door:10} {sum(found.values()):6}  {dict(sorted(found.items()))}  "
        f"dearest {dearest[door]:.2f} s of processor time"
        for door, found in sorted(counts.items())
    ]
    _told(capsys, *lines)
    assert wrong == []
    assert product.is_ready()


def _status(client: httpx.Client, attempt: Attempt, url: str, port: int) -> int:
    base = f"http://127.0.0.1:{port}" if attempt.inside else url
    headers = {name: value.encode("utf-8", "replace") for name, value in attempt.headers.items()}
    with contextlib.suppress(httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        answer = client.request(
            attempt.method, f"{base}{attempt.path}", content=attempt.body, headers=headers
        )
        return answer.status_code
    # a body that was too long was not read to its end
    return 0


def test_streams_of_calls(product: Product, seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(f"{seed} streams")  # noqa: S311 - nothing is kept secret by it
    hostile = Hostile(dice, product.public_url, API_KEY, "")
    ends: Counter[str] = Counter()
    for _ in range(_STREAMS):
        path = "/voice/calls/0190b8a0-0000-7000-8000-000000000001/relay"
        signed = sign(f"wss://localhost:{product.port}{path}", [], _TOKEN, "HMAC_SHA1")
        headers = {"X-Twilio-Signature": signed if dice.random() < 0.8 else "x"}
        try:
            with connect(
                f"ws://127.0.0.1:{product.port}{path}", additional_headers=headers, open_timeout=10
            ) as stream:
                for _ in range(5):
                    stream.send(hostile.frame())
                stream.recv(timeout=2)
        except (WebSocketException, TimeoutError, OSError) as error:
            ends[type(error).__name__] += 1
    _told(capsys, f"streams: {dict(ends)}")
    assert "Traceback" not in product.log("web")


def test_others_do_not_wait_for_a_flood(
    product: Product, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = _MESSAGES if float("inf") == _SECONDS else min(_MESSAGES, int(_SECONDS * 2))
    other = Phone(product, "+5255000099")
    other.says("hola")
    with httpx.Client(base_url=product.url, timeout=60) as client, ThreadPoolExecutor(8) as crowd:
        flood = [crowd.submit(_message, client, product, number) for number in range(messages)]
        waits = []
        while not all(each.done() for each in flood):
            waits.append(_waited(other))
        statuses = Counter(each.result() for each in flood)
    walls, adjusted = sorted(wall for wall, _ in waits), sorted(fair for _, fair in waits)
    _told(
        capsys,
        f"{messages} messages of one number: {dict(statuses)}; another person asked {len(waits)} "
        f"times and waited {walls[len(walls) // 2]:.2f} s, {walls[-1]:.2f} s at worst; on our "
        f"own processors {adjusted[len(adjusted) // 2]:.2f} s, {adjusted[-1]:.2f} s at worst",
    )
    assert set(statuses) == {200}
    assert adjusted[-1] < 2.0


def _message(client: httpx.Client, product: Product, number: int) -> int:
    fields = an_inbound(MessageSid=f"SMflood{number}", Body=f"hola {number}")
    fields["From"] = "whatsapp:+5215550009999"
    signature = sign(product.public_url + _WHATSAPP, list(fields.items()), _TOKEN, "HMAC_SHA1")
    answer = client.post(_WHATSAPP, data=fields, headers={"X-Twilio-Signature": signature})
    return answer.status_code


def _waited(phone: Phone) -> tuple[float, float]:
    """Give how long an answer took, and how long on processors that nobody else used meanwhile."""
    began = time.monotonic()
    phone.says("hola")
    wall = time.monotonic() - began
    # how much longer than its own work a loop of pure work takes just now
    began, worked = time.monotonic(), time.thread_time()
    while time.thread_time() - worked < 0.02:
        pass
    return wall, wall / max(1.0, (time.monotonic() - began) / 0.02)


def test_slow_and_endless_connections(product: Product, capsys: pytest.CaptureFixture[str]) -> None:
    half = [socket.create_connection(("127.0.0.1", product.port)) for _ in range(200)]
    for each in half:
        each.sendall(b"POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nX-Slow:")
    slow = [socket.create_connection(("127.0.0.1", product.port)) for _ in range(50)]
    for each in slow:
        each.sendall(b"POST /desk/login HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\na=")
    began = time.monotonic()
    assert product.http.get("/health/live").status_code == httpx.codes.OK
    lively = time.monotonic() - began
    with httpx.Client(base_url=product.url, timeout=60) as client:
        endless = _endless(client)
    heads, bodies = [_ended(each) for each in half], [_ended(each) for each in slow]
    _told(
        capsys,
        f"200 half requests and 50 slow bodies: /health/live after {lively:.2f} s; "
        f"closed {sum(heads)} and {sum(bodies)}; an endless body: {endless}",
    )
    assert lively < 2.0
    assert all(heads)
    assert all(bodies)
    assert endless < 500


def _endless(client: httpx.Client) -> int:
    def body() -> Iterator[bytes]:
        while True:
            yield b"x" * 65_536

    with contextlib.suppress(httpx.TransportError):
        return client.post("/desk/login", content=body()).status_code
    return 0


def _ended(connection: socket.socket) -> bool:
    """Tell whether the other side ends a connection in time."""
    connection.settimeout(_HEAD_SECONDS)
    with connection, contextlib.suppress(ConnectionError):
        try:
            while connection.recv(4096):
                pass
        except TimeoutError:
            return False
    return True


REPLIERS: Final[dict[str, str]] = {
    "shop": "¡Gracias por comunicarte con Bodega Rosita! En breve te atenderemos.",
    "hours": "Atendemos de lunes a viernes de 10am a 7pm. Deje su mensaje.",
    "away": "Hola, en este momento no estoy disponible. Respondo apenas pueda.",
    "menu": "Bienvenido. 1. Ventas 2. Soporte 3. Hablar con un asesor",
    "bot": "Soy un asistente virtual. No entendí tu mensaje, ¿puedes repetirlo?",
    "unread": "El número al que escribe no recibe mensajes.",
    "driving": "Estoy manejando, te respondo luego. Mensaje automático.",
    "office": "Respuesta automática: estaré fuera de la oficina hasta el lunes.",
    "receipt": "Su mensaje ha sido recibido. Número de caso 4821.",
    "echo": "",
}
_ROUNDS: Final = 6


@pytest.mark.parametrize("kind", REPLIERS)
def test_an_automatic_replier_is_answered_once(
    product: Product, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = Phone(product, f"+52550000{7_000 + list(REPLIERS).index(kind)}")
    phone.writes(REPLIERS[kind] or "hola")
    answers: list[Any] = []
    while len(answers) < _ROUNDS and (heard := phone.awaits(8.0)) is not None:
        answers.append(heard)
        phone.writes(REPLIERS[kind] or heard.text)
    _told(capsys, f"{kind}: answered {len(answers)} times")
    # an echo is another text each time: it takes one more to be known
    assert len(answers) <= (2 if kind == "echo" else 1)
