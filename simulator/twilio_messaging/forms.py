"""The parameters of Twilio's messaging webhooks."""

import json
from collections.abc import Sequence

from simulator.chats import Attachment, Button

Params = list[tuple[str, str]]

STATUS_EVENTS = {"delivered": "DELIVERED", "read": "READ"}


def inbound(
    *,
    account_sid: str,
    sid: str,
    sender: str,
    recipient: str,
    name: str,
    message_type: str,
    body: str | None,
    media: Sequence[Attachment] = (),
) -> Params:
    """A message from a person. `body` None leaves the parameter out, as for voice notes."""
    wa_id = sender.removeprefix("whatsapp:").removeprefix("+")
    params = [
        ("SmsMessageSid", sid),
        ("NumMedia", str(len(media))),
        ("ProfileName", name),
        ("MessageType", message_type),
        ("SmsSid", sid),
        ("WaId", wa_id),
        ("SmsStatus", "received"),
        ("To", recipient),
        ("NumSegments", "1"),
        ("ReferralNumMedia", "0"),
        ("MessageSid", sid),
        ("AccountSid", account_sid),
        ("From", sender),
        ("ApiVersion", "2010-04-01"),
        ("ChannelMetadata", _channel_metadata(name, wa_id)),
    ]
    if body is not None:
        params.append(("Body", body))
    for index, file in enumerate(media):
        params.append((f"MediaContentType{index}", file.content_type))
        params.append((f"MediaUrl{index}", file.url))
    return params


def _channel_metadata(name: str, wa_id: str) -> str:
    context = {"ProfileName": name, "WaId": wa_id}
    return json.dumps({"type": "whatsapp", "data": {"context": context}}, ensure_ascii=False)


def pressed(button: Button, is_list: bool, answered_sid: str, answered_sender: str) -> Params:
    """What is added when the message is the choice of a button or of an item of a list."""
    replied = [
        ("OriginalRepliedMessageSid", answered_sid),
        ("OriginalRepliedMessageSender", answered_sender),
    ]
    if is_list:
        return [
            *replied,
            ("ListId", button.id),
            ("ListTitle", button.title),
            ("ListDescription", button.description),
        ]
    return [*replied, ("ButtonText", button.title), ("ButtonPayload", button.id)]


def status(
    *,
    account_sid: str,
    sid: str,
    sender: str,
    recipient: str,
    message_status: str,
    error_code: int | None,
    error_message: str,
) -> Params:
    """A report about a message of ours. Twilio masks the person's number here."""
    phone = recipient.removeprefix("whatsapp:")
    params = [
        ("ChannelPrefix", "whatsapp"),
        ("ApiVersion", "2010-04-01"),
        ("MessageStatus", message_status),
        ("SmsSid", sid),
        ("SmsStatus", message_status),
        ("ChannelInstallSid", "XE" + "0" * 32),
        ("To", recipient),
        ("From", sender),
        ("MessageSid", sid),
        ("StructuredMessage", "false"),
        ("AccountSid", account_sid),
        ("ChannelToAddress", f"{phone[:-4]}XXXX"),
    ]
    if message_status in STATUS_EVENTS:
        params.append(("EventType", STATUS_EVENTS[message_status]))
    if error_code is not None:
        params.append(("ErrorCode", str(error_code)))
        params.append(("ErrorMessage", error_message))
    return params
