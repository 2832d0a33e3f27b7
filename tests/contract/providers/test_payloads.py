"""Recorded payloads mean what stands beside them."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import orjson
import pytest

from acuerdo.providers.sandbox_gateway.inbound import parse_event
from acuerdo.providers.telegram.inbound import parse_update
from acuerdo.providers.twilio import voice_inbound
from acuerdo.providers.twilio.whatsapp_inbound import parse_inbound, parse_status
from tests.contract.providers.payloads import Item, items


def posted(parse: Callable[[bytes], Any]) -> Callable[[Item], Any]:
    """A parser of bodies, for a payload as JSON."""
    return lambda payload: parse(orjson.dumps(payload))


PARSERS: Final[dict[str, Callable[[Item], Any]]] = {
    "twilio_whatsapp": parse_inbound,
    "twilio_whatsapp_status": partial(parse_status, message_id=None),
    "telegram": posted(parse_update),
    "sandbox_gateway": posted(parse_event),
}
RECORDED = [
    pytest.param(parse, item, id=f"{provider}-{item['name']}")
    for provider, parse in PARSERS.items()
    for item in items(provider)
]


@pytest.mark.parametrize(("parse", "item"), RECORDED)
def test_a_payload_is_read_as_it_says(parse: Callable[[Item], Any], item: Item) -> None:
    read = parse(item["payload"])
    kind, *_ = item["says"].items()
    assert ("kind", type(read).__name__) == kind
    assert {name: getattr(read, name) for name in item["says"] if name != "kind"} == {
        name: value for name, value in item["says"].items() if name != "kind"
    }


@pytest.mark.parametrize(("parse", "item"), RECORDED)
def test_a_new_field_changes_nothing(parse: Callable[[Item], Any], item: Item) -> None:
    assert parse(item["payload"] | {"SomethingNew": "1"}) == parse(item["payload"])


@pytest.mark.parametrize("item", items("twilio_voice"), ids=lambda item: item["name"])
def test_news_of_a_call_is_read_as_it_says(item: Item) -> None:
    params = item["payload"]
    read: dict[str, Any] = {
        name: getattr(voice_inbound, name)(params) for name in item["says"] if name != "is_machine"
    }
    if "is_machine" in item["says"]:
        read["is_machine"] = voice_inbound.is_machine(voice_inbound.answered_by(params))
    assert read == item["says"]


def test_news_of_a_call_is_kept_once_for_each_kind() -> None:
    params = items("twilio_voice")[0]["payload"]
    amd, ended = (voice_inbound.webhook_of(params, kind) for kind in ("amd", "ended"))
    assert amd != ended
    assert amd == voice_inbound.webhook_of(params, "amd")
    assert voice_inbound.webhook_of({}, "amd").event_id.startswith("sha256:")
