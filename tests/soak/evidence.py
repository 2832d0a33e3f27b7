"""What a journey left behind, in words that two debtors of the same journey share."""

from dataclasses import dataclass
from typing import Any, Final

from tests.soak.journeys import Run
from tests.soak.product import SoakProduct

Row = dict[str, Any]
# How a message of ours ends where nothing went wrong; which of them depends on the last status.
_ARRIVED: Final = ("sent", "delivered", "read")

_LEDGER: Final = {
    "promise": (
        "select p.amount_minor, p.currency, p.due_on, p.state, p.channel, p.words, p.settles"
        " from promise p join debt t on t.id = p.debt_id where t.debtor_id = %s"
        " order by p.recorded_at, p.id"
    ),
    "plan": "select p.total_minor from plan p join debt t on t.id = p.debt_id"
    " where t.debtor_id = %s",
    "dispute": "select x.state from dispute x join debt t on t.id = x.debt_id"
    " where t.debtor_id = %s",
    "payment_claim": "select x.state from payment_claim x join debt t on t.id = x.debt_id"
    " where t.debtor_id = %s",
    "payment": "select x.amount_minor from payment x join debt t on t.id = x.debt_id"
    " where t.debtor_id = %s",
    "debt": (
        "select balance_minor, overdue_minor, interest_minor, fees_minor, status from debt"
        " where debtor_id = %s order by external_id"
    ),
    "proposal": (
        "select p.kind, p.position, p.terms, p.words, p.state from proposal p"
        " join debt t on t.id = p.debt_id where t.debtor_id = %s order by p.created_at, p.id"
    ),
    "decision": "select kind, allowed, rule, facts from decision where debtor_id = %s order by id",
    "identity_check": (
        "select factor, passed from identity_check where debtor_id = %s order by at, id"
    ),
    "attempt": (
        "select channel, purpose, allowed, reason, rule from attempt where debtor_id = %s"
        " order by id"
    ),
    "callback": "select state from callback where debtor_id = %s",
    "contact_point": "select channel, state, consent from contact_point where debtor_id = %s"
    " order by channel",
    "conversation": (
        "select channel, owner, outcome, waiting_reason, waiting_since_at is not null as waits,"
        " closed_at is not null as closed, verified_at is not null as verified"
        " from conversation where debtor_id = %s order by started_at"
    ),
    "turn": (
        "select t.text, t.intent, t.state, t.understood_as, t.apologised from turn t"
        " join conversation c on c.id = t.conversation_id where c.debtor_id = %s"
        " order by t.opened_at, t.id"
    ),
    "message": (
        "select m.direction, m.author, m.text, m.buttons, m.purpose, m.choice, m.error_code,"
        " m.turn_id is not null as in_a_turn, m.state from message m"
        " join conversation c on c.id = m.conversation_id where c.debtor_id = %s"
        " order by m.direction, m.sequence"
    ),
}


@dataclass(frozen=True)
class Evidence:
    """The chat as the phone shows it, both sides, and everything the product recorded."""

    chat: list[str]
    ledger: dict[str, list[Row]]

    def heard(self) -> list[str]:
        """What the debtor was told, in the order it came."""
        return [line for line in self.chat if line.startswith("<-")]

    def without(self, text: str) -> "Evidence":
        """The same as if one message of ours with this text had not been sent."""
        chat = list(self.chat)
        if f"<- {text}" in chat:
            chat.remove(f"<- {text}")
        ledger = {name: list(rows) for name, rows in self.ledger.items()}
        for row in ledger["message"]:
            if row["text"] == text:
                ledger["message"].remove(row)
                ledger["attempt"].pop()
                break
        ledger["turn"] = _sorted([row | {"apologised": "False"} for row in ledger["turn"]])
        return Evidence(chat, ledger)


