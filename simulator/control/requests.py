"""The bodies that the control API takes."""

from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from simulator.chats import Channel
from simulator.gateway.account import Act, Outcome
from simulator.simulator import FileKind, Signature


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Act(_Body):
    channel: Channel = "whatsapp"
    address: str
    wait: bool = True


class Say(_Act):
    """Write a text."""

    kind: Literal["text"]
    text: str
    name: str = ""


class Start(_Act):
    """Open the bot on Telegram, with the token of a deep link or without."""

    kind: Literal["start"]
    channel: Channel = "telegram"
    payload: str = ""
    name: str = ""


class Press(_Act):
    """Press a button or choose from a list: by index (from 0) or by exact title."""

    kind: Literal["press"]
    index: int | None = None
    title: str = ""
    message_id: str = ""


class SendFile(_Act):
    """Send a file; content in base64, a sample when absent."""

    kind: FileKind
    content: Base64Bytes = b""
    content_type: str = ""
    filename: str = ""
    caption: str = ""


class ShareContact(_Act):
    """Share a contact card on Telegram."""

    kind: Literal["contact"]
    channel: Channel = "telegram"
    phone: str
    own: bool = True
    name: str = ""


class Edit(_Act):
    """Edit a text on Telegram."""

    kind: Literal["edit"]
    channel: Channel = "telegram"
    message_id: str
    text: str


class Block(_Act):
    """Block or unblock the bot on Telegram."""

    kind: Literal["block", "unblock"]
    channel: Channel = "telegram"


class Raw(_Body):
    """Post exactly these parameters, this update or this event, signed as asked."""

    kind: Literal["raw"]
    params: dict[str, str] = {}
    update: dict[str, Any] = {}
    event: dict[str, Any] = {}
    url: str = ""
    signature: Signature = "valid"
    wait: bool = True


Inbound = Annotated[
    Say | Start | Press | SendFile | ShareContact | Edit | Block | Raw,
    Field(discriminator="kind"),
]


class SendFaultBody(_Body):
    """See `simulator.faults.SendFault`."""

    outcome: Literal["refuse", "undelivered", "drop", "lose"]
    times: int = Field(1, ge=1)
    channel: Channel | None = None
    http_status: int = Field(503, ge=400, le=599)
    code: int = 20500
    message: str = "Internal Server Error"
    retry_after_s: int = 1


class FaultsBody(_Body):
    """Only the faults that are named change. See `simulator.faults.Faults`."""

    sends: list[SendFaultBody] | None = None
    send_delay_ms: int | None = Field(None, ge=0)
    webhook_copies: int | None = Field(None, ge=1, le=20)
    shuffle_window_ms: int | None = Field(None, ge=0)
    hold_webhooks: bool | None = None
    status_order: Literal["normal", "reversed"] | None = None


class PaceBody(_Body):
    """Only what is named changes. See `simulator.faults.Pace`."""

    statuses: list[Literal["queued", "sent", "delivered", "read"]] | None = None
    status_delay_ms: int | None = Field(None, ge=0)
    retry_delay_ms: int | None = Field(None, ge=0)
    signature: Literal["HMAC_SHA1", "HMAC_SHA256"] | None = None


class _AtTheGateway(_Body):
    """`quietly`: the events are kept and not posted, to be posted later in any order."""

    quietly: bool = False


class _OfALink(_AtTheGateway):
    """A link by its id, or the newest link of a reference."""

    link_id: str = ""
    reference: str = ""


class Pay(_OfALink):
    """Pay a link; without an amount, the link's."""

    outcome: Outcome = "approve"
    amount: str = ""


class Expire(_OfALink):
    """Let the time of a link be over."""


class ActOnPayment(_AtTheGateway):
    """Let something happen to a payment; a refund without an amount is of all that is left."""

    act: Act
    amount: str = ""


class PostEvents(_Body):
    """Post kept events again, in this order; `renamed`: under other ids."""

    ids: list[str] = Field(min_length=1, max_length=1000)
    renamed: bool = False


class Release(_Body):
    """Deliver the held webhooks."""

    shuffled: bool = False


class CloseWindow(_Body):
    """Let the 24-hour window of a person on WhatsApp be over."""

    address: str
