"""A conversation in the order it happened. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from acuerdo.conversations.models import Author, MessageState


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file of a message; `file` is its name in the media folder, None until it was fetched."""

    index: int
    kind: str
    content_type: str
    file: str | None
    bytes: int | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message of the transcript; `chosen` when a button was pressed or typed.

    `edited_from`: what it said before, where it changes an earlier message; `automatic`: a machine
    wrote it.
    """

    id: UUID
    at: datetime
    author: Author
    author_name: str | None
    text: str
    chosen: bool
    buttons: tuple[str, ...]
    media: tuple[MediaView, ...]
    state: MessageState
    problem: str | None
    edited_from: str | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class NoteView:
    """What a colleague noted; the debtor never sees it."""

    id: UUID
    at: datetime
    author_name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation in the order it happened; `cut` when older messages are left out."""

    entries: Sequence[MessageView | NoteView]
    name: str | None
    country: str
    timezone: str
    today: date
    cut: bool


def in_order(
    messages: Sequence[MessageView], notes: Sequence[NoteView]
) -> tuple[MessageView | NoteView, ...]:
    """Messages in the order we came to know them, each note after what was said before it."""
    merged: list[MessageView | NoteView] = []
    rest = list(notes)
    for message in messages:
        while rest and rest[0].at < message.at:
            merged.append(rest.pop(0))
        merged.append(message)
    return (*merged, *rest)


def media_of(stored: Sequence[Mapping[str, Any]]) -> tuple[MediaView, ...]:
    """The files of a message, as they are stored with it."""
    return tuple(
        MediaView(
            index=index,
            kind=each.get("kind", "file"),
            content_type=each.get("content_type", ""),
            file=each.get("file"),
            bytes=each.get("bytes"),
            problem=each.get("problem"),
        )
        for index, each in enumerate(stored)
    )
