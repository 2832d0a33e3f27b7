"""News of calls: kept with what follows from it, and what a machine is told."""

from acuerdo.calls.models import Call, CallResult
from acuerdo.contact.models import ContactPoint
from acuerdo.external_events.models import EventState, ExternalEvent
from acuerdo.external_events.ports import Webhook
from tests.integration.world import World

ENDED = Webhook.of("tests", "it is over", "CA1:ended")
MACHINE = Webhook.of("tests", "a machine", "CA1:amd")


async def test_the_end_of_a_call_is_kept_once_with_what_follows(world: World) -> None:
    call_id = await world.calls.inbound.receive("CA1", "+51987654321")
    for _ in range(2):
        await world.calls.hang_up.finish(call_id, CallResult.COMPLETED, webhook=ENDED)
    (event,) = await world.rows(ExternalEvent)
    assert (event.event_id, event.state) == ("CA1:ended", EventState.HANDLED)
    (call,) = await world.rows(Call)
    assert call.result is CallResult.COMPLETED


async def test_the_end_of_a_call_that_we_do_not_know_is_kept_too(world: World) -> None:
    await world.external_events.store(ENDED, "unknown_call")
    (event,) = await world.rows(ExternalEvent)
    assert (event.state, event.reason) == (EventState.UNREADABLE, "unknown_call")


async def test_a_machine_is_hung_up_on_once(world: World) -> None:
    call_id = await world.calls.inbound.receive("CA1", "+51987654321")
    for _ in range(2):
        await world.calls.amd.record_amd(MACHINE, call_id, "machine_start", is_machine=True)
    assert world.telephone.hung_up == ["CA1"]
    assert [event.event_id for event in await world.rows(ExternalEvent)] == ["CA1:amd"]


async def test_callers_without_a_number_are_never_one_another(world: World) -> None:
    for number, caller in enumerate((None, None, "no number")):
        await world.calls.inbound.receive(f"CA{number}", caller)
    addresses = {point.address for point in await world.rows(ContactPoint)}
    assert addresses == {"anonymous-CA0", "anonymous-CA1", "anonymous-CA2"}
