"""Names of the ways to reach a person."""

from enum import StrEnum


class Channel(StrEnum):
    """A way to reach a person; the value is the name used in files, tables and the API."""

    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    VOICE = "voice"
    SMS = "sms"
    EMAIL = "email"
    VISIT = "visit"
