"""Carries out what the control API is asked to let a person do."""

from secrets import token_hex

from simulator.control.requests import (
    Block,
    Edit,
    Inbound,
    Press,
    Raw,
    Say,
    SendFile,
    ShareContact,
    Start,
)
from simulator.simulator import CannotBeDone, Done, Simulator


async def carry_out(simulator: Simulator, act: Inbound) -> Done:
    """Do it and wait for the product's answer. Raises CannotBeDone when the phone cannot."""
    match act:
        case Say():
            return await simulator.say(act.channel, act.address, act.text, act.name)
        case Start():
            text = f"/start {act.payload}".strip()
            return await simulator.say("telegram", act.address, text, act.name)
        case Press():
            return await simulator.press(
                act.channel,
                act.address,
                index=act.index,
                title=act.title,
                message_id=act.message_id,
            )
        case SendFile():
            return await simulator.send_file(
                act.channel,
                act.address,
                act.kind,
                content=act.content,
                content_type=act.content_type,
                filename=act.filename,
                caption=act.caption,
            )
        case _:
            return await _carry_out_rest(simulator, act)


async def _carry_out_rest(simulator: Simulator, act: ShareContact | Edit | Block | Raw) -> Done:
    match act:
        case ShareContact():
            return await simulator.share_contact(act.address, act.phone, own=act.own, name=act.name)
        case Edit():
            return await simulator.edit(act.address, act.message_id, act.text)
        case Block():
            return await simulator.set_blocked(act.address, act.kind == "block")
        case Raw():
            return await _post_raw(simulator, act)


async def _post_raw(simulator: Simulator, raw: Raw) -> Done:
    about = f"raw-{token_hex(4)}"
    if raw.url and not simulator.config.belongs_to_product(raw.url):
        raise CannotBeDone("the simulator posts to the product only")
    if raw.update:
        posted = simulator.telegram.post_update(raw.update, about, raw.signature)
    elif raw.event:
        posted = simulator.gateway.post_event(raw.event, about, raw.signature)
    else:
        params = list(raw.params.items())
        posted = simulator.twilio.post_inbound(params, about, raw.signature, raw.url)
    return Done(about, await posted)
