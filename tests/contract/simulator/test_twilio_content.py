"""Templates, buttons and lists, made and sent with the real Twilio SDK."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.contract.simulator.conftest import Control, Running
from tests.contract.simulator.twilio_sdk import (
    ANA,
    WITHOUT_AIOHTTP_WARNINGS,
    a_list,
    a_quick_reply,
    send,
)

pytestmark = WITHOUT_AIOHTTP_WARNINGS


async def test_a_pressed_button_and_a_chosen_item_come_back_with_their_ids(
    running: Running, control: Control, twilio: Client, contents: Client
) -> None:
    await control.say(ANA, "hola")
    buttons = a_quick_reply(contents, ["Pagar", "Plan", "Persona"])
    offered = await send(twilio, running, content_sid=buttons)
    await control.inbox(ANA, count=1)
    await control.do("press", address=ANA, index=1)
    items = a_list(contents, ["3 cuotas", "6 cuotas"])
    await send(twilio, running, content_sid=items)
    await control.inbox(ANA, count=2)

    await control.do("press", address=ANA, title="6 cuotas")

    pressed, chosen = running.product.forms()[1:]
    assert (pressed["ButtonPayload"], pressed["ButtonText"]) == ("b1", "Plan")
    assert (pressed["MessageType"], pressed["Body"]) == ("button", "Plan")
    assert pressed["OriginalRepliedMessageSid"] == offered.sid
    assert (chosen["ListId"], chosen["ListTitle"]) == ("b1", "6 cuotas")
    assert chosen["MessageType"] == "interactive"


async def test_an_approved_template_opens_a_conversation(
    running: Running, control: Control, twilio: Client, contents: Client
) -> None:
    template = a_quick_reply(contents, ["Sí, soy yo", "No"])
    contents.request(
        "POST",
        f"{running.url}/twilio/v1/Content/{template}/ApprovalRequests/whatsapp",
        data={"name": "opening", "category": "UTILITY"},
        headers={"Content-Type": "application/json"},
    )

    await send(twilio, running, content_sid=template)

    (shown,) = await control.inbox(ANA, count=1)
    assert [button["title"] for button in shown["buttons"]] == ["Sí, soy yo", "No"]


@pytest.mark.parametrize(
    "titles",
    [["x" * 21], [str(number) for number in range(11)]],
    ids=["title over 20", "more than 10"],
)
async def test_quick_replies_that_whatsapp_cannot_show_are_refused(
    contents: Client, titles: list[str]
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        a_quick_reply(contents, titles)

    assert refused.value.status == 400


async def test_a_fourth_button_is_refused_when_nobody_approved_the_template(
    running: Running, control: Control, twilio: Client, contents: Client
) -> None:
    await control.say(ANA, "hola")
    four = a_quick_reply(contents, ["1", "2", "3", "4"])

    with pytest.raises(TwilioRestException) as refused:
        await send(twilio, running, content_sid=four)

    assert refused.value.status == 400


@pytest.mark.parametrize(
    "items",
    [["x" * 25], [str(number) for number in range(11)]],
    ids=["item over 24", "more than 10"],
)
async def test_lists_that_whatsapp_cannot_show_are_refused(
    contents: Client, items: list[str]
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        a_list(contents, items)

    assert refused.value.status == 400


async def test_variables_with_a_line_break_are_refused(
    running: Running, control: Control, twilio: Client, contents: Client
) -> None:
    await control.say(ANA, "hola")
    content = a_quick_reply(contents, ["Sí"])

    with pytest.raises(TwilioRestException) as refused:
        await send(
            twilio, running, content_sid=content, content_variables=json.dumps({"1": "a\nb"})
        )

    assert refused.value.code == 21656
