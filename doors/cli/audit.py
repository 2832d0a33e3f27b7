"""`acuerdo audit`: whether the ledger is as it was recorded, and taking older rows into it."""

import getpass
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from acuerdo.audit.chain import Fault, Finding, Head
from doors.cli.run_with_core import with_core

if TYPE_CHECKING:
    from acuerdo.audit.service import Report
    from acuerdo.bootstrap import Acuerdo

app = typer.Typer(no_args_is_help=True, help="El registro y su cadena.")

_FAULTS: Final = {
    Fault.CHANGED: "fila cambiada después de registrarla",
    Fault.REMOVED: "fila borrada",
    Fault.UNSEALED: "fila agregada sin eslabón",
    Fault.MISSING: "falta el eslabón",
    Fault.BROKEN: "cadena rota: el eslabón fue cambiado o movido, o falta la clave que lo selló",
    Fault.HEAD: "el final de la cadena no coincide con sus eslabones",
    Fault.NOTED: "la cadena no pasa por el final anotado",
    Fault.RETIRED: "eslabón sellado con una clave ya retirada",
}
_PROGRESS_SECONDS: Final = 2.0


@app.command("verify")
def verify(
    head: Annotated[
        str, typer.Option(help="Un final anotado antes, POSICIÓN:HASH, para compararlo.")
    ] = "",
) -> None:
    """Compara cada fila del registro con la cadena, los saldos con las novedades de dinero que
    los explican, y la cadena con los finales anotados.

    Estado 1 si algo no coincide.
    """
    try:
        noted = [Head.parse(head)] if head else []
    except ValueError as error:
        typer.echo("--head se escribe POSICIÓN:HASH, como lo muestra este comando.", err=True)
        raise typer.Exit(2) from error
    report, compared = with_core(lambda core: _verified(core, noted))
    for finding in report.findings:
        typer.echo(_line(finding))
    typer.echo(_summary(report))
    typer.echo(f"Finales anotados fuera de la base que se compararon: {compared}")
    typer.echo(f"Final de la cadena: {report.head}")
    if report.count:
        raise typer.Exit(1)


async def _verified(core: "Acuerdo", noted: Sequence[Head]) -> "tuple[Report, int]":
    """What was found, and how many heads that were noted outside were compared."""
    anchors = core.operation.sealing.anchors.noted()
    report = await core.audit.verify(noted=[*noted, *anchors], progress=_Progress())
    report.add(await core.operation.sealing.verify())
    report.add(await core.operation.books.verify())
    if not report.count:
        core.operation.sealing.anchors.note(report.head, "verified")
    return report, len(anchors)


@app.command("anchor")
def anchor() -> None:
    """Sella lo de los últimos minutos y anota el final de la cadena; lo escribe en una línea."""

    async def noted(core: "Acuerdo") -> str | None:
        await core.operation.sealing.seal(settled_after=timedelta())
        return await core.operation.sealing.anchor("command")

    typer.echo(with_core(noted))


@app.command("adopt")
def adopt() -> None:
    """Agrega a la cadena las filas que no están en ella, como están ahora y marcadas."""
    counts = with_core(lambda core: core.audit.adopt())
    for table, count in counts.items():
        typer.echo(f"{table}: {count}")
    typer.echo(f"{sum(counts.values())} filas adoptadas")


@app.command("export")
def export(
    external_id: str,
    since: Annotated[str, typer.Option("--from", help="Primer día, AAAA-MM-DD.")] = "",
    until: Annotated[str, typer.Option("--to", help="Último día, AAAA-MM-DD.")] = "",
    written_as: Annotated[Literal["csv", "pdf"], typer.Option("--format")] = "csv",
) -> None:
    """Escribe el expediente de una persona y un periodo, como lo pide una autoridad."""
    from acuerdo.views.dossier.export import to_csv, to_pdf

    write = {"csv": to_csv, "pdf": to_pdf}[written_as]
    first, last = _day(since), _day(until)
    by = f"cli:{getpass.getuser()}"
    dossier = with_core(
        lambda core: core.views.dossiers.of(external_id, since=first, until=last, by=by)
    )
    sys.stdout.buffer.write(write(dossier))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        typer.echo("Los días se escriben AAAA-MM-DD.", err=True)
        raise typer.Exit(2) from error


class _Progress:
    """Report now and then how far a long check is, on standard error."""

    def __init__(self) -> None:
        self._told_at = time.monotonic()

    def __call__(self, done: int, whole: int) -> None:
        if time.monotonic() - self._told_at >= _PROGRESS_SECONDS:
            self._told_at = time.monotonic()
            typer.echo(f"  · {done} de {whole} eslabones", err=True)


def _line(finding: Finding) -> str:
    where = "" if finding.position is None else f" {finding.position}"
    row = "" if finding.subject is None else f" ({finding.subject} {finding.key})"
    return f"{_FAULTS[finding.fault]}{where}{row}"


def _summary(report: "Report") -> str:
    adopted = f", {report.adopted} adoptadas después de registrarse" if report.adopted else ""
    rows = f"{report.sealed} filas selladas{adopted}"
    if not report.count:
        return f"El registro está completo y sin cambios: {rows}."
    unlisted = report.count - len(report.findings)
    more = f" ({unlisted} sin mostrar)" if unlisted else ""
    return f"El registro NO coincide: {report.count} problemas{more}, {rows}."
