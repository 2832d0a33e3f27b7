"""Messages and templates in Twilio's JSON, and its filters and pages of lists."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from simulator.chats import same_phone
from simulator.twilio_messaging.content import Content
from simulator.twilio_messaging.errors import bad_request
from simulator.twilio_messaging.messages import TwilioMessage

_PAGE_SIZE = 50
_PAGE_SIZE_LIMIT = 1000


def message_json(message: TwilioMessage, account_sid: str) -> dict[str, Any]:
    """The Message resource."""
    uri = f"/2010-04-01/Accounts/{account_sid}/Messages/{message.sid}"
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": _rfc2822(message.created_at),
        "date_sent": _rfc2822(message.sent_at) if message.sent_at else None,
        "date_updated": _rfc2822(message.updated_at),
        "direction": message.direction,
        "error_code": message.error_code if message.status == "failed" else None,
        "error_message": message.error_message or None if message.status == "failed" else None,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": str(message.num_media),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def _rfc2822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0))


def select(messages: Sequence[TwilioMessage], query: Mapping[str, str]) -> list[TwilioMessage]:
    """The messages that match Twilio's filters To, From, DateSent, DateSent< and DateSent>.

    Dates are UTC; the bounds are included. Refuses with 20001 a date that is none.
    """
    to, sender = query.get("To"), query.get("From")
    day = _moment(query.get("DateSent"))
    before = _moment(query.get("DateSent<"))
    after = _moment(query.get("DateSent>"))
    return [
        message
        for message in messages
        if (to is None or same_phone(message.recipient) == same_phone(to))
        and (sender is None or same_phone(message.sender) == same_phone(sender))
        and (day is None or message.listed_at.astimezone(UTC).date() == day.date())
        and (before is None or message.listed_at <= before)
        and (after is None or message.listed_at >= after)
    ]


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise bad_request(20001, f"{text} is not a valid date") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def message_page(
    messages: Sequence[TwilioMessage], query: Mapping[str, str], account_sid: str
) -> dict[str, Any]:
    """One page of the list, with the address of the next one for the SDK to follow."""
    size = min(int(query.get("PageSize", _PAGE_SIZE)), _PAGE_SIZE_LIMIT)
    number = int(query.get("Page", 0))
    start = number * size
    shown = messages[start : start + size]
    base = f"/2010-04-01/Accounts/{account_sid}/Messages.json"
    filters = {name: value for name, value in query.items() if name not in ("Page", "PageToken")}

    def uri_of(page: int) -> str:
        return f"{base}?{urlencode({**filters, 'PageSize': size, 'Page': page})}"

    more = start + size < len(messages)
    return {
        "messages": [message_json(message, account_sid) for message in shown],
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + len(shown) - 1,
        "uri": uri_of(number),
        "first_page_uri": uri_of(0),
        "previous_page_uri": uri_of(number - 1) if number else None,
        "next_page_uri": uri_of(number + 1) if more else None,
    }


def content_json(content: Content, account_sid: str, base_url: str) -> dict[str, Any]:
    """The Content resource."""
    url = f"{base_url}/v1/Content/{content.sid}"
    return {
        "sid": content.sid,
        "account_sid": account_sid,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "variables": content.variables,
        "types": content.types,
        "date_created": content.created_at,
        "date_updated": content.created_at,
        "url": url,
        "links": {
            "approval_create": f"{url}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{url}/ApprovalRequests",
        },
    }


def content_page(contents: Sequence[Content], account_sid: str, base_url: str) -> dict[str, Any]:
    """The list of templates, all on one page."""
    url = f"{base_url}/v1/Content?PageSize=50&Page=0"
    return {
        "contents": [content_json(content, account_sid, base_url) for content in contents],
        "meta": {
            "page": 0,
            "page_size": _PAGE_SIZE,
            "first_page_url": url,
            "previous_page_url": None,
            "next_page_url": None,
            "url": url,
            "key": "contents",
        },
    }
