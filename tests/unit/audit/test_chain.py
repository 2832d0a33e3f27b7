"""The chain: whatever is done to it, it is found."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.audit.chain import START, Fault, Finding, Head, Link, Walk, digest, seal
from acuerdo.values.channels import Channel

KEY = b"k" * 32
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


def a_chain(digests: list[bytes], key: bytes = KEY) -> list[Link]:
    """Sealed links over some rows."""
    links, previous = [], START
    for position, digested in enumerate(digests, 1):
        bare = Link(position, AT, "decision", str(position), digested, adopted=False)
        previous = seal(key, previous, bare)
        links.append(Link(position, AT, "decision", str(position), digested, False, previous))
    return links


def walked(links: list[Link], head: Head | None = None, key: bytes = KEY) -> list[Finding]:
    """What is wrong with a chain."""
    walk = Walk([key])
    found = [finding for link in links for finding in walk.step(link)]
    last = links[-1] if links else Link(0, AT, "", "", b"", False, START)
    return [*found, *walk.end(head or Head(last.position, last.hash))]


chains = st.lists(
    st.binary(min_size=32, max_size=32).filter(any), min_size=2, max_size=12, unique=True
)


@given(chains)
def test_an_untouched_chain_is_whole(digests: list[bytes]) -> None:
    assert walked(a_chain(digests)) == []


@given(chains, st.data())
def test_a_changed_link_is_found_at_its_place(digests: list[bytes], data: st.DataObject) -> None:
    links = a_chain(digests)
    place = data.draw(st.integers(0, len(links) - 1))
    changed = data.draw(
        st.sampled_from(
            [
                {"digest": bytes(32)},
                {"key": "another"},
                {"subject": "attempt"},
                {"adopted": True},
                {"at": AT + timedelta(microseconds=1)},
                {"hash": bytes(31) + b"!"},
            ]
        )
    )
    was = links[place]
    fields = {name: getattr(was, name) for name in Link.__slots__} | changed
    links[place] = Link(**fields)
    head = Head(len(digests), a_chain(digests)[-1].hash)
    found = walked(links, head)
    assert found[0].position == place + 1
    assert found[0].fault is Fault.BROKEN


@given(chains, st.data())
def test_removed_and_swapped_links_are_found(digests: list[bytes], data: st.DataObject) -> None:
    links = a_chain(digests)
    head = Head(len(links), links[-1].hash)
    place = data.draw(st.integers(0, len(links) - 1))
    without = links[:place] + links[place + 1 :]
    assert walked(without, head)
    other = data.draw(st.integers(0, len(links) - 1).filter(lambda each: each != place))
    swapped = list(links)
    for here, there in ((place, other), (other, place)):
        moved = links[there]
        swapped[here] = Link(
            here + 1, AT, moved.subject, moved.key, moved.digest, moved.adopted, moved.hash
        )
    assert walked(swapped, head)


@given(chains)
def test_who_has_no_key_cannot_make_a_chain(digests: list[bytes]) -> None:
    forged = a_chain(digests, key=b"g" * 32)
    assert {finding.fault for finding in walked(forged)} == {Fault.BROKEN}


def test_a_row_says_the_same_before_it_is_stored_and_after_it_is_read() -> None:
    lima = timezone(timedelta(hours=-5))
    id_ = UUID(int=7)
    written = {"at": datetime(2026, 11, 23, 10, tzinfo=lima), "channel": Channel.SMS, "id": id_}
    read = {"id": id_, "channel": "sms", "at": datetime(2026, 11, 23, 15, tzinfo=UTC)}
    assert digest(written) == digest(read)
    assert digest(written | {"facts": {"b": 1, "a": [date(2026, 1, 2)]}}) == digest(
        read | {"facts": {"a": ["2026-01-02"], "b": 1}}
    )


def test_a_column_that_came_later_and_is_empty_changes_nothing() -> None:
    assert digest({"rule": "x"}) == digest({"rule": "x", "added": None})
    assert digest({"rule": "x"}) != digest({"rule": "x", "added": 0})
    assert digest({"rule": "x"}) != digest({"rule": "x", "added": ""})


def test_a_head_is_written_and_read() -> None:
    head = Head(12, bytes(range(32)))
    assert Head.parse(f" {head}\n") == head
    for wrong in ("", "12", "x:00", "1:zz", f"1:{'00' * 31}", f"-1:{'00' * 32}"):
        with pytest.raises(ValueError, match=r".*"):
            Head.parse(wrong)


OLD = b"o" * 32


def rotated(old: int, new: int, forged: int = 0) -> list[Link]:
    """Links of an old key, then of a new one, then of the old one again, by whom it leaked to."""
    links, previous = [], START
    keys = [OLD] * old + [KEY] * new + [OLD] * forged
    for position, key in enumerate(keys, 1):
        bare = Link(position, AT, "decision", str(position), bytes([position]) * 32, adopted=False)
        previous = seal(key, previous, bare)
        links.append(Link(position, AT, "decision", str(position), bare.digest, False, previous))
    return links


def faults_of(links: list[Link], ends: tuple[int, ...] = ()) -> list[tuple[Fault, int | None]]:
    walk = Walk([KEY, OLD], ends)
    return [(found.fault, found.position) for link in links for found in walk.step(link)]


@given(st.integers(0, 5), st.integers(0, 5))
def test_a_changed_key_is_no_fault(old: int, new: int) -> None:
    assert faults_of(rotated(old, new)) == []
    assert faults_of(rotated(old, new), (old,)) == []


@given(st.integers(0, 4), st.integers(1, 4), st.integers(1, 3))
def test_a_retired_key_forges_no_new_link(old: int, new: int, forged: int) -> None:
    expected = [(Fault.RETIRED, old + new + each) for each in range(1, forged + 1)]
    assert faults_of(rotated(old, new, forged)) == expected


@given(st.integers(1, 4), st.integers(1, 3))
def test_nor_where_the_newer_links_were_taken_away(old: int, forged: int) -> None:
    expected = [(Fault.RETIRED, old + each) for each in range(1, forged + 1)]
    assert faults_of(rotated(old + forged, 0), (old,)) == expected
