"""Putting a caller through: softphones ring, the agent hears who it is and accepts with a key."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from acuerdo.bootstrap import Acuerdo
from acuerdo.calls.phrases import phrase
from acuerdo.providers.twilio import voice_inbound as twilio
from acuerdo.values.countries import country_or_elsewhere
from acuerdo.values.dates import local_date, say_moment
from doors.http import TheCore
from doors.webhooks.twilio import TwilioForm
from voice import twiml
from voice.errors import CallRoute, as_twiml
from voice.styles import style_of

router = APIRouter(prefix="/voice/calls/{call_id}", route_class=CallRoute, include_in_schema=False)
_Agent = Annotated[UUID, Query(alias="agent")]
_ACCEPTS: Final = "1"


@router.post("/transfer")
async def transfer(core: TheCore, form: TwilioForm, call_id: UUID) -> Response:
    """The caller is to be put through to whoever is free."""
    view = await core.calls.turns.view(call_id)
    lines = await core.calls.transfers.free_lines(view.conversation_id)
    if not lines:
        return await _call_back(core, call_id)
    here = f"{core.settings.base_url}/voice/calls/{call_id}"
    rings = [(each.identity, f"{here}/whisper?agent={each.staff_id}") for each in lines]
    style = style_of(core, view.country)
    return as_twiml(twiml.ring_agents(style, rings, after_url=f"{here}/left"))


@router.post("/whisper")
async def whisper(core: TheCore, form: TwilioForm, call_id: UUID, agent: _Agent) -> Response:
    """Only the agent hears this: who calls, what is owed, whether it is proven."""
    view = await core.calls.turns.view(call_id)
    style = style_of(core, view.country)
    text = await _who(core, view.conversation_id, verified=view.verified)
    here = f"{core.settings.base_url}/voice/calls/{call_id}"
    return as_twiml(twiml.ask_agent(style, text, f"{here}/accept?agent={agent}"))


async def _who(core: Acuerdo, conversation_id: UUID, *, verified: bool) -> str:
    card = await core.views.desk.card(conversation_id)
    named = phrase("whisper_named", name=card.name) if card.name else phrase("whisper_unknown")
    where = phrase("whisper_not_proven")
    if verified and card.debts:
        debt = card.debts[0].debt
        home = country_or_elsewhere(card.country)
        balance, creditor = debt.balance.text(home), debt.creditor.name
        where = phrase("whisper_owes", balance=balance, creditor=creditor)
    return phrase("whisper", who=named, where=where)


@router.post("/accept")
async def accept(core: TheCore, form: TwilioForm, call_id: UUID, agent: _Agent) -> Response:
    """The agent pressed a key: the one that accepts connects them with the caller."""
    if twilio.digits(form) != _ACCEPTS:
        return as_twiml(twiml.hang_up())
    await core.calls.transfers.accept(call_id, agent)
    return as_twiml(twiml.nothing())


@router.post("/left")
async def come_back(core: TheCore, form: TwilioForm, call_id: UUID) -> Response:
    """The talk with the agent is over, or nobody took it."""
    if not await core.calls.transfers.left(call_id):
        return await _call_back(core, call_id)
    style = style_of(core, (await core.calls.turns.view(call_id)).country)
    return as_twiml(twiml.hang_up(style, phrase("agent_gone")))


async def _call_back(core: Acuerdo, call_id: UUID) -> Response:
    """Nobody is free: somebody calls back, inside the permitted hours."""
    view = await core.calls.turns.view(call_id)
    at, zone = await core.calls.hang_up.call_back_later(call_id)
    moment = say_moment(at, zone, local_date(core.outside.clock.now(), zone))
    style = style_of(core, view.country)
    return as_twiml(twiml.hang_up(style, phrase("nobody_free", moment=moment)))
