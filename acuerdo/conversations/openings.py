"""How a talk that we begin sounds where the channel wants an approved wording."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from acuerdo.contact.models import ContactPoint
from acuerdo.contact.policy import within_service_window
from acuerdo.contact.ports import Button, Template
from acuerdo.conversations.notices import notice
from acuerdo.conversations.ports import Scalar
from acuerdo.values.channels import Channel

# The dialogue waits for the same yes as after its own opening.
OPENING_BUTTONS: Final = (
    Button(notice("opening_yes"), "/confirm_identity"),
    Button(notice("opening_no"), "/deny"),
)
# Where several people may read it nobody is asked whether they are one of them.
UNNAMED_OPENING_BUTTONS: Final = (Button(notice("opening_reply"), "/greet"),)


def needs_template(point: ContactPoint, now: datetime) -> bool:
    """Whether the channel does not let us choose our words now."""
    return point.channel is Channel.WHATSAPP and not within_service_window(
        point.last_inbound_at, now
    )


def opening(facts: Mapping[str, Scalar]) -> tuple[str, Template]:
    """The approved opening: as it reads, and as the pattern with what fills its gaps.

    Nobody is named where it is not known who of several people will read it.
    """
    agency, name = str(facts["agency"]), str(facts["name"])
    if not name:
        pattern = notice("opening_unnamed", agency="{{1}}")
        return notice("opening_unnamed", agency=agency), Template(pattern, (agency,))
    pattern = notice("opening", agency="{{1}}", name="{{2}}")
    return notice("opening", agency=agency, name=name), Template(pattern, (agency, name))
