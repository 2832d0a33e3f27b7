"""What the desk uses of the core."""

from typing import Annotated, Protocol, cast

from fastapi import Depends
from starlette.requests import Request

from acuerdo.calls.dialling import Dialling
from acuerdo.calls.transfers import Transfers
from acuerdo.contact.house_limits import HouseLimitsService
from acuerdo.conversations.hand_off import HandOff
from acuerdo.conversations.wishes import Wishes
from acuerdo.platform.announcements import Announcements
from acuerdo.platform.clock import Clock
from acuerdo.platform.settings import Settings
from acuerdo.staff.service import StaffService
from acuerdo.views.desk.service import Desk
from acuerdo.views.dossier.service import Dossiers
from acuerdo.views.reports.service import Reports


class Core(Protocol):
    """The part of the composition root that this door sees."""

    @property
    def settings(self) -> Settings:
        """The public address and the folder of received files."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def staff(self) -> StaffService:
        """Who may work here."""
        ...

    @property
    def desk(self) -> Desk:
        """What is shown."""
        ...

    @property
    def hand_off(self) -> HandOff:
        """What a person does with a conversation."""
        ...

    @property
    def wishes(self) -> Wishes:
        """Requests about data, and their answers."""
        ...

    @property
    def reports(self) -> Reports:
        """What a manager is shown."""
        ...

    @property
    def house_limits(self) -> HouseLimitsService:
        """The house limits."""
        ...

    @property
    def dossiers(self) -> Dossiers:
        """One debtor's file."""
        ...

    @property
    def dialling(self) -> Dialling:
        """Calling somebody."""
        ...

    @property
    def transfers(self) -> Transfers:
        """The softphones."""
        ...

    @property
    def announcements(self) -> Announcements:
        """Which conversations change."""
        ...


def _core_of(request: Request) -> Core:
    return cast(Core, request.app.state.acuerdo)


TheCore = Annotated[Core, Depends(_core_of)]
