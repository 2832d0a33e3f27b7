"""Every action of the engine, for who is only claimed and for somebody unknown: the same.

The actions are those of the catalogue. Each is called as the engine calls it, with its own words
and with every slot filled; compared is what it says, what the engine is told to keep, every row of
every table, every job, what the desk shows, and what an answer to the same person is allowed.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select, text

from actions import catalogue
from actions.action import CoreAction
from actions.form import FormReader
from acuerdo.contact.law import Event
from acuerdo.contact.models import ContactState, Preference, Purpose, Stop
from acuerdo.conversations.models import Author
from acuerdo.debts.models import Debtor
from acuerdo.platform.db.base import Base
from acuerdo.platform.errors import AcuerdoError
from acuerdo.values.channels import Channel
from tests.builders import a_contact_point, a_conversation, a_debt, a_debtor, saved
from tests.clock import NOW
from tests.domain import domain, utterances
from tests.integration.world import Ana, World

HERS, NOBODYS = "45671234", "99999999"
HER_NUMBER, NO_NUMBER = "+51987654399", "+51987650000"
STRANGERS: Final = ("+51911111111", "+51911111112")
# What identity itself keeps of a claim; numbers and seals that every row has of its own.
_OF_IDENTITY: Final = {"identity_claim", "audit_entry", "audit_head", "external_event"}
# A number that is nobody's may be noted as nobody's when somebody says so who shows it.
_OF_NUMBER: Final = {"contact_point"}
_STATES: Final = {
    repr(each): "<state>" for each in (ContactState.ACTIVE, ContactState.WRONG_PERSON)
}
_OWN_NUMBER: Final = {"sequence", "subject", "provider_id"}
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Rows = dict[str, dict[Any, dict[str, Any]]]
Someone = Callable[[World, bool], Awaitable[UUID]]


async def types_a_document(world: World, claimed: bool) -> UUID:
    talk = await world.someone_writes(address=STRANGERS[claimed])
    await world.identity.answer(talk, uuid4(), HERS if claimed else NOBODYS)
    return talk


async def calls_from(world: World, number: str) -> UUID:
    call = await world.calls.inbound.receive(f"CA{uuid4().hex}", number)
    return (await world.calls.turns.view(call)).conversation_id


async def shows_a_number(world: World, claimed: bool) -> UUID:
    return await calls_from(world, HER_NUMBER if claimed else NO_NUMBER)


async def says_a_document(world: World, claimed: bool) -> UUID:
    talk = await calls_from(world, STRANGERS[claimed])
    await world.identity.answer(talk, uuid4(), HERS if claimed else NOBODYS)
    return talk


async def types_it_in_a_chat(world: World, claimed: bool) -> UUID:
    address = f"70000000{int(claimed)}"
    talk = await world.someone_writes(address=address, channel=Channel.TELEGRAM)
    await world.identity.answer(talk, uuid4(), HERS if claimed else NOBODYS)
    return talk


WHO: Final[dict[str, Someone]] = {
    "typed document": types_a_document,
    "typed in a chat": types_it_in_a_chat,
    "spoken document": says_a_document,
    "shown number": shows_a_number,
}
FILLED: Final[dict[str, Any]] = {
    "callback_at": "2026-12-01T10:00",
    "pending_action": "action_balance",
    "pending_words": "¿cuánto debo?",
    "pending_also": ["ask_due_date"],
    "identity_confirmed": True,
    "debt": "deuda-1",
    "promise_amount": "12050",
    "promise_date": "2026-11-27",
    "promise_confirmed": True,
    "proposal": str(UUID(int=7)),
    "plan_options": [{"id": str(UUID(int=7)), "count": 3}],
    "plan_confirmed": True,
    "claim_date": "2026-11-20",
    "claim_amount": "12050",
    "claim_proof": True,
    "dispute_reason": "amount",
    "dispute_words": "no es mía",
    "somebody_else": "here",
    "for_other": True,
    "refused": True,
    "refused_proof": True,
    "insulted": True,
    "misunderstood": 1,
    "unclear_words": "mmm",
}


@dataclass(frozen=True)
class Moment:
    """How an action is called: the words and their meanings, the open form, what is known."""

    text: str
    intent: str = ""
    also: tuple[str, ...] = ()
    form: str | None = None
    asked: str | None = None
    filled: bool = False


def moments_of(action: CoreAction | FormReader) -> list[Moment]:
    """The ways in which an action is called here."""
    if isinstance(action, FormReader):
        asked = domain()["forms"][action.form]["required_slots"]
        words = ("sí", "el 2 de mayo de 1971", "1", "el viernes 100 soles", "no es mía")
        return [Moment("hola", form=action.form)] + [
            Moment(each, "inform", form=action.form, asked=slot, filled=filled)
            for slot in asked
            for each in words
            for filled in (False, True)
        ]
    said = {intent: words[0] for topic in catalogue.TOPICS
            for intent, words in utterances(topic).items()}  # fmt: skip
    its_own = [Moment(said[intent].lstrip("- "), intent) for intent in action.intents
               if intent in said] or [Moment("hola")]  # fmt: skip
    along = ("ask_balance", "ask_data_source", "confirm_identity")
    return [
        *its_own,
        *(Moment(each.text, each.intent, also=along, filled=True) for each in its_own),
        *(
            Moment(each.text, each.intent, form="verification_form", asked=slot, filled=True)
            for each in its_own[:1]
            for slot in ("identity_confirmed", "identity_proof")
        ),
    ]


async def ana_with_a_past(world: World) -> Ana:
    """Somebody about whom there is much to betray."""
    ana = await Ana().stored(world.db)
    # what is kept of the number itself is the number's, whoever shows it
    voice = a_contact_point(ana.debtor, channel=Channel.VOICE, address=HER_NUMBER, consent=False)
    telegram = a_contact_point(ana.debtor, channel=Channel.TELEGRAM)
    before = a_conversation(telegram, verified_until_at=NOW - timedelta(days=1), closed_at=NOW)
    stop = Stop(
        id=uuid4(),
        debtor_id=ana.debtor.id,
        kind=Event.REPRESENTED,
        since_at=NOW,
        source="desk",
        lifted_at=None,
    )
    wish = Preference(
        debtor_id=ana.debtor.id,
        channel=Channel.TELEGRAM,
        begins=None,
        ends=None,
        words="por telegram",
        conversation_id=before.id,
        learned_at=NOW,
    )
    second = a_debt(ana.debtor, ana.creditor, external_id="deuda-1")
    await saved(world.db, voice, telegram, second)
    await saved(world.db, before, stop, wish)
    return ana


async def called(world: World, talk: UUID, action: Any, moment: Moment, turn: UUID) -> list[Any]:
    """What the engine gets back."""
    async with world.db.transaction() as session:
        facts = dict(await world.identity.facts(session, await world.conversation(talk)))
    facts |= {"turn": str(turn), "purpose": Purpose.REPLY.value, "receipt": False}
    meant = {"name": moment.intent}
    tracker = Tracker(
        sender_id=str(talk),
        slots={"requested_slot": moment.asked, "factor": facts["factor"]}
        | (FILLED if moment.filled else {}),
        latest_message={
            "text": moment.text,
            "intent": meant,
            "intent_ranking": [{"name": moment.intent, "confidence": 0.9}],
            "also": list(moment.also),
            "metadata": {"facts": facts},
        },
        events=[
            {"event": "bot", "text": "hola"},
            {"event": "user", "text": moment.text, "parse_data": {"intent": meant}},
        ],
        paused=False,
        followup_action=None,
        active_loop={"name": moment.form} if moment.form else {},
        latest_action_name="action_listen",
    )
    dispatcher = CollectingDispatcher()
    try:
        events = await action.run(dispatcher, tracker, {})
    except AcuerdoError as error:
        return [facts, type(error).__name__]
    except (ValueError, LookupError) as error:
        return [facts, repr(error)]
    return [facts, dispatcher.messages, events]


async def rows_of(world: World, who: str) -> Rows:
    """Every row of every table but those in which identity keeps what is claimed, by its key.

    Of a shown number nothing is compared that is about the number itself.
    """
    found: Rows = {}
    own = _OF_IDENTITY | (_OF_NUMBER if who == "shown number" else set())
    async with world.db.transaction() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in own:
                rows = (await session.execute(select(table))).mappings().all()
                keys = [column.name for column in table.primary_key]
                found[table.name] = {tuple(row[key] for key in keys): dict(row) for row in rows}
        jobs = await session.execute(
            text("select id, task_name, args::text, lock from procrastinate_jobs order by id")
        )
        found["jobs"] = {(row["id"],): dict(row) for row in jobs.mappings().all()}
    return found


def news(before: Rows, after: Rows) -> dict[str, list[dict[str, Any]]]:
    """What is new, and of what has changed the columns that did, without the numbers that every
    row has of its own."""
    return {
        name: [
            {
                column: value
                for column, value in row.items()
                if column not in _OWN_NUMBER
                and not (column == "id" and isinstance(value, int))
                and (key not in before[name] or before[name][key][column] != value)
            }
            for key, row in rows.items()
            if before[name].get(key) != row
        ]
        for name, rows in after.items()
    }


def plain(found: Any, names: dict[str, str], people: set[str]) -> str:
    """The same, letter by letter, with words in place of the names that differ by right.

    The names of people, their debts and addresses stay: whose name appears was betrayed.
    """
    written = repr(found)
    for name, word in names.items():
        written = written.replace(name, word)
    return _UUID.sub(lambda each: each[0] if each[0] in people else "<new>", written)


def difference(one: str, other: str) -> str:
    """Where two texts begin to differ; empty where they do not."""
    if one == other:
        return ""
    same = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                min(len(one), len(other)))  # fmt: skip
    return f"{one[max(0, same - 200) : same + 200]}\n<->\n{other[max(0, same - 200) : same + 200]}"


async def answered(world: World, talk: UUID) -> Any:
    """What the desk shows, and what became of an answer to this person."""
    desk = await world.core.views.desk.conversation(talk, uuid4())
    card = await world.core.views.desk.card(talk)
    queue = await world.core.views.desk.queue(uuid4())
    entries = [each for each in (*queue.waiting, *queue.recent) if each.id == talk]
    async with world.db.transaction() as session:
        conversation = await world.conversation(talk)
        (message_id,) = world.outbox.add(
            session, conversation, "hola", author=Author.BOT, purpose=Purpose.REPLY
        )
    if conversation.channel is not Channel.VOICE:
        await world.outbox.deliver(message_id)
    return desk, card, entries


@pytest.mark.parametrize("topic", list(catalogue.TOPICS))
@pytest.mark.parametrize("who", list(WHO))
async def test_an_action_says_and_writes_the_same_for_a_claim_and_for_nobody(
    world: World, who: str, topic: str
) -> None:
    ana = await ana_with_a_past(world)
    await saved(world.db, a_debtor(name="Luis Otro", document="87654321"))
    async with world.db.transaction() as session:
        owned = (Base.metadata.tables[name] for name in ("debtor", "debt", "creditor"))
        people = {
            str(each) for table in owned for each in (await session.scalars(select(table.c.id)))
        }
    actions = {each.name(): each for each in catalogue.all_actions(world.core)}
    mine = [
        actions[kind.action if issubclass(kind, CoreAction) else f"validate_{kind.form}"]
        for kind in catalogue.kinds(topic)
    ]
    for action in mine:
        moments = moments_of(action)
        told: list[list[str]] = []
        for claimed in (True, False):
            talk = await WHO[who](world, claimed)
            point = await world.point_of(talk)
            names = {str(talk): "<talk>", str(point.id): "<point>", point.address: "<address>"}
            names |= _STATES if who == "shown number" else {}
            lines, before = [], await rows_of(world, who)
            for moment in moments:
                turn = uuid4()
                said = await called(world, talk, action, moment, turn)
                after = await rows_of(world, who)
                written = news(before, after)
                lines.append(plain((said, written), names | {str(turn): "<turn>"}, people))
                before = after
            shown = await answered(world, talk)
            lines.append(plain((shown, news(before, await rows_of(world, who))), names, people))
            told.append(lines)
        for moment, one, other in zip((*moments, "the desk and an answer"), *told, strict=True):
            assert not difference(one, other), (action.name(), moment)
            assert not any(each in one for each in people), (action.name(), moment)
    async with world.db.transaction() as session:
        same = await session.get_one(Debtor, ana.debtor.id)
    assert same.deceased_reported_at is None


def test_no_action_is_left_out() -> None:
    walked = [kind for topic in catalogue.TOPICS for kind in catalogue.kinds(topic)]
    names = {
        kind.action if issubclass(kind, CoreAction) else f"validate_{kind.form}" for kind in walked
    }
    assert names == set(domain()["actions"])
