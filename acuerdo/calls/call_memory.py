"""What a call remembers between two requests, and how it stands in the rows. Pure.

Rows written by former versions are read, too: what they do not have gets its default.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from acuerdo.calls.prompts import Prompt, Then

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallMemory:
    """The open question, and how the listening goes.

    `no_inputs` counts silences in a row; `doubted` is what was heard badly and is being read back,
    `doubts` how often in a row. `presence` counts how often whoever picked up a call of ours was
    asked whether they are there, before anything was said of what it is about.
    """

    question: Prompt | None = None
    no_inputs: int = 0
    doubted: str = ""
    doubts: int = 0
    presence: int = 0


@dataclass(frozen=True, slots=True)
class TurnAnswer:
    """The answer to one thing heard; `opens`: the call opens with it, as with its notices."""

    prompt: Prompt
    opens: bool = False


def memory_to_json(memory: CallMemory | None) -> Json:
    """The memory as the call's row has it; empty until something was asked."""
    return {} if memory is None else asdict(memory)


def memory_of_json(row: Mapping[str, Any]) -> CallMemory | None:
    """The memory of a call's row; None until something was asked."""
    if not row:
        return None
    question = row.get("question", row.get("asked"))
    return CallMemory(
        question=None if question is None else _prompt(question),
        no_inputs=row.get("no_inputs", row.get("silences", 0)),
        doubted=row.get("doubted", ""),
        doubts=row.get("doubts", 0),
        presence=row.get("presence", 0),
    )


def without_words(answer: Json, words: str, mask: str) -> Json:
    """The answer of a call's turn with words that it read back masked."""
    prompt = answer["prompt"]
    texts = [each.replace(words, mask) for each in prompt["texts"]]
    return answer | {"prompt": prompt | {"texts": texts}}


def answer_to_json(answer: TurnAnswer) -> Json:
    """The answer as the row of a call's turn has it."""
    return asdict(answer)


def answer_of_json(row: Mapping[str, Any]) -> TurnAnswer:
    """The answer of the row of a call's turn."""
    # the country stood beside the prompt once
    prompt = _prompt({"country": row.get("country", ""), **row["prompt"]})
    return TurnAnswer(prompt, opens=row.get("opens", False))


def _prompt(row: Mapping[str, Any]) -> Prompt:
    return Prompt(
        texts=tuple(row["texts"] if "texts" in row else row["says"]),
        help=row.get("help", ""),
        payloads=tuple(row.get("payloads", ())),
        keys=row.get("keys", ""),
        then=Then(row.get("then", Then.LISTEN)),
        country=row.get("country", ""),
    )
