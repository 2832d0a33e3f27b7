"""Messages of the Twilio account: what the product sent, what people sent, and the reports."""

import asyncio
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

from simulator.chats import Attachment, Button, ChatBook, ChatMessage
from simulator.config import SimulatorConfig
from simulator.faults import Faults, Pace, SendFault
from simulator.twilio_messaging import forms
from simulator.twilio_messaging.content import Content, ContentBook, Rendered, render
from simulator.twilio_messaging.errors import bad_request, not_found
from simulator.twilio_messaging.signature import signature_headers
from simulator.webhooks import Postman, Receipt, Webhook, retry_rule_of

# Sources: Twilio, "Create a Message resource" and its error dictionary; WhatsApp's customer
# service window.
BODY_LIMIT = 1600
WINDOW = timedelta(hours=24)
OUTSIDE_WINDOW = 63016
_KEPT = 50_000
_ADDRESS = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
_ERROR_TEXTS = {
    OUTSIDE_WINDOW: "Failed to send freeform message because you are outside the allowed window.",
}


@dataclass
class TwilioMessage:
    """A Message resource. `sender` and `recipient` carry the channel prefix."""

    sid: str
    sender: str
    recipient: str
    direction: str
    body: str
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None
    status: str
    num_media: int = 0
    status_callback: str = ""
    error_code: int | None = None
    error_message: str = ""

    @property
    def listed_at(self) -> datetime:
        """The moment by which lists are filtered, in whole seconds as Twilio keeps it."""
        return (self.sent_at or self.created_at).replace(microsecond=0)


@dataclass(frozen=True)
class InboundMessage:
    """What a person sends. `body` None means that the parameter is absent."""

    sender: str
    name: str
    body: str | None
    message_type: str = "text"
    kind: str = "text"
    attachments: tuple[Attachment, ...] = ()
    pressed: Button | None = None
    answered: ChatMessage | None = None


