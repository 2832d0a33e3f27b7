"""`acuerdo events`: webhooks that came in and lie unhandled, and having one handled again."""

from typing import TYPE_CHECKING, Annotated, Final
from uuid import UUID

import typer

from acuerdo.external_events.models import EventState
from doors.cli.run_with_core import with_core

if TYPE_CHECKING:
    from acuerdo.external_events.service import EventLine

app = typer.Typer(no_args_is_help=True, help="Lo que avisan los proveedores.")

_STATES: Final = {
    EventState.RECEIVED: "por hacer",
    EventState.HANDLED: "hecho",
    EventState.UNREADABLE: "no se entiende",
    EventState.FAILED: "falló",
}
_UNHANDLED: Final = [EventState.RECEIVED, EventState.UNREADABLE, EventState.FAILED]


@app.command("list")
def list_events(
    state: Annotated[
        list[EventState] | None, typer.Option(help="Solo los de este estado; se puede repetir.")
    ] = None,
) -> None:
    """Lista los avisos sin hacer, los más nuevos primero; nunca lo que dicen."""
    for line in with_core(lambda core: core.external_events.in_states(state or _UNHANDLED)):
        typer.echo(_line(line))


@app.command("retry")
def retry(event_id: UUID) -> None:
    """Vuelve a poner en la cola un aviso que falló o que no se entendía."""
    with_core(lambda core: core.external_events.retry(event_id))
    typer.echo(f"{event_id}: en la cola")


def _line(line: "EventLine") -> str:
    parts = [
        str(line.id),
        line.received_at.isoformat(timespec="seconds"),
        line.source,
        _STATES[line.state],
        line.reason or "",
        "repetible" if line.repeatable else "",
    ]
    return "  ".join(part for part in parts if part)
