"""Every conversation is in exactly one list, where a person looks for it."""

from datetime import timedelta

from acuerdo.conversations.models import Author, Conversation, Owner, WaitingReason
from acuerdo.staff.models import Staff
from acuerdo.views.desk import queue
from acuerdo.views.desk.views import QueueEntry
from tests.builders import a_contact_point, a_conversation, a_message, a_staff_member
from tests.clock import NOW

ME, COLLEAGUE = a_staff_member(name="Lucía"), a_staff_member(name="Marco")


def an_entry(
    conversation: Conversation, *, author: Author = Author.DEBTOR, holder: Staff | None = None
) -> QueueEntry:
    return queue.entry(
        conversation,
        name="Ana",
        address="+51987650001",
        held_by=None if holder is None else holder.name,
        last=a_message(conversation, "una  línea\nlarga " * 20, author=author),
        staff_id=ME.id,
    )


def test_each_conversation_is_in_one_list() -> None:
    waits = an_entry(
        a_conversation(
            a_contact_point(),
            owner=Owner.AGENT,
            waiting_since_at=NOW,
            waiting_reason=WaitingReason.ASKED_FOR_PERSON,
        )
    )
    flagged = an_entry(a_conversation(a_contact_point(), waiting_since_at=NOW))
    mine = an_entry(
        a_conversation(a_contact_point(), owner=Owner.AGENT, agent=ME, waiting_since_at=NOW),
        holder=ME,
    )
    others = an_entry(
        a_conversation(a_contact_point(), owner=Owner.AGENT, agent=COLLEAGUE), holder=COLLEAGUE
    )
    recent = an_entry(a_conversation(a_contact_point()))

    lists = queue.sorted_into_lists([waits, flagged, mine, others], [recent], NOW)

    assert lists.waiting == (waits, flagged)
    assert lists.mine == (mine,)
    assert lists.others == (others,)
    assert lists.recent == (recent,)


def test_of_mine_those_who_wait_for_my_answer_come_first() -> None:
    def held(minutes: int, author: Author) -> QueueEntry:
        at = NOW - timedelta(minutes=minutes)
        conversation = a_conversation(
            a_contact_point(), owner=Owner.AGENT, agent=ME, last_activity_at=at
        )
        return an_entry(conversation, author=author, holder=ME)

    answered, asks, asked_before = (
        held(1, Author.AGENT),
        held(5, Author.DEBTOR),
        held(9, Author.DEBTOR),
    )

    lists = queue.sorted_into_lists([answered, asked_before, asks], [], NOW)

    assert lists.mine == (asks, asked_before, answered)


def test_a_line_shows_a_glimpse_without_line_breaks() -> None:
    entry = an_entry(a_conversation(a_contact_point()))

    assert len(entry.last_text) <= 120
    assert "\n" not in entry.last_text
    assert entry.unanswered
