"""The word by which an agent's browser proves itself to Twilio. Pure.

Source: Twilio, "Access tokens: voice".
"""

from twilio.jwt.access_token import AccessToken  # type: ignore[import-untyped]
from twilio.jwt.access_token.grants import VoiceGrant  # type: ignore[import-untyped]

from acuerdo.platform.settings import TwilioSettings


def softphone_token(settings: TwilioSettings, identity: str, *, valid_seconds: int) -> str:
    """A token that lets one softphone be rung under its name for so long, and do nothing else."""
    token = AccessToken(
        settings.account_sid,
        settings.api_key_sid or settings.account_sid,
        settings.api_key_secret.get_secret_value() or settings.auth_token.get_secret_value(),
        identity=identity,
        ttl=valid_seconds,
    )
    token.add_grant(VoiceGrant(incoming_allow=True))
    return str(token.to_jwt())
