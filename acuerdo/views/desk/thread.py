"""A conversation in the order it happened. Pure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from acuerdo.conversations.models import Message, Note
from acuerdo.views.desk.views import MediaView, MessageView, NoteView


def in_order(
    messages: Sequence[Message], notes: Sequence[Note], names: Mapping[UUID, str]
) -> tuple[MessageView | NoteView, ...]:
    """Messages in the order we came to know them, each note after what was said before it."""
    merged: list[MessageView | NoteView] = []
    rest = list(notes)
    for message in messages:
        while rest and rest[0].at < message.at:
            merged.append(_note(rest.pop(0), names))
        merged.append(_message(message, names))
    return (*merged, *(_note(note, names) for note in rest))


def media(message: Message) -> tuple[MediaView, ...]:
    """The files of a message."""
    return tuple(
        MediaView(
            index=index,
            kind=each.get("kind", "file"),
            content_type=each.get("content_type", ""),
            file=each.get("file"),
            bytes=each.get("bytes"),
            problem=each.get("problem"),
        )
        for index, each in enumerate(message.media)
    )


def _message(message: Message, names: Mapping[UUID, str]) -> MessageView:
    return MessageView(
        id=message.id,
        at=message.at,
        author=message.author,
        author_name=None if message.agent_id is None else names.get(message.agent_id),
        text=message.text,
        chosen=message.choice is not None,
        buttons=tuple(button["title"] for button in message.buttons),
        media=media(message),
        state=message.state,
        problem=message.error_code,
    )


def _note(note: Note, names: Mapping[UUID, str]) -> NoteView:
    return NoteView(id=note.id, at=note.at, author_name=names.get(note.author_id), text=note.text)
