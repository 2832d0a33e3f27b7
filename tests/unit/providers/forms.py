"""Builders of what Twilio posts, with invented people and numbers."""

ACCOUNT = "AC" + "1" * 32
INBOUND_SID = "SM" + "a" * 32
SENT_SID = "SM" + "b" * 32
SENDER = "whatsapp:+15005550006"


def an_inbound(**changes: str | None) -> dict[str, str]:
    """A text from a person in Mexico; a change to None leaves the field out."""
    fields: dict[str, str | None] = {
        "SmsMessageSid": INBOUND_SID,
        "NumMedia": "0",
        "ProfileName": "Persona Inventada",
        "MessageType": "text",
        "SmsSid": INBOUND_SID,
        "WaId": "5215550001111",
        "SmsStatus": "received",
        "Body": "hola, ¿cuánto debo? 🙂",
        "To": SENDER,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": INBOUND_SID,
        "AccountSid": ACCOUNT,
        "From": "whatsapp:+5215550001111",
        "ApiVersion": "2010-04-01",
    }
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def a_status(status: str, **changes: str | None) -> dict[str, str]:
    """News of a message of ours; a change to None leaves the field out."""
    fields: dict[str, str | None] = {
        "ChannelPrefix": "whatsapp",
        "ApiVersion": "2010-04-01",
        "MessageStatus": status,
        "SmsSid": SENT_SID,
        "SmsStatus": status,
        "ChannelInstallSid": "XE" + "2" * 32,
        "To": "whatsapp:+5215550001111",
        "From": SENDER,
        "MessageSid": SENT_SID,
        "StructuredMessage": "false",
        "AccountSid": ACCOUNT,
        "ChannelToAddress": "+521555000XXXX",
    }
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}