class TwilioMessaging:
    """One account with one WhatsApp sender."""

    def __init__(
        self,
        config: SimulatorConfig,
        chats: ChatBook,
        postman: Postman,
        faults: Faults,
        pace: Pace,
    ) -> None:
        self.contents = ContentBook()
        self.algorithm = config.twilio_signature
        self._config = config
        self._chats = chats
        self._postman = postman
        self._faults = faults
        self._pace = pace
        self._messages: OrderedDict[str, TwilioMessage] = OrderedDict()

    def create(self, form: Mapping[str, str], media_urls: Sequence[str]) -> TwilioMessage:
        """Accept a message of the product and begin to deliver it.

        Refuses, in Twilio's words, what Twilio refuses at once. What only WhatsApp refuses (a
        free text outside the 24-hour window) is accepted and then reported as failed.
        """
        recipient, callback = self._checked_addresses(form)
        content, shown = self._checked_content(form, media_urls)
        now = self._config.now()
        message = TwilioMessage(
            sid=("MM" if media_urls else "SM") + secrets.token_hex(16),
            sender=self._config.whatsapp_sender,
            recipient=recipient,
            direction="outbound-api",
            body=shown.text,
            created_at=now,
            updated_at=now,
            sent_at=None,
            status="queued",
            num_media=len(media_urls),
            status_callback=callback,
        )
        self._keep(message)
        reason = self._refused_by_whatsapp(recipient, content)
        bubble = self._bubble(message, shown, media_urls)
        self._postman.in_background(self._deliver(message, bubble, reason))
        return message

    def refuse_delivery(self, message: TwilioMessage, fault: SendFault) -> None:
        """Report a message that was accepted as not delivered, as the fault says."""
        message.error_code = fault.code
        message.error_message = fault.message

    async def receive(self, inbound: InboundMessage) -> tuple[ChatMessage, tuple[Receipt, ...]]:
        """Let a person send a message: file it, post the signed webhook, return its receipts."""
        now = self._config.now()
        sid = ("MM" if inbound.attachments else "SM") + secrets.token_hex(16)
        bubble = self._chats.add(
            ChatMessage(
                id=sid,
                channel="whatsapp",
                address=inbound.sender,
                direction="from_person",
                at=now,
                kind=inbound.kind,
                text=inbound.body or "",
                attachments=inbound.attachments,
                status="sending",
            )
        )
        sender = f"whatsapp:{inbound.sender.removeprefix('whatsapp:')}"
        self._keep(
            TwilioMessage(
                sid=sid,
                sender=sender,
                recipient=self._config.whatsapp_sender,
                direction="inbound",
                body=inbound.body or "",
                created_at=now,
                updated_at=now,
                sent_at=now,
                status="received",
                num_media=len(inbound.attachments),
            )
        )
        receipts = await self.post_inbound(self._inbound_params(sid, sender, inbound), sid)
        return bubble, receipts

    async def post_inbound(
        self,
        params: Sequence[tuple[str, str]],
        about: str,
        signature: str = "valid",
        url: str = "",
    ) -> tuple[Receipt, ...]:
        """Post any parameters to a door of the product (the inbound one), signed or, for tests,
        "unsigned", "forged" (another secret) or "altered" (changed after signing)."""
        door = url or self._config.inbound_url
        return await self._postman.post(
            self._webhook("twilio.inbound", door, params, about, signature)
        )

    def get(self, sid: str) -> TwilioMessage:
        """The message; refused with 404 when there is none."""
        if sid not in self._messages:
            path = f"/2010-04-01/Accounts/{self._config.twilio_account_sid}/Messages/{sid}.json"
            raise not_found(path)
        return self._messages[sid]

    def newest_first(self) -> list[TwilioMessage]:
        """Every message kept, as the list of Twilio orders them."""
        return list(reversed(self._messages.values()))

    def clear(self) -> None:
        """Forget messages and templates."""
        self._messages.clear()
        self.contents.clear()

    def close_window(self, address: str) -> None:
        """Pretend that the person last wrote more than 24 hours ago."""
        chat = self._chats.chat("whatsapp", address)
        chat.last_from_person_at = self._config.now() - WINDOW - timedelta(minutes=1)

    def _keep(self, message: TwilioMessage) -> None:
        self._messages[message.sid] = message
        if len(self._messages) > _KEPT:
            self._messages.popitem(last=False)

    def _checked_addresses(self, form: Mapping[str, str]) -> tuple[str, str]:
        recipient = form.get("To", "")
        if not recipient:
            raise bad_request(21604, "A 'To' phone number is required.")
        sender = form.get("From", "")
        if not sender and not form.get("MessagingServiceSid"):
            raise bad_request(21603, "A 'From' phone number is required.")
        if not _ADDRESS.fullmatch(recipient):
            raise bad_request(21211, f"Invalid 'To' Phone Number: {recipient[:8]}XXXX")
        if sender and sender != self._config.whatsapp_sender:
            raise bad_request(
                63007, "Twilio could not find a Channel with the specified From address"
            )
        callback = form.get("StatusCallback", "")
        if callback and not self._config.belongs_to_product(callback):
            raise bad_request(21609, f"The StatusCallback URL {callback} is not a valid URL.")
        return recipient, callback

    def _checked_content(
        self, form: Mapping[str, str], media_urls: Sequence[str]
    ) -> tuple[Content | None, Rendered]:
        sid = form.get("ContentSid", "")
        if sid:
            content = self.contents.for_message(sid)
            return content, render(content, form.get("ContentVariables", ""))
        body = form.get("Body", "")
        if not all(url.startswith(("https://", "http://")) for url in media_urls):
            raise bad_request(21620, "Invalid media URL(s)")
        if not body and not media_urls:
            raise bad_request(21602, "Message body is required.")
        if len(body) > BODY_LIMIT:
            raise bad_request(
                21617, "The concatenated message body exceeds the 1600 character limit"
            )
        return None, Rendered(body)

    def _refused_by_whatsapp(self, recipient: str, content: Content | None) -> int | None:
        if content is not None and content.approved:
            return None
        last = self._chats.chat("whatsapp", recipient).last_from_person_at
        if last is None or self._config.now() - last > WINDOW:
            return OUTSIDE_WINDOW
        return None

    def _bubble(
        self, message: TwilioMessage, shown: Rendered, media_urls: Sequence[str]
    ) -> ChatMessage:
        return ChatMessage(
            id=message.sid,
            channel="whatsapp",
            address=message.recipient,
            direction="to_person",
            at=message.created_at,
            text=shown.text,
            buttons=shown.buttons,
            menu=shown.menu,
            attachments=tuple(Attachment("", "", url, url) for url in media_urls),
        )

    async def _deliver(
        self, message: TwilioMessage, bubble: ChatMessage, refused: int | None
    ) -> None:
        if refused is not None:
            message.error_code, message.error_message = refused, _ERROR_TEXTS[refused]
        if message.error_code is None:
            self._chats.add(bubble)
        for status in self._statuses_of(message):
            await asyncio.sleep(self._pace.status_delay_ms / 1000)
            message.status = status
            message.updated_at = self._config.now()
            if message.sent_at is None and status != "queued":
                message.sent_at = message.updated_at
            if message.error_code is None:
                self._chats.update(bubble, status)
            await self._report(message)

    def _statuses_of(self, message: TwilioMessage) -> Sequence[str]:
        if message.error_code is not None:
            return ("queued", "failed")
        if self._faults.status_order == "reversed":
            return tuple(reversed(self._pace.statuses))
        return self._pace.statuses

    async def _report(self, message: TwilioMessage) -> None:
        if not message.status_callback:
            return
        failed = message.status == "failed"
        params = forms.status(
            account_sid=self._config.twilio_account_sid,
            sid=message.sid,
            sender=message.sender,
            recipient=message.recipient,
            message_status=message.status,
            error_code=message.error_code if failed else None,
            error_message=message.error_message,
        )
        url = message.status_callback
        await self._postman.post(self._webhook("twilio.status", url, params, message.sid, "valid"))

    def _inbound_params(self, sid: str, sender: str, inbound: InboundMessage) -> forms.Params:
        params = forms.inbound(
            account_sid=self._config.twilio_account_sid,
            sid=sid,
            sender=sender,
            recipient=self._config.whatsapp_sender,
            name=inbound.name,
            message_type=inbound.message_type,
            body=inbound.body,
            media=[replace(file, url=self._media_url(sid, file)) for file in inbound.attachments],
        )
        if inbound.pressed is not None and inbound.answered is not None:
            params += forms.pressed(
                inbound.pressed,
                is_list=bool(inbound.answered.menu),
                answered_sid=inbound.answered.id,
                answered_sender=self._config.whatsapp_sender,
            )
        return params

    def _media_url(self, sid: str, file: Attachment) -> str:
        account = self._config.twilio_account_sid
        base = f"{self._config.own_url}/twilio/2010-04-01/Accounts/{account}"
        return f"{base}/Messages/{sid}/Media/{file.id}"

    def _webhook(
        self,
        kind: str,
        url: str,
        params: Sequence[tuple[str, str]],
        about: str,
        signature: str,
    ) -> Webhook:
        bare, retry = retry_rule_of(url)
        secret = self._config.twilio_auth_token
        if self.algorithm == "HMAC_SHA256":
            secret = self._config.twilio_shared_key or secret
        if signature == "forged":
            secret = f"not-{secret}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": str(uuid4()),
        }
        if signature != "unsigned":
            headers |= signature_headers(bare, params, secret, self.algorithm)
        if signature == "altered":
            params = [*params, ("Altered", "1")]
        return Webhook(kind, bare, headers, urlencode(params).encode(), retry, about)
