"""Who picked up: people are spoken with, machines hung up on, mailboxes spoken to by permit."""

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest

from acuerdo.calls.amd import AnsweringMachines
from acuerdo.calls.call_flow import CallerInput
from acuerdo.calls.models import CallResult, CallState
from acuerdo.calls.phrases import phrase
from acuerdo.calls.prompts import Prompt, Then
from acuerdo.contact.house_rules import CountryLimits
from acuerdo.contact.models import Purpose
from acuerdo.external_events.ports import Webhook
from acuerdo.platform.errors import ProviderUnavailable
from tests.builders import a_staff_member, saved
from tests.integration.calls.telephone import (
    HURRIED,
    a_call_goes_out,
    ana_with_a_telephone,
    answer,
    heard_in,
    the_call,
)
from tests.integration.world import World


def leaving_messages(world: World) -> AnsweringMachines:
    """The use cases of an installation that leaves messages in mailboxes."""
    return replace(world.calls.amd, settings=HURRIED)


async def a_machine_is_reported(world: World, call_id: UUID, amd: AnsweringMachines) -> None:
    """The provider says that a machine picked up."""
    news = Webhook.of("tests", "a machine", f"{call_id}:amd")
    await amd.record_amd(news, call_id, "machine_start", is_machine=True)


async def test_a_machine_is_hung_up_on_without_a_word_or_a_permit(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    for _ in range(2):
        await a_machine_is_reported(world, call_id, world.calls.amd)
    assert world.telephone.hung_up == ["CA1"]
    assert world.telephone.messages == []
    assert [each.purpose for each in await world.attempts()] == [Purpose.COLLECTION]
    # and whatever its greeting says is no turn of a dialogue
    said = await answer(world, call_id, 1, CallerInput(speech="Deje su mensaje"))
    assert said == Prompt((), then=Then.HANG_UP, country="PE")
    assert world.engine.asked == []


async def test_a_mailbox_is_spoken_to_under_an_attempt_of_its_own(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    for _ in range(2):
        await a_machine_is_reported(world, call_id, leaving_messages(world))
    (message,) = world.telephone.messages
    assert (message.provider_id, message.words, message.country) == (
        "CA1",
        phrase("voicemail"),
        "PE",
    )
    assert world.telephone.hung_up == []
    _, attempt = await world.attempts()
    assert (attempt.allowed, attempt.purpose, attempt.message_id) == (
        True,
        Purpose.VOICEMAIL,
        message.id,
    )


async def limited(world: World, **limits: object) -> None:
    """The house sets limits for Peru."""
    manager = a_staff_member()
    await saved(world.db, manager)
    await world.core.contact.house_limits.change(
        "PE",
        CountryLimits(**limits),
        manager.id,  # type: ignore[arg-type]
    )


async def test_the_call_itself_is_no_contact_before_its_message(world: World) -> None:
    # given a house that contacts nobody twice a day
    await limited(world, most_a_day=1)
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    # then the message belongs to the call, and both are one contact
    await a_machine_is_reported(world, call_id, leaving_messages(world))
    assert len(world.telephone.messages) == 1
    again = await world.calls.dialling.dial(point.id, Purpose.COLLECTION)
    assert again.refused is not None
    assert again.refused.rule.startswith("house:")


async def test_a_mailbox_that_may_not_be_spoken_to_hears_nothing(world: World) -> None:
    # given a call that rang on beyond the hours of the house
    await limited(world, opens=time(8), closes=time(18))
    point = await ana_with_a_telephone(world)
    world.clock.move_to(world.clock.now().replace(hour=22, minute=59))
    call_id = await a_call_goes_out(world, point)
    world.clock.advance(minutes=2)
    await a_machine_is_reported(world, call_id, leaving_messages(world))
    assert world.telephone.messages == []
    assert world.telephone.hung_up == ["CA1"]
    _, attempt = await world.attempts()
    assert (attempt.allowed, attempt.purpose) == (False, Purpose.VOICEMAIL)


async def test_a_person_is_spoken_with(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    news = Webhook.of("tests", "a person", "CA1:amd")
    await world.calls.amd.record_amd(news, call_id, "human", is_machine=False)
    said = await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
    assert said.then is Then.LISTEN
    # nobody who is known to be a person waits for word on it
    assert world.slept == []
    assert world.telephone.hung_up == []


async def test_the_first_words_wait_a_little_for_word_on_who_picked_up(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
    assert 1 < sum(world.slept) < 2
    await answer(world, call_id, 1, CallerInput(speech="¿aló?"))
    assert sum(world.slept) < 2


async def test_whoever_has_answered_us_is_no_machine_whatever_is_reported(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    for number, words in ((1, "¿aló?"), (2, "sí, soy yo")):
        await answer(world, call_id, number, CallerInput(speech=words))
    await a_machine_is_reported(world, call_id, world.calls.amd)
    call = await the_call(world, call_id)
    assert (call.answered_by, call.result, call.state) == (
        "machine_start",
        None,
        CallState.IN_PROGRESS,
    )
    assert world.telephone.hung_up == []
    assert await heard_in(world, call_id) == ["¿aló?", "sí, soy yo"]


async def test_a_machine_that_was_left_is_tried_again_later(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    await a_machine_is_reported(world, call_id, world.calls.amd)
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    assert (await the_call(world, call_id)).result is CallResult.VOICEMAIL
    assert (await world.job_names())[-1] == "calls.dial_again"


async def test_word_of_a_call_that_is_over_changes_nothing(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    await world.calls.hang_up.finish(call_id, CallResult.COMPLETED)
    await a_machine_is_reported(world, call_id, leaving_messages(world))
    assert world.telephone.hung_up == world.telephone.messages == []
    assert (await the_call(world, call_id)).result is CallResult.COMPLETED


async def test_a_provider_that_does_not_hang_up_is_no_secret(world: World) -> None:
    point = await ana_with_a_telephone(world)
    call_id = await a_call_goes_out(world, point)
    world.telephone.disobeys = [ProviderUnavailable()]
    with pytest.raises(ProviderUnavailable):
        await a_machine_is_reported(world, call_id, world.calls.amd)
    assert (await the_call(world, call_id)).result is CallResult.VOICEMAIL
