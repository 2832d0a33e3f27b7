"""Reads every message that every journey sent: before a proof it tells nothing, and each one has
its attempt with a verdict."""

import re
from typing import Any

from quality.evaluation.debtors.rules import TELLING
from quality.product import Product

# No figure may be said at all, but for these: the count of characters asked for, attempts left,
# the example of a birth date, an hour or day agreed on, an emergency line, numbers of options.
_FIGURE = re.compile(r"\d[\d.,]*")
_HARMLESS = re.compile(
    r"últimos 4 |quedan? \d intentos?|\d{2}/\d{2}/\d{4}|\d{1,2} de [a-z]+|\d{1,2}:\d{2}|"
    r"llame (?:ahora )?al [*\d ]+|marque \d|^\d+\. ",
    re.MULTILINE,
)


def _outbound(product: Product) -> list[dict[str, Any]]:
    """Every message of ours with when its conversation was first proven."""
    product.settle(seconds=30)
    return product.rows(
        "select m.*, c.channel as on_channel,"
        " (select min(k.at) from decision k where k.conversation_id = c.id"
        "   and k.kind = 'verification' and k.allowed) as proven_at,"
        " (select string_agg(r.name, '|') from creditor r) as creditors,"
        " (select string_agg(distinct t.product, '|') from debt t) as products"
        " from message m join conversation c on c.id = m.conversation_id"
        " where m.direction = 'out' order by m.conversation_id, m.sequence"
    )


def _tells(message: dict[str, Any]) -> list[str]:
    buttons = " ".join(button["title"] for button in message["buttons"])
    said = f"{message['text']}\n{buttons}"
    names = {*message["creditors"].split("|"), *message["products"].split("|")}
    found = [name for name in names if name.casefold() in said.casefold()]
    found += [match.group() for match in TELLING.finditer(said)]
    found += _FIGURE.findall(_HARMLESS.sub("", said))
    return found


def test_before_a_proof_nothing_tells_what_it_is_about(product: Product) -> None:
    messages = _outbound(product)
    before = [m for m in messages if m["proven_at"] is None or m["at"] < m["proven_at"]]
    assert before
    told = {m["text"]: tells for m in before if (tells := _tells(m))}
    assert told == {}


def test_the_reader_itself_can_fail(product: Product) -> None:
    after = [
        m for m in _outbound(product) if m["proven_at"] is not None and m["at"] >= m["proven_at"]
    ]
    assert sum(1 for message in after if _tells(message)) > len(after) / 3


def test_every_message_has_its_attempt_with_a_verdict_and_a_rule(product: Product) -> None:
    attempts = {
        row["message_id"]: row
        for row in product.rows("select * from attempt where message_id is not null")
    }
    calls = {row["id"] for row in product.rows("select id from call where direction = 'outbound'")}
    assert calls <= attempts.keys()
    # what is said in a call is part of it
    for message in (each for each in _outbound(product) if each["channel"] != "voice"):
        attempt = attempts.get(message["id"])
        assert attempt is not None, message["text"]
        assert attempt["rule"]
        assert attempt["allowed"] is (message["state"] != "refused"), message["text"]


def test_every_turn_was_finished_and_answered_once(product: Product) -> None:
    product.settle(seconds=30)
    unfinished = product.rows(
        "select t.* from turn t join conversation c on c.id = t.conversation_id"
        " where t.state <> 'delivered'"
        # a caller who heard an apology is called back by a person
        " and not (c.channel = 'voice' and t.state = 'given_up'"
        "   and c.waiting_reason = 'engine_failed')"
    )
    assert unfinished == []
    waiting = product.rows(
        "select * from message where direction = 'in' and turn_id is null and state = 'received'"
    )
    assert waiting == []
    doubled = product.rows(
        "select turn_id, text from message where direction = 'out' and turn_id is not null"
        " group by turn_id, text having count(*) > 1"
    )
    assert doubled == []


def test_no_process_wrote_a_traceback_or_a_person_into_its_log(product: Product) -> None:
    people = product.rows("select name from debtor")
    names = {row["name"] for row in people}
    numbers = {row["address"] for row in product.rows("select address from contact_point")}
    for process in ("web", "actions", "worker", "engine"):
        log = product.log(process)
        assert "Traceback" not in log, process
        assert not [each for each in (*names, *numbers) if each in log], process
