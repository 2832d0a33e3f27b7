"""The control API, the page and the two ways of running the simulator."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace

import httpx
import orjson
import pytest
from fastapi import FastAPI

from simulator import DirectoryFromUrl, Simulator, SimulatorConfig, create_simulator
from simulator.__main__ import parse_arguments
from simulator.simulator import CannotBeDone
from tests.contract.simulator.conftest import ANA, WITHOUT_TLS, Control, Running
from tests.contract.simulator.served import listening, served, url_of

PHONE = ANA.phone


async def test_the_people_come_from_the_directory_with_every_address(
    http: httpx.AsyncClient, running: Running, control: Control
) -> None:
    (person,) = (await http.get("/control/people")).json()

    await control.say(PHONE, "hola")

    assert (person["name"], person["document"]) == ("Ana Flores", "45671234")
    assert person["addresses"]["whatsapp"] == PHONE
    assert person["addresses"]["telegram"].isdigit()
    assert running.product.forms()[0]["ProfileName"] == "Ana Flores"


async def test_statuses_can_be_reported_backwards_and_chosen(
    running: Running, control: Control, http: httpx.AsyncClient
) -> None:
    await http.patch("/control/pace", json={"statuses": ["sent", "read"]})
    await control.faults(status_order="reversed")
    await control.say(PHONE, "hola")

    await http.post(
        f"/twilio/2010-04-01/Accounts/{running.config.twilio_account_sid}/Messages.json",
        data={
            "To": f"whatsapp:{PHONE}",
            "From": running.config.whatsapp_sender,
            "Body": "hola",
            "StatusCallback": f"{running.config.public_url}/webhooks/twilio/whatsapp/status",
        },
        auth=(running.config.twilio_account_sid, running.config.twilio_auth_token),
    )
    await control.settle()

    assert running.product.statuses() == ["read", "sent"]


async def test_a_button_that_is_not_there_cannot_be_pressed(http: httpx.AsyncClient) -> None:
    act = {"kind": "press", "address": PHONE, "index": 0}

    response = await http.post("/control/inbound", json=act)

    assert response.status_code == 409


async def test_waiting_for_a_message_ends_without_one(control: Control, running: Running) -> None:
    assert await control.inbox(PHONE, count=1, timeout_s=0) == []


async def test_an_act_may_be_done_without_waiting(
    control: Control, running: Running, http: httpx.AsyncClient
) -> None:
    await control.do("text", address=PHONE, text="hola", wait=False)

    await control.settle()

    assert [form["Body"] for form in running.product.forms()] == ["hola"]
    (chat,) = (await http.get("/control/chats")).json()
    assert (chat["address"], chat["messages"]) == (PHONE, 1)


async def test_a_page_hears_what_happens_in_its_chat_only(
    http: httpx.AsyncClient, control: Control, running: Running
) -> None:
    query = {"channel": "whatsapp", "address": PHONE}
    heard: list[tuple[str, str]] = []

    async with http.stream("GET", "/control/events", params=query) as stream:
        lines = stream.aiter_lines()
        async for line in lines:
            if line == "event: listening":
                break
        await control.say("+5215512345678", "otra persona")
        await control.say(PHONE, "hola")
        event = ""
        async for line in lines:
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            if line.startswith("data: ") and event in ("message", "changed"):
                message = orjson.loads(line.removeprefix("data: "))
                heard.append((message["text"], message["status"]))
            if heard and heard[-1][1] == "delivered":
                break

    assert heard == [("hola", "sending"), ("hola", "delivered")]


async def test_a_file_of_a_chat_is_shown_but_never_runs(
    http: httpx.AsyncClient, control: Control, running: Running
) -> None:
    await control.do("photo", address=PHONE)
    query = {"channel": "whatsapp", "address": PHONE}
    (message,) = (await http.get("/control/chat", params=query)).json()

    shown = await http.get(f"/{message['attachments'][0]['url']}")

    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-security-policy"] == "sandbox"


async def test_the_page_and_everything_it_names_are_served_below_any_path(
    running: Running,
) -> None:
    with listening() as listener:
        own_url = f"{url_of(listener)}/simulator"
        app = FastAPI()
        app.mount("/simulator", create_simulator(replace(running.config, own_url=own_url)))
        with served(app, listener):
            async with httpx.AsyncClient(verify=WITHOUT_TLS) as client:
                page = await client.get(f"{own_url}/")
                modules = ["main", "api", "bubbles", "composer", "dom", "people", "phone"]
                names = [f"{name}.js" for name in [*modules, "workshop"]]
                names += ["tokens.css", "layout.css", "phone.css", "workshop.css", "pay.css"]
                served_files = [await client.get(f"{own_url}/static/{name}") for name in names]

    assert page.status_code == 200
    assert 'data-base="/simulator"' in page.text
    assert '<html lang="es">' in page.text
    assert {file.status_code for file in served_files} == {200}


async def test_a_directory_may_be_read_from_the_product() -> None:
    people = [{"id": "d-1", "name": "Ana Flores", "country": "PE", "more": "ignored"}]
    app = FastAPI()
    app.get("/people")(lambda: people)
    with listening() as listener, served(app, listener):
        (person,) = await DirectoryFromUrl(f"{url_of(listener)}/people")()

    assert (person.name, person.phone) == ("Ana Flores", "")


async def test_the_payment_page_shows_the_amount_as_it_is_written_there(
    http: httpx.AsyncClient, running: Running
) -> None:
    authorization = {"Authorization": f"Bearer {running.config.gateway_secret}"}
    shown = []
    for amount, currency in (("1234.50", "ARS"), ("1234.50", "MXN"), ("125000", "CLP")):
        link = {"reference": "d-1", "amount": amount, "currency": currency}
        made = await http.post("/gateway/links", json=link, headers=authorization)
        page = await http.get(made.json()["url"])
        shown.append(page.text.partition("<h1>")[2].partition("</h1>")[0])

    assert shown == ["ARS 1.234,50", "MXN 1,234.50", "CLP 125.000"]


async def test_the_simulator_is_used_without_http_too(running: Running) -> None:
    simulator = Simulator(replace(running.config, directory=running.config.directory))
    try:
        done = await simulator.say("whatsapp", PHONE, "hola")
        with pytest.raises(CannotBeDone):
            await simulator.press("whatsapp", PHONE, index=0)
    finally:
        await simulator.aclose()

    assert [receipt.status for receipt in done.receipts] == [200]


async def test_closing_gives_up_what_is_still_under_way() -> None:
    nobody_answers = SimulatorConfig(public_url="http://127.0.0.1:9", retry_delay_ms=60_000)
    simulator = Simulator(nobody_answers)
    simulator.postman.in_background(simulator.say("whatsapp", PHONE, "hola"))
    await asyncio.sleep(0)

    await asyncio.wait_for(simulator.aclose(), timeout=5)


def test_the_command_line_names_the_product_and_its_secrets() -> None:
    host, port, config = parse_arguments(
        ["--port", "8123", "--target", "http://127.0.0.1:8000/", "--telegram-token", "1:abc"]
    )

    assert (host, port) == ("127.0.0.1", 8123)
    assert config.public_url == "http://127.0.0.1:8000"
    assert config.own_url == "http://127.0.0.1:8123"
    assert config.telegram_token == "1:abc"


async def test_it_runs_in_a_process_of_its_own() -> None:
    with listening() as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "simulator", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ)  # noqa: ASYNC220 - only started here
    try:
        transport = httpx.AsyncHTTPTransport(retries=8, verify=WITHOUT_TLS)
        async with httpx.AsyncClient(transport=transport) as client:
            response = await client.get(f"http://127.0.0.1:{port}/control/pace")
    finally:
        process.terminate()
        process.wait(5)

    assert response.json()["statuses"] == ["queued", "sent", "delivered", "read"]
