"""`acuerdo staff`: who may work at the desk. A password is asked for, or is the line on standard
input where nobody types."""

import getpass
import sys
from datetime import datetime
from typing import Annotated, Final

import typer

from acuerdo.staff.passwords import SHORTEST_PASSWORD, PasswordFault
from acuerdo.staff.permissions import Role
from doors.cli.run_with_core import with_core

app = typer.Typer(no_args_is_help=True, help="Las personas del escritorio.")

_FAULTS: Final = {
    PasswordFault.SHORT: f"tiene menos de {SHORTEST_PASSWORD} caracteres",
    PasswordFault.LONG: "es demasiado larga",
    PasswordFault.LOGIN: "contiene el login",
    PasswordFault.COMMON: "es de las que cualquiera prueba primero, o está publicada",
    PasswordFault.MONOTONOUS: "son letras seguidas o repetidas",
}
_Creditors = Annotated[
    list[str] | None,
    typer.Option("--creditor", help="Solo los deudores de este acreedor; se puede repetir."),
]


@app.command("add")
def add(
    login: str,
    name: str,
    role: Annotated[Role, typer.Option()] = Role.AGENT,
    creditor: _Creditors = None,
) -> None:
    """Agrega a una persona al escritorio; pide la clave. Estado 1 si el login ya existe."""
    password = _new_password(login)
    with_core(
        lambda core: core.operation.accounts.add(
            login, name, role, password, creditors=creditor or None, by=_by()
        )
    )
    typer.echo(f"{login} puede entrar")


@app.command("list")
def list_() -> None:
    """Muestra quién puede entrar, con qué rol, y los intentos fallidos de los últimos minutos."""
    for each in with_core(lambda core: core.operation.accounts.accounts()):
        state = "activa" if each.active else "deshabilitada"
        creditors = "todos" if each.creditors is None else ",".join(each.creditors) or "ninguno"
        line = f"{each.login}\t{each.name}\t{each.role}\t{state}\tacreedores: {creditors}"
        line += f"\túltima entrada: {_moment(each.logged_in_at)}"
        if each.failures:
            line += f"\tintentos fallidos: {each.failures}"
        if each.locked_until_at is not None:
            line += f"\tbloqueada hasta {_moment(each.locked_until_at)}"
        typer.echo(line)


@app.command("password")
@app.command("reset", help="Lo mismo que password.")
def password(login: str) -> None:
    """Cambia la clave y cierra sus sesiones."""
    given = _new_password(login)
    with_core(lambda core: core.operation.accounts.set_password(login, given, by=_by()))
    typer.echo(f"{login} tiene otra clave; sus sesiones se cerraron")


@app.command("disable")
def disable(login: str) -> None:
    """Cierra la puerta a una persona y sus sesiones, desde ya."""
    with_core(lambda core: core.operation.accounts.disable(login, by=_by()))
    typer.echo(f"{login} ya no puede entrar; sus sesiones se cerraron")


@app.command("enable")
def enable(login: str) -> None:
    """Deja entrar otra vez a una persona."""
    with_core(lambda core: core.operation.accounts.enable(login, by=_by()))
    typer.echo(f"{login} puede entrar")


@app.command("role")
def role(login: str, role: Role) -> None:
    """Cambia el rol y cierra sus sesiones."""
    with_core(lambda core: core.operation.accounts.set_role(login, role, by=_by()))
    typer.echo(f"{login}: {role}")


@app.command("creditors")
def creditors(login: str, creditor: _Creditors = None) -> None:
    """Dice a los deudores de qué acreedores llega una persona; sin --creditor, a todos."""
    with_core(lambda core: core.operation.accounts.set_creditors(login, creditor or None, by=_by()))
    typer.echo(f"{login}: {', '.join(creditor) if creditor else 'todos'}")


@app.command("sessions")
def sessions(
    login: Annotated[str, typer.Argument()] = "",
    end: Annotated[bool, typer.Option("--end", help="Cierra las de esta persona.")] = False,
) -> None:
    """Muestra las sesiones abiertas, o cierra las de una persona."""
    if end and not login:
        typer.echo("Diga de quién: acuerdo staff sessions LOGIN --end", err=True)
        raise typer.Exit(2)
    if end:
        ended = with_core(lambda core: core.operation.accounts.end_sessions(login, by=_by()))
        typer.echo(f"{ended} sesiones cerradas")
        return
    for each in with_core(lambda core: core.operation.accounts.sessions()):
        if login in ("", each.login):
            typer.echo(
                f"{each.login}\tdesde {_moment(each.started_at)}\thasta {_moment(each.expires_at)}"
                f"\ta más tardar {_moment(each.ends_at)}\t{each.source}"
            )


def _new_password(login: str) -> str:
    """The password that is typed twice, or given on standard input; ends with 1 where it is bad."""
    from acuerdo.staff.passwords import password_fault
    from acuerdo.staff.service import normal_login

    if sys.stdin.isatty():
        given = getpass.getpass("Clave: ")
        if getpass.getpass("Otra vez: ") != given:
            typer.echo("Las dos no son iguales.", err=True)
            raise typer.Exit(1)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    fault = password_fault(given, normal_login(login))
    if fault is not None:
        typer.echo(f"Esa clave no sirve: {_FAULTS[fault]}.", err=True)
        raise typer.Exit(1)
    return given


def _by() -> str:
    return f"cli:{getpass.getuser()}"


def _moment(at: datetime | None) -> str:
    return "nunca" if at is None else f"{at:%Y-%m-%d %H:%M}Z"
