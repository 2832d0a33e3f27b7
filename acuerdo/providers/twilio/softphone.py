"""The word by which an agent's browser proves itself to Twilio.

Source: Twilio, "Access tokens: voice".
"""

from dataclasses import dataclass

from twilio.jwt.access_token import AccessToken  # type: ignore[import-untyped]
from twilio.jwt.access_token.grants import VoiceGrant  # type: ignore[import-untyped]

from acuerdo.platform.settings import TwilioSettings


@dataclass(frozen=True, slots=True)
class TwilioSoftphones:
    """The Softphones of one Twilio account."""

    settings: TwilioSettings

    @property
    def is_stand_in(self) -> bool:
        """Whether the account is the simulator's."""
        return bool(self.settings.base_url)

    def token(self, identity: str, *, valid_seconds: int) -> str:
        """A token with which one softphone is rung under its name for so long, and does no more."""
        settings = self.settings
        token = AccessToken(
            settings.account_sid,
            settings.api_key_sid or settings.account_sid,
            settings.api_key_secret.get_secret_value() or settings.auth_token.get_secret_value(),
            identity=identity,
            ttl=valid_seconds,
        )
        token.add_grant(VoiceGrant(incoming_allow=True))
        return str(token.to_jwt())
