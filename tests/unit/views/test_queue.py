"""Every conversation is in exactly one list, where a person looks for it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from acuerdo.conversations.models import Author, Outcome, Owner
from acuerdo.values.channels import Channel
from acuerdo.views.desk.queue import QueueEntry, glimpse, is_held_by, sorted_into_lists
from tests.clock import NOW

ME, COLLEAGUE = uuid4(), uuid4()
NAMES = {ME: "Lucía", COLLEAGUE: "Marco"}


def an_entry(
    owner: Owner = Owner.BOT,
    *,
    holder: UUID | None = None,
    waiting_since_at: datetime | None = None,
    last_activity_at: datetime = NOW,
    author: Author = Author.DEBTOR,
) -> QueueEntry:
    return QueueEntry(
        id=uuid4(),
        name="Ana",
        address="+51987650001",
        channel=Channel.WHATSAPP,
        owner=owner,
        held_by=None if holder is None else NAMES[holder],
        is_mine=is_held_by(owner, holder, ME),
        waiting_since_at=waiting_since_at,
        reason=None,
        outcome=Outcome.NO_OUTCOME,
        last_author=author,
        last_text="hola",
        last_has_media=False,
        last_activity_at=last_activity_at,
        unanswered=author is Author.DEBTOR,
    )


def test_each_conversation_is_in_one_list() -> None:
    waits = an_entry(Owner.AGENT, waiting_since_at=NOW)
    flagged = an_entry(waiting_since_at=NOW)
    mine = an_entry(Owner.AGENT, holder=ME, waiting_since_at=NOW)
    others = an_entry(Owner.AGENT, holder=COLLEAGUE)
    recent = an_entry()

    lists = sorted_into_lists([waits, flagged, mine, others], [mine, waits, recent], NOW)

    assert lists.waiting == (waits, flagged)
    assert lists.mine == (mine,)
    assert lists.others == (others,)
    assert lists.recent == (recent,)


def test_of_mine_those_who_wait_for_my_answer_come_first() -> None:
    def held(minutes: int, author: Author) -> QueueEntry:
        at = NOW - timedelta(minutes=minutes)
        return an_entry(Owner.AGENT, holder=ME, last_activity_at=at, author=author)

    answered, asks, asked_before = (
        held(1, Author.AGENT),
        held(5, Author.DEBTOR),
        held(9, Author.DEBTOR),
    )

    lists = sorted_into_lists([answered, asked_before, asks], [], NOW)

    assert lists.mine == (asks, asked_before, answered)


def test_what_no_person_holds_is_not_mine() -> None:
    assert is_held_by(Owner.AGENT, ME, ME)
    assert not is_held_by(Owner.AGENT, COLLEAGUE, ME)
    assert not is_held_by(Owner.NOBODY, ME, ME)


def test_a_line_shows_a_glimpse_without_line_breaks() -> None:
    shown = glimpse("una  línea\nlarga " * 20)

    assert shown.startswith("una línea larga una")
    assert len(shown) == 120
