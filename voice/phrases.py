"""What a call says about the listening itself, read once from `phrases.yml`. Pure."""

from pathlib import Path
from typing import Final

import yaml

_PHRASES: Final[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
)

WHAT: Final = _PHRASES["what"]
ANYTHING_ELSE: Final = _PHRASES["anything_else"]
STILL_THERE: Final = _PHRASES["still_there"]
USE_KEYS: Final = _PHRASES["use_keys"]
ANY_KEY: Final = _PHRASES["any_key"]
KEY: Final = _PHRASES["key"]
CANNOT_HEAR: Final = _PHRASES["cannot_hear"]
KEYS_MEAN_NOTHING: Final = _PHRASES["keys_mean_nothing"]
HEARD: Final = _PHRASES["heard"]
YES_OR_NO: Final = _PHRASES["yes_or_no"]
SAY_AGAIN: Final = _PHRASES["say_again"]
BAD_LINE: Final = _PHRASES["bad_line"]
ONE_MOMENT: Final = _PHRASES["one_moment"]
STILL_LOOKING: Final = _PHRASES["still_looking"]
FAILED: Final = _PHRASES["failed"]
HELLO: Final = _PHRASES["hello"]
PASSING: Final = _PHRASES["passing"]
NOBODY_FREE: Final = _PHRASES["nobody_free"]
AGENT_GONE: Final = _PHRASES["agent_gone"]
VOICEMAIL: Final = _PHRASES["voicemail"]
WHISPER: Final = _PHRASES["whisper"]
WHISPER_NAMED: Final = _PHRASES["whisper_named"]
WHISPER_UNKNOWN: Final = _PHRASES["whisper_unknown"]
WHISPER_OWES: Final = _PHRASES["whisper_owes"]
WHISPER_NOT_PROVEN: Final = _PHRASES["whisper_not_proven"]
