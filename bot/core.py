"""What the text doors use of the core."""

from typing import Annotated, Protocol, cast

from fastapi import Depends
from starlette.requests import Request

from acuerdo.conversations.ports import ChannelEvent
from acuerdo.platform.settings import Settings


class Inbox(Protocol):
    """Where everything that a channel reports goes."""

    async def receive(self, event: ChannelEvent) -> None:
        """Store the event once and do what follows; the same event again changes nothing."""
        ...


class Core(Protocol):
    """The part of the composition root that these doors see."""

    @property
    def settings(self) -> Settings:
        """Secrets, the public address and limits."""
        ...

    @property
    def inbox(self) -> Inbox:
        """The service that takes the events."""
        ...


def _core_of(request: Request) -> Core:
    return cast(Core, request.app.state.acuerdo)


TheCore = Annotated[Core, Depends(_core_of)]
