"""WhatsApp through Twilio: sends, looks up what was sent, fetches what people sent."""

import json
from datetime import datetime, timedelta
from typing import Final

from twilio.rest import Client  # type: ignore[import-untyped]

from acuerdo.contact.ports import Lookup, OutboundMessage, Sent, Template
from acuerdo.platform.errors import OutcomeUnknown, ProviderError, ProviderMisused, ProviderRefused
from acuerdo.platform.settings import TwilioSettings
from acuerdo.providers.options import numbered
from acuerdo.providers.twilio.client import TwilioHttp
from acuerdo.providers.twilio.content import ContentBook, Interactive, approved, interactive
from acuerdo.providers.twilio.errors import CONTENT_UNUSABLE
from acuerdo.providers.twilio.media import download
from acuerdo.providers.twilio.whatsapp_inbound import WHATSAPP_PREFIX
from acuerdo.values.channel_traits import TRAITS
from acuerdo.values.channels import Channel

# An answer that waited longer in Twilio's queue could arrive at an hour that is not allowed.
_VALID_SECONDS: Final = 600
_STATUS_PATH: Final = "/webhooks/twilio/whatsapp/status"
_LOOKED_THROUGH: Final = 100
# Twilio keeps whole seconds by its own clock.
_CLOCK_DIFFERENCE: Final = timedelta(seconds=60)


class TwilioWhatsApp:
    """Writes to people from one WhatsApp sender of a Twilio account, and fetches their files.

    Choices become buttons or a list, or numbered lines where WhatsApp cannot show them, where the
    settings say so or where the template cannot be made. It cannot ask for a contact: people
    write from their number.
    """

    channel: Final = Channel.WHATSAPP

    def __init__(self, settings: TwilioSettings, public_url: str) -> None:
        self._auth = (settings.account_sid, settings.auth_token.get_secret_value())
        self._base_url = settings.base_url
        self._timeout_seconds = settings.timeout_seconds
        self._http = TwilioHttp(settings.base_url, settings.timeout_seconds)
        self._client = Client(*self._auth, http_client=self._http)
        self._contents = ContentBook(self._client)
        self._sender = _prefixed(settings.whatsapp_from)
        self._is_interactive = settings.interactive
        self._status_url = public_url.rstrip("/") + _STATUS_PATH

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one message of at most 1,600 characters, its numbered choices included."""
        plain = _as_text(message)
        if not message.text.strip() or len(plain) > TRAITS[self.channel].longest:
            raise ProviderMisused("The message is empty or too long for WhatsApp")
        if message.template is not None:
            return await self._send_approved(message, message.template)
        rich = self._rich(message)
        sid = await self._template(rich) if rich else None
        if rich and sid:
            try:
                return await self._create(
                    message, content_sid=sid, content_variables=json.dumps(rich.values)
                )
            except ProviderMisused as error:
                if error.provider_code not in CONTENT_UNUSABLE:
                    raise
                self._contents.forget(rich)
        return await self._create(message, body=plain)

    async def look_up(
        self, message: OutboundMessage, *, since: datetime, known: frozenset[str]
    ) -> Lookup:
        """Find an interrupted message among the newest to this person, by its words."""
        try:
            listed = await self._client.messages.list_async(
                to=_prefixed(message.address), from_=self._sender, limit=_LOOKED_THROUGH
            )
        except (ProviderMisused, ProviderRefused):
            return Lookup(found=None, certain=False)
        wanted = {_words(message.text), _words(_as_text(message))}
        earliest = since - _CLOCK_DIFFERENCE
        recent = [one for one in listed if not _is_before(one.date_created, earliest)]
        for one in recent:
            if one.sid not in known and _words(one.body or "") in wanted:
                return Lookup(Sent(one.sid))
        return Lookup(found=None, certain=len(recent) < _LOOKED_THROUGH)

    async def fetch_media(self, reference: str, *, max_bytes: int) -> tuple[bytes, str]:
        """A file that Twilio keeps, by its URL; see `media.download` for refusals."""
        return await download(
            reference,
            self._auth,
            max_bytes=max_bytes,
            timeout_seconds=self._timeout_seconds,
            base_url=self._base_url,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _send_approved(self, message: OutboundMessage, template: Template) -> Sent:
        """Send an instance of an approved wording; the first one asks WhatsApp to approve it.

        Until it is approved WhatsApp reports the message as failed.
        """
        wording = approved(template, [button.title for button in message.buttons])
        sid = await self._contents.sid_of(wording)
        return await self._create(
            message, content_sid=sid, content_variables=json.dumps(wording.values)
        )

    def _rich(self, message: OutboundMessage) -> Interactive | None:
        if not message.buttons or not self._is_interactive:
            return None
        return interactive(message.text, [button.title for button in message.buttons], message.id)

    async def _template(self, rich: Interactive) -> str | None:
        try:
            return await self._contents.sid_of(rich)
        except ProviderError:  # the person still gets the message, with numbered choices
            return None

    async def _create(self, message: OutboundMessage, **content: str) -> Sent:
        created = await self._client.messages.create_async(
            to=_prefixed(message.address),
            from_=self._sender,
            status_callback=f"{self._status_url}?message={message.id}",
            validity_period=_VALID_SECONDS,
            **content,
        )
        if not created.sid:
            raise OutcomeUnknown("Twilio named no message")
        return Sent(str(created.sid))


def _prefixed(address: str) -> str:
    return WHATSAPP_PREFIX + address.removeprefix(WHATSAPP_PREFIX)


def _as_text(message: OutboundMessage) -> str:
    return numbered(message.text, [button.title for button in message.buttons])


def _is_before(created_at: object, moment: datetime) -> bool:
    return isinstance(created_at, datetime) and created_at < moment


def _words(text: str) -> str:
    return " ".join(text.split())
