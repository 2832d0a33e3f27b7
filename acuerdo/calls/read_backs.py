"""Proofs that were read back in a call: of them nothing stays once it was said."""

from sqlalchemy.ext.asyncio import AsyncSession

from acuerdo.calls import call_memory, repository
from acuerdo.calls.call_flow import AskEngine, CallFacts, Say
from acuerdo.calls.call_memory import CallMemory
from acuerdo.calls.models import Call
from acuerdo.calls.prompts import Prompt
from acuerdo.language.masking import masked_answer


def kept_of_heard(facts: CallFacts, decided: AskEngine | Say) -> str:
    """What the transcript keeps of the caller.

    What the engine is asked about is masked with its turn, once it is known whether it was a proof.
    """
    words = decided.transcript
    return masked_answer(words) if facts.asks_proof and isinstance(decided, Say) else words


def kept_of_prompt(facts: CallFacts, prompt: Prompt, memory: CallMemory) -> str:
    """What the transcript keeps of what the call itself says."""
    if not (facts.asks_proof and memory.doubted):
        return prompt.text
    return prompt.text.replace(memory.doubted, masked_answer(memory.doubted))


async def forget_read_back(session: AsyncSession, call: Call) -> None:
    """Mask what was read back last, where it answered the question for a proof; call it when the
    next thing was heard, or when the call is over: nobody asks for that answer again."""
    memory = call_memory.memory_of_json(call.memory)
    if memory is None or not memory.doubted:
        return
    if not CallFacts(memory=memory, number=0, today=call.started_at.date()).asks_proof:
        return
    mask = masked_answer(memory.doubted)
    for turn in await repository.newest_turns(session, call.id):
        if turn.answer is not None:
            turn.answer = call_memory.without_words(turn.answer, memory.doubted, mask)
    call.memory = call.memory | {"doubted": ""}
