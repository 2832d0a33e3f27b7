"""What Twilio posts becomes one event of ours, whatever it holds."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.models import MessageState
from acuerdo.conversations.ports import (
    ChannelAddress,
    DeliveryUpdate,
    InboundMessage,
    ReceivedMedia,
    Stray,
)
from acuerdo.providers.twilio.whatsapp_inbound import parse_inbound, parse_status, webhook_of
from acuerdo.values.channels import Channel
from tests.unit.providers.forms import INBOUND_SID, SENT_SID, a_status, an_inbound

OURS = UUID("0190b8a0-0000-7000-8000-000000000001")
PLACEHOLDER_URL = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"


def message_in(params: dict[str, str]) -> InboundMessage:
    event = parse_inbound(params)
    assert isinstance(event, InboundMessage)
    return event


def reason_for(params: dict[str, str]) -> str:
    event = parse_inbound(params)
    assert isinstance(event, Stray)
    return event.reason


def test_a_text() -> None:
    assert message_in(an_inbound(SomethingNew="1")) == InboundMessage(
        sender=ChannelAddress(Channel.WHATSAPP, "+5215550001111"),
        provider_id=INBOUND_SID,
        text="hola, ¿cuánto debo? 🙂",
    )


def test_a_pressed_button_is_a_choice_of_the_message_that_carried_it() -> None:
    message = message_in(
        an_inbound(
            MessageType="button",
            Body="Sí, confirmo",
            ButtonText="Sí, confirmo",
            ButtonPayload="b0",
            OriginalRepliedMessageSid=SENT_SID,
        )
    )
    assert (message.choice, message.reply_to, message.text) == ("b0", SENT_SID, "Sí, confirmo")


def test_an_item_of_a_list_is_a_choice_even_without_body() -> None:
    message = message_in(
        an_inbound(Body=None, MessageType="interactive", ListId="b3", ListTitle="4 cuotas")
    )
    assert (message.choice, message.text) == ("b3", "4 cuotas")


@pytest.mark.parametrize("payload", ["approve:run-17", "/confirm", "b", "b1x", "B1", "b１", ""])
def test_b04_a_payload_that_is_not_ours_is_still_a_press(payload: str) -> None:
    message = message_in(an_inbound(Body=None, ButtonText="Aceptar", ButtonPayload=payload))
    assert (message.choice, message.text) == (payload or None, "Aceptar")


@pytest.mark.parametrize("kind", ["unsupported", "unknown", "sticker", "contacts", "poll", "Video"])
def test_b33_what_nobody_can_read_is_a_message_all_the_same(kind: str) -> None:
    message = message_in(an_inbound(Body=None, MessageType=kind))
    assert message.media == (ReceivedMedia("unsupported", "", ""),)
    assert not message.is_empty


def test_the_answer_to_a_call_request_is_not_a_text() -> None:
    answer = an_inbound(
        Body="VOICE_CALL_REQUEST", ButtonText="VOICE_CALL_REQUEST", ButtonPayload="REJECTED"
    )
    assert reason_for(answer) == "call_permission"
    assert message_in(an_inbound(Body="VOICE_CALL_REQUEST")).text == "VOICE_CALL_REQUEST"


def test_a_voice_note_has_no_body() -> None:
    voice = an_inbound(
        Body=None,
        NumMedia="1",
        MediaUrl0=PLACEHOLDER_URL,
        MediaContentType0="audio/ogg; codecs=opus",
    )
    message = message_in(voice)
    assert message.text == ""
    assert message.media == (ReceivedMedia("audio", "audio/ogg", PLACEHOLDER_URL),)


def test_every_file_counts_whatever_the_number_says() -> None:
    message = message_in(
        an_inbound(
            NumMedia="many",
            MediaUrl0=f"{PLACEHOLDER_URL}0",
            MediaContentType0="image/png",
            MediaUrl1=f"{PLACEHOLDER_URL}1",
            MediaUrl2=f"{PLACEHOLDER_URL}2",
            MediaContentType2="text/vcard",
            MediaUrl3="http://internal.example/file.png",
            MediaContentType3="application/pdf",
        )
    )
    assert [(file.kind, file.content_type) for file in message.media] == [
        ("image", "image/png"),
        ("document", "application/octet-stream"),
        ("contact", "text/vcard"),
        ("document", "application/pdf"),
    ]


def test_a_place_is_kept_as_a_file_of_its_own_kind() -> None:
    place = an_inbound(
        Body=None, MessageType="location", Latitude="19.4326", Longitude="-99.1332", Label="Casa"
    )
    assert message_in(place).media == (ReceivedMedia("location", "", "geo:19.4326,-99.1332"),)
    assert message_in(an_inbound(Body=None, Latitude="north", Longitude="1")).is_empty


@pytest.mark.parametrize("told", ["IN.2081978709340000", "whatsapp:IN.2081978709340000"])
def test_a_person_without_a_number_is_known_by_the_user_id(told: str) -> None:
    event = message_in(an_inbound(From="whatsapp:IN.2081978709340000", ExternalUserId=told))
    assert event.sender == ChannelAddress(
        Channel.WHATSAPP, "IN.2081978709340000", user_id="IN.2081978709340000"
    )


def test_a_user_id_comes_beside_the_number_too() -> None:
    sender = message_in(an_inbound(ExternalUserId="whatsapp:MX.ENT.Ab12")).sender
    assert (sender.address, sender.user_id) == ("+5215550001111", "MX.ENT.Ab12")
    assert message_in(an_inbound(ExternalUserId="a b\n")).sender.user_id is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"From": "+15550001111"}, "not_whatsapp"),
        ({"From": None}, "not_whatsapp"),
        ({"From": "whatsapp:"}, "unknown_address"),
        ({"From": "whatsapp:+521555\n0001111"}, "unknown_address"),
        ({"MessageSid": "SM1\nforged", "SmsSid": None}, "no_message_id"),
        ({"MessageSid": None, "SmsMessageSid": None, "SmsSid": None}, "no_message_id"),
    ],
)
def test_what_says_nothing_to_us_is_kept_with_a_reason(
    changes: dict[str, str | None], reason: str
) -> None:
    assert reason_for(an_inbound(**changes)) == reason


def test_an_empty_form_is_kept_too() -> None:
    assert reason_for({}) == "no_message_id"


def test_a_form_is_kept_once_for_each_state_of_its_message() -> None:
    ids = [webhook_of(a_status(state)).event_id for state in ("sent", "delivered", "sent")]
    assert ids == [f"{SENT_SID}:sent", f"{SENT_SID}:delivered", f"{SENT_SID}:sent"]
    assert webhook_of(an_inbound()).event_id == f"{INBOUND_SID}:received"
    assert webhook_of({"MessageSid": "SM1\nforged"}).event_id.startswith("sha256:")
    assert webhook_of({}).source == "twilio.whatsapp"


def test_text_is_untouched() -> None:
    hostile = "\u202eatrás\u202c /restart " + "x" * 5000
    assert message_in(an_inbound(Body=hostile)).text == hostile


def test_text_with_a_slash_is_text() -> None:
    assert message_in(an_inbound(Body="/start ficha")).text == "/start ficha"
    assert message_in(an_inbound(Body="/start ficha")).link_token is None


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("accepted", MessageState.SENT),
        ("queued", MessageState.SENT),
        ("sending", MessageState.SENT),
        ("sent", MessageState.SENT),
        ("delivered", MessageState.DELIVERED),
        ("read", MessageState.READ),
        ("failed", MessageState.FAILED),
        ("undelivered", MessageState.FAILED),
        ("canceled", MessageState.FAILED),
    ],
)
def test_statuses(status: str, state: MessageState) -> None:
    assert parse_status(a_status(status), str(OURS)) == DeliveryUpdate(
        Channel.WHATSAPP, SENT_SID, state, message_id=OURS
    )


@pytest.mark.parametrize(
    ("code", "unreachable"),
    [("63024", True), ("63003", True), ("21610", True), ("63016", False), ("30008", False)],
)
def test_a_failure_says_whether_the_person_can_be_reached(code: str, unreachable: bool) -> None:
    update = parse_status(a_status("undelivered", ErrorCode=code), None)
    assert isinstance(update, DeliveryUpdate)
    assert (update.error_code, update.unreachable) == (code, unreachable)
    assert update.message_id is None


@pytest.mark.parametrize("code", ["", "0", "63016\nforged", "no", None])
def test_an_error_code_that_is_none_is_left_out(code: str | None) -> None:
    update = parse_status(a_status("delivered", ErrorCode=code), "not-a-uuid")
    assert isinstance(update, DeliveryUpdate)
    assert (update.error_code, update.unreachable, update.message_id) == (None, False, None)


def test_the_message_sid_wins_over_the_older_name() -> None:
    update = parse_status(a_status("sent", SmsSid="SMxx"), None)
    assert isinstance(update, DeliveryUpdate)
    assert update.provider_id == SENT_SID


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        (a_status("received"), "unknown_status"),
        (a_status("teleported"), "unknown_status"),
        (a_status("sent", MessageSid="SM1\nwhatsapp failed sid=SM2"), "no_message_id"),
        ({}, "no_message_id"),
    ],
)
def test_news_that_is_none_is_kept(params: dict[str, str], reason: str) -> None:
    event = parse_status(params, str(OURS))
    assert isinstance(event, Stray)
    assert event.reason == reason


_NAMES = st.sampled_from(
    sorted({*an_inbound(), *a_status("sent"), "MediaUrl0", "Latitude", "ErrorCode", "ListId"})
)
_ANY_TEXT = st.text(st.characters(exclude_categories=[]))


@given(st.dictionaries(_NAMES | _ANY_TEXT, _ANY_TEXT), _ANY_TEXT)
def test_no_form_makes_a_parser_fail(params: dict[str, str], message_id: str) -> None:
    events = (
        parse_inbound({**an_inbound(), **params}),
        parse_inbound(params),
        parse_status({**a_status("sent"), **params}, message_id),
    )
    for event in events:
        repr(event).encode()
