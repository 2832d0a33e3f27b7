"""What nobody writes in earnest is unreadable, never an error: lows of the attack."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.external_events.ports import Stray
from acuerdo.providers.sandbox_gateway.inbound import parse_event
from acuerdo.providers.telegram.inbound import parse_update, webhook_of
from acuerdo.values.money import Money, NotAnAmount
from tests.unit.providers.updates import a_message_update
from voice import relay_messages

DEEP = [
    b"[" * 200_000,
    b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
    b'{"data":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    b"[[],{}," * 50_000,
]


@pytest.mark.parametrize("body", DEEP, ids=range(len(DEEP)))
def test_low_json_nested_beyond_reason_is_unreadable_everywhere(body: bytes) -> None:
    assert isinstance(parse_event(body), Stray)
    assert isinstance(parse_update(body), Stray)
    assert webhook_of(body).event_id
    assert relay_messages.parse(body.decode()) is None
    assert not relay_messages.handed_off({"HandoffData": body.decode()})


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, 2**64, 10**30, -1, 1.5, True, "1", None])
def test_low_an_update_number_that_no_column_holds_is_unreadable(number: object) -> None:
    update = json.loads(a_message_update(text="hola"))
    update["update_id"] = number
    assert isinstance(parse_update(json.dumps(update).encode()), Stray)


@pytest.mark.parametrize("amount", ["1E+1000000", "1e999999999", "9" * 40, "1E+33", "-1E+400000"])
@pytest.mark.parametrize("currency", ["PEN", "CLP", "CLF", "XXX"])
def test_low_an_amount_beyond_reason_is_none(amount: str, currency: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.of(amount, currency)


@pytest.mark.parametrize(
    "amount",
    ["100.00000000000000000000000000000001", "123456789012345678901234567.891", "1E-2000000"],
)
def test_low_an_amount_is_never_rounded_to_one(amount: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.of(amount, "PEN")


def test_low_the_last_of_many_digits_is_read() -> None:
    assert Money.of("123456789012345678901234567.89", "PEN").minor == 12345678901234567890123456789
    assert Money.of("1." + "0" * 100_000, "PEN").minor == 100


@given(st.text(alphabet="0123456789eE+-.NaInfty_ ", max_size=30))
def test_low_no_text_makes_an_amount_fail_otherwise(amount: str) -> None:
    with suppress(NotAnAmount):
        assert abs(Money.of(amount, "PEN").minor) < 10**32