def of(product: SoakProduct, run: Run) -> Evidence:
    """Collect after the product came to rest."""
    (debtor,) = product.rows("select id from debtor where external_id = %s", run.external_id)
    ledger = {
        name: [_plain(row) for row in product.rows(query, debtor["id"])]
        for name, query in _LEDGER.items()
    }
    # after a clock was set back, moments do not tell the order; messages have a sequence
    for name in ledger.keys() - {"message"}:
        ledger[name] = _sorted(ledger[name])
    return Evidence(_chat(product, run), ledger)


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: sorted(row.items()))


def _chat(product: SoakProduct, run: Run) -> list[str]:
    shown = product.control.get(
        "/chat", params={"channel": run.phone.channel, "address": run.phone.address}
    ).json()
    sides = {"from_person": "->", "to_person": "<-"}
    return [
        sides[each["direction"]]
        + " "
        + (each["text"] or each["kind"])
        .replace(run.debtor.last4, "<last4>")
        .replace(run.debtor.number, "<number>")
        + "".join(f" [{button['title']}]" for button in each["buttons"])
        for each in shown
    ]


def _plain(row: Row) -> Row:
    plain = {name: str(value) for name, value in row.items()}
    if plain.get("direction") == "in":
        plain["text"] = "<in>" if plain["text"].isdigit() else plain["text"]
    if plain.get("state") in _ARRIVED and plain.get("direction") == "out":
        plain["state"] = "arrived"
    if "intent" in plain and plain["text"].isdigit():
        plain["text"] = "<in>"
    return plain


def lost(product: SoakProduct, run: Run) -> list[str]:
    """What the person wrote that was not stored, or that nobody took up; and what is stuck."""
    rows = product.rows(
        "select m.* from message m join conversation c on c.id = m.conversation_id"
        " join debtor d on d.id = c.debtor_id where d.external_id = %s",
        run.external_id,
    )
    inbound = [row for row in rows if row["direction"] == "in"]
    outbound = [row for row in rows if row["direction"] == "out"]
    wrote = [
        each
        for each in product.control.get(
            "/chat", params={"channel": run.phone.channel, "address": run.phone.address}
        ).json()
        if each["direction"] == "from_person"
    ]
    problems = []
    if len(wrote) != len(inbound):
        problems.append(f"{len(wrote)} were written, {len(inbound)} are stored")
    problems += [
        f"nobody took up: {row['text']!r}"
        for row in inbound
        if row["turn_id"] is None and row["state"] != "read"
    ]
    problems += [
        f"{row['state']}: {row['text']!r}" for row in outbound if row["state"] not in _ARRIVED
    ]
    problems += [
        f"no such message at the provider: {row['provider_id']}"
        for row in outbound
        if row["provider_id"] is None
    ]
    return problems


def doubled(product: SoakProduct, run: Run) -> list[str]:
    """What the phone shows that no message of ours stands for, or that stands there twice."""
    ours = {
        _last_part(row["provider_id"])
        for row in product.rows(
            "select m.provider_id from message m join conversation c on c.id = m.conversation_id"
            " join debtor d on d.id = c.debtor_id where d.external_id = %s"
            " and m.direction = 'out' and m.provider_id is not null",
            run.external_id,
        )
    }
    shown = product.control.get(
        "/inbox", params={"channel": run.phone.channel, "address": run.phone.address}
    ).json()
    return [f"not ours: {each['text']!r}" for each in shown if each["id"] not in ours]


def _last_part(provider_id: str) -> str:
    """Telegram's ids are `chat:message` with us, and `message` on the phone."""
    return provider_id.rpartition(":")[2]


def stuck(product: SoakProduct) -> list[str]:
    """Jobs, turns and messages that did not come to an end, of anybody."""
    found = product.rows(
        "select 'job ' || task_name || ' ' || status as what from procrastinate_jobs"
        " where scheduled_at is null or scheduled_at < now()"
        " or (scheduled_at < now() + interval '3 minutes' and task_name <> 'portfolio.take_over')"
        " union all select 'turn ' || state from turn where state in ('open', 'answered')"
        " union all select 'message ' || state from message"
        " where state in ('queued', 'sending')"
        " union all select 'unanswered message' from message where direction = 'in'"
        " and turn_id is null and state = 'received'"
    )
    return [str(row["what"]) for row in found]
