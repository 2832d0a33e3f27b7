"""What the text doors use of the core."""

from typing import Annotated, Protocol, cast
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from acuerdo.conversations.ports import ChannelEvent
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.settings import Settings


class Inbox(Protocol):
    """Where everything that a channel reports goes."""

    async def receive(self, webhook: Webhook, event: ChannelEvent) -> UUID | None:
        """Store the webhook once and do what follows; the same one again changes nothing."""
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
