"""What Telegram posts becomes one event of ours, whatever it holds."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.conversations.ports import (
    ChannelAddress,
    EditedMessage,
    InboundMessage,
    Reachability,
    ReceivedMedia,
    Stray,
)
from acuerdo.providers.telegram.inbound import parse_update, secret_is_valid, webhook_of
from acuerdo.values.channels import Channel
from tests.unit.providers.updates import (
    PERSON,
    a_file,
    a_membership,
    a_message,
    a_message_update,
    a_pressed_button,
    as_body,
)

ROSA = ChannelAddress(Channel.TELEGRAM, str(PERSON), user_id=str(PERSON))


def message_in(body: bytes) -> InboundMessage:
    event = parse_update(body)
    assert isinstance(event, InboundMessage), event
    return event


def reason_for(body: bytes) -> str:
    event = parse_update(body)
    assert isinstance(event, Stray), event
    return event.reason


def test_a_text() -> None:
    assert message_in(a_message_update(text="¿cuánto debo? 🙂")) == InboundMessage(
        sender=ROSA,
        provider_id="5001",
        text="¿cuánto debo? 🙂",
        order=5001,
        provider_name=f"{PERSON}:{a_message()['message_id']}",
    )


def test_a_deep_link_carries_a_token_and_no_text() -> None:
    message = message_in(a_message_update(text="/start k3-Yz_9"))
    assert (message.link_token, message.text) == ("k3-Yz_9", "")


@pytest.mark.parametrize(
    "text", ["/start con espacios y más", "/stop", "/start " + "x" * 65, "/restart abc"]
)
def test_every_other_command_is_text(text: str) -> None:
    message = message_in(a_message_update(text=text))
    assert (message.link_token, message.text, message.opens) == (None, text, False)


def test_start_alone_opens_the_chat() -> None:
    message = message_in(a_message_update(text="/start"))
    assert (message.link_token, message.text, message.opens) == (None, "/start", True)


@pytest.mark.parametrize(
    ("body", "event_id"),
    [
        (a_message_update(text="hola"), "5001"),
        (as_body({"update_id": 7, "poll": {}}), "7"),
        (as_body({"update_id": "7"}), "sha256:"),
        (b"{", "sha256:"),
        (b"\xff", "sha256:"),
    ],
)
def test_an_update_is_kept_under_its_number(body: bytes, event_id: str) -> None:
    webhook = webhook_of(body)
    assert webhook.source == "telegram"
    assert webhook.event_id.startswith(event_id)
    assert webhook == webhook_of(body)


@pytest.mark.parametrize("phone", ["+573105550001", "573105550001", "57 310 555 0001"])
def test_the_senders_own_number_is_vouched_for(phone: str) -> None:
    contact = {"phone_number": phone, "first_name": "Rosa", "user_id": PERSON}
    message = message_in(a_message_update(contact=contact))
    assert (message.shared_phone, message.media, message.text) == ("+573105550001", (), "")


@pytest.mark.parametrize("owner", [{"user_id": PERSON + 1}, {}])
def test_somebody_elses_card_is_only_a_card(owner: dict[str, int]) -> None:
    contact = {"phone_number": "573105550002", "first_name": "Otra", **owner}
    message = message_in(a_message_update(contact=contact))
    assert message.shared_phone is None
    assert message.media == (ReceivedMedia("contact", "", "tel:573105550002"),)


def test_a_card_in_a_group_proves_nothing() -> None:
    contact = {"phone_number": "573105550001", "first_name": "Rosa", "user_id": PERSON}
    body = a_message_update(contact=contact, chat_type="group", chat_id=-5)
    assert reason_for(body) == "not_private"


def test_a_card_without_a_usable_number_is_only_a_card() -> None:
    contact = {"phone_number": "nada", "first_name": "Rosa", "user_id": PERSON}
    message = message_in(a_message_update(contact=contact))
    assert (message.shared_phone, message.media[0].kind) == (None, "contact")


def test_a_pressed_button() -> None:
    assert message_in(a_pressed_button("b1")) == InboundMessage(
        sender=ROSA,
        provider_id="5002",
        choice="b1",
        reply_to=f"{PERSON}:40",
        acknowledge="4382bfdwdsb323b2d9",
        order=5002,
    )


@pytest.mark.parametrize("data", ["approve:run-17", "/confirm", None])
def test_a_button_that_is_not_ours_is_kept(data: str | None) -> None:
    assert reason_for(a_pressed_button(data)) == "unknown_button"


def test_a_button_in_a_group_is_kept() -> None:
    body = a_pressed_button(chat_type="supergroup", chat_id=-1001234)
    assert reason_for(body) == "not_private"


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (
            {"photo": [a_file(width=9, height=9), a_file(file_id="big", width=90, height=90)]},
            ReceivedMedia("image", "image/jpeg", "big"),
        ),
        ({"voice": a_file(duration=3)}, ReceivedMedia("audio", "audio/ogg", "AgACAgQAAx0")),
        (
            {"document": a_file(mime_type="application/pdf", file_name="recibo.pdf")},
            ReceivedMedia("document", "application/pdf", "AgACAgQAAx0"),
        ),
        (
            {
                "animation": a_file(width=9, height=9, duration=1),
                "document": a_file(mime_type="video/mp4"),
            },
            ReceivedMedia("video", "video/mp4", "AgACAgQAAx0"),
        ),
        (
            {"location": {"latitude": 4.711, "longitude": -74.0721}},
            ReceivedMedia("location", "", "geo:4.711,-74.0721"),
        ),
    ],
)
def test_files_are_never_dropped(content: dict[str, Any], media: ReceivedMedia) -> None:
    message = message_in(a_message_update(caption="mi recibo", **content))
    assert (message.media, message.text) == ((media,), "mi recibo")


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_blocking_the_bot_changes_who_can_be_reached(status: str, reachable: bool) -> None:
    assert parse_update(a_membership(status)) == Reachability(ROSA, reachable)


def test_other_memberships_are_kept() -> None:
    assert reason_for(a_membership("left")) == "other_membership"
    assert reason_for(a_membership("kicked", chat_type="supergroup")) == "not_private"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"update_id": 1, "poll": {"id": "p"}}, "other_update"),
        ({"message": a_message(text="hola")}, "no_update_id"),
        ({"update_id": "1", "message": a_message(text="hola")}, "no_update_id"),
        ({"update_id": 1, "message": {"text": "hola"}}, "not_as_described"),
        ({"update_id": 1, "callback_query": {"id": "x", "data": "b0"}}, "not_as_described"),
        ({"update_id": 1, "message": a_message(text=5)}, "not_as_described"),
        ({"update_id": 1, "message": a_message(text="x", chat_type="channel")}, "not_private"),
        ([1, 2], "not_an_update"),
        (None, "not_an_update"),
    ],
)
def test_what_says_nothing_to_us_is_kept_with_a_reason(payload: object, reason: str) -> None:
    assert reason_for(as_body(payload)) == reason


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\x00", b"[" * 50_000, b'"\\ud800"'])
def test_a_body_that_is_not_json_is_kept(body: bytes) -> None:
    event = parse_update(body)
    assert isinstance(event, Stray)
    assert event.reason == "not_json"


def test_a_message_survives_fields_that_nobody_here_reads() -> None:
    sparse = {
        "update_id": 7,
        "message": {
            "message_id": 1,
            "chat": {"id": PERSON, "type": "private"},
            "text": "hola",
            "reply_to_message": {"not": "described"},
            "a_new_thing": [{}],
        },
    }
    assert message_in(as_body(sparse)).text == "hola"


def test_b20_an_edit_names_the_message_that_it_changes() -> None:
    written = message_in(as_body({"update_id": 1, "message": a_message(text="le pago 100")}))
    edited = parse_update(as_body({"update_id": 2, "edited_message": a_message(text="200")}))
    assert isinstance(edited, EditedMessage)
    assert edited.message.provider_name == written.provider_name
    assert (edited.message.text, edited.message.order) == ("200", 2)


def test_b04_a_quotation_names_what_it_quotes() -> None:
    quoting = a_message(text="sí", reply_to_message={"message_id": 41})
    assert message_in(as_body({"update_id": 1, "message": quoting})).reply_to == f"{PERSON}:41"


@pytest.mark.parametrize("kind", ["dice", "poll", "story", "venue", "game", "a_new_kind"])
def test_b33_what_nobody_can_read_is_a_message_all_the_same(kind: str) -> None:
    message = message_in(as_body({"update_id": 1, "message": a_message(**{kind: {"x": 1}})}))
    assert message.media == (ReceivedMedia("unsupported", "", ""),)
    assert not message.is_empty


@pytest.mark.parametrize("kind", ["pinned_message", "migrate_to_chat_id", "boost_added"])
def test_b33_what_nobody_wrote_is_no_message(kind: str) -> None:
    assert message_in(as_body({"update_id": 1, "message": a_message(**{kind: {"x": 1}})})).is_empty


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = st.sampled_from(
    ["message_id", "from", "chat", "date", "text", "caption", "contact", "photo", "voice",
     "document", "location", "sticker", "data", "id", "message", "new_chat_member"]
)  # fmt: skip
_KINDS = st.sampled_from(["message", "callback_query", "my_chat_member", "edited_message"])


@given(_JSON | st.dictionaries(_KINDS | st.just("update_id"), _JSON))
def test_no_json_makes_the_parser_fail(payload: object) -> None:
    parse_update(orjson.dumps(payload))


@given(_KINDS, st.dictionaries(_FIELDS, _JSON, max_size=4))
def test_no_broken_part_makes_the_parser_fail(kind: str, broken: dict[str, object]) -> None:
    event = parse_update(as_body({"update_id": 1, kind: {**a_message(text="hola"), **broken}}))
    repr(event).encode()


@given(st.binary())
def test_no_body_makes_the_parser_fail(body: bytes) -> None:
    parse_update(body)


@pytest.mark.parametrize(
    ("header", "secret", "valid"),
    [
        ("a-secret", "a-secret", True),
        ("A-secret", "a-secret", False),
        ("", "a-secret", False),
        (None, "a-secret", False),
        ("", "", False),
        ("ñ\udcff", "a-secret", False),
    ],
)
def test_the_secret(header: str | None, secret: str, valid: bool) -> None:
    assert secret_is_valid(header, secret) is valid
