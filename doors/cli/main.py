"""The `acuerdo` command.

What takes seconds to import is imported by the command that needs it: help, a mistyped option and
wrong settings are answered at once.
"""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer
from pydantic import ValidationError

from acuerdo.contact.law import Profile
from acuerdo.platform.settings import BETWEEN_FAULTS, ROOT, Settings
from doors.cli import audit, events, staff
from doors.cli.run_with_core import with_core
from doors.cli.stand_ins import with_stand_ins

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # a traceback with local variables would show secrets
    pretty_exceptions_enable=False,
    help="Acuerdo: evaluación y operación.",
)
portfolio_app = typer.Typer(no_args_is_help=True, help="La cartera de los acreedores.")
debtor_app = typer.Typer(no_args_is_help=True, help="La ficha de un deudor.")
nlu_app = typer.Typer(no_args_is_help=True, help="Cómo entiende el modelo.")
language_app = typer.Typer(no_args_is_help=True, help="Montos y fechas en español libre.")
policy_app = typer.Typer(no_args_is_help=True, help="Cuándo y cómo se puede contactar.")
keys_app = typer.Typer(no_args_is_help=True, help="Las claves de cifrado.")
telegram_app = typer.Typer(no_args_is_help=True, help="El bot de Telegram.")
for name, group in {
    "portfolio": portfolio_app,
    "debtor": debtor_app,
    "nlu": nlu_app,
    "language": language_app,
    "policy": policy_app,
    "staff": staff.app,
    "keys": keys_app,
    "telegram": telegram_app,
    "audit": audit.app,
    "events": events.app,
}.items():
    app.add_typer(group, name=name)


def run() -> None:
    """Run the command that was typed; wrong settings are explained, with exit status 2."""
    try:
        app()
    except ValidationError as error:
        if error.title != Settings.__name__:
            raise
        typer.echo("La configuración no sirve:", err=True)
        for each in error.errors(include_input=False, include_url=False, include_context=False):
            name = "__".join(str(part) for part in each["loc"]).upper()
            for fault in each["msg"].removeprefix("Value error, ").split(BETWEEN_FAULTS):
                typer.echo(f"  · {f'ACUERDO_{name}: ' if name else ''}{fault}", err=True)
        sys.exit(2)


def _say(text: str) -> None:
    typer.echo(f"  · {text}", err=True)


@app.command("up")
def up_command() -> None:
    """Enciende todo en esta máquina y lo apaga con Ctrl-C."""
    settings = Settings()
    from doors.cli import up

    settings = with_stand_ins(settings)
    product = up.Product(settings, _say)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: product.ask_to_stop())
    try:
        product.start()
        typer.echo(f"Acuerdo está listo en http://localhost:{settings.port}  (Ctrl-C para apagar)")
        product.watch()
    except up.CannotStart as problem:
        typer.echo(f"Acuerdo no pudo encender. {problem}", err=True)
        raise typer.Exit(1) from problem
    finally:
        _say("apagando")
        product.stop()


def _refuse_what_is_unsafe(settings: Settings) -> None:
    """End with 2, and say what to do, where production found a database that is not fit for it."""
    if settings.in_development:
        return
    from acuerdo.bootstrap import build
    from acuerdo.platform.errors import UnsafeInstallation

    async def look() -> None:
        core = build(settings)
        try:
            await core.refuse_what_is_unsafe()
        finally:
            await core.outside.close()
            await core.db.close()

    try:
        asyncio.run(look())
    except UnsafeInstallation as error:
        typer.echo(f"Acuerdo no enciende: {error}", err=True)
        raise typer.Exit(2) from error


@app.command("serve")
def serve_command() -> None:
    """Solo el proceso web: webhooks, API, escritorio."""
    settings = Settings()
    from doors.cli.serving import serve

    _refuse_what_is_unsafe(settings)
    serve(
        f"{'doors.cli.development' if settings.in_development else 'doors.web'}:create_app",
        settings,
        settings.port,
    )


@app.command("actions")
def actions_command() -> None:
    """Solo el proceso de las acciones, que llama el motor."""
    settings = Settings()
    from doors.cli.serving import serve

    serve("doors.cli.serving:create_actions", settings, settings.engine.actions_port)


@app.command("worker")
def worker_command() -> None:
    """Solo el proceso que hace los trabajos."""
    settings = Settings()
    _refuse_what_is_unsafe(settings)
    import uvloop

    from acuerdo import worker
    from acuerdo.bootstrap import build
    from acuerdo.platform import logging

    settings = with_stand_ins(settings)
    logging.configure(settings.log_level, process="worker")

    async def work() -> None:
        core = build(settings)
        await core.open()
        try:
            await worker.run(core)
        finally:
            await core.close()

    uvloop.run(work())


@app.command("migrate")
def migrate_command() -> None:
    """Lleva la base de datos a su forma más nueva."""
    settings = Settings()
    from acuerdo.platform.db.migrations import NotTheOwner
    from acuerdo.platform.db.roles import ProductRoleTooStrong
    from acuerdo.platform.servers import with_database

    servers = with_database(settings)
    try:
        servers.migrate()
    except NotTheOwner as error:
        typer.echo(
            "Este rol no puede cambiar las tablas: falta ACUERDO_DATABASE_OWNER_URL.", err=True
        )
        raise typer.Exit(1) from error
    except ProductRoleTooStrong as error:
        typer.echo(
            "El rol de ACUERDO_DATABASE_URL puede apagar lo que protege el registro: use otro,"
            " que no sea superusuario ni dueño de las tablas.",
            err=True,
        )
        raise typer.Exit(1) from error
    finally:
        servers.stop()


@app.command("seed")
def seed_command() -> None:
    """Carga la demostración una vez; solo en desarrollo."""
    settings = Settings()
    if not settings.in_development:
        typer.echo("La demostración no se carga en producción.", err=True)
        raise typer.Exit(1)
    if settings.database_url:
        typer.echo(
            "La demostración no se carga en una base de datos configurada, solo en la propia de"
            " esta máquina: deje vacía ACUERDO_DATABASE_URL.",
            err=True,
        )
        raise typer.Exit(1)
    from doors.cli import demonstration

    with_core(demonstration.seed, settings)


@portfolio_app.command("import")
def portfolio_import(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Importa una cartera (JSON): toma las filas que sirven y dice qué falla en las otras."""
    from acuerdo.platform.errors import AcuerdoError
    from acuerdo.portfolio.importer import Rejected
    from acuerdo.portfolio.reading import parsed

    try:
        content = parsed(file.read_bytes())
    except AcuerdoError as error:
        typer.echo(f"{file} no se puede leer ({error.code}): {error}", err=True)
        raise typer.Exit(1) from error

    try:
        report = with_core(lambda core: core.portfolio.take_over(content))
    except Rejected as rejected:
        typer.echo(orjson.dumps(rejected.report.as_json(), option=orjson.OPT_INDENT_2).decode())
        raise typer.Exit(1) from rejected
    typer.echo(orjson.dumps(report.as_json(), option=orjson.OPT_INDENT_2).decode())


@debtor_app.command("show")
def debtor_show(external_id: str) -> None:
    """Todo lo que se sabe de un deudor, en JSON."""
    found = with_core(lambda core: core.views.debtor_files.as_json(external_id))
    typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())


@nlu_app.command("parse")
def nlu_parse() -> None:
    """Lee JSON Lines con `text` y agrega intent, confidence y ranking."""
    command = [
        str(ROOT / "rasa_server" / ".venv" / "bin" / "python"),
        *("-m", "rasa_server.tools.parse", "--model", str(Settings().model_path)),
    ]
    raise typer.Exit(subprocess.run(command, cwd=ROOT, check=False).returncode)  # noqa: S603


@language_app.command("extract")
def language_extract() -> None:
    """Lee JSON Lines con `text`, `today` y `tz` y agrega entities."""
    from doors.cli import language_extract

    language_extract.extract(sys.stdin.buffer, sys.stdout.buffer)


@policy_app.command("check")
def policy_check(profile: Annotated[Profile, typer.Option()] = Profile.HOUSE) -> None:
    """Lee JSON Lines con country, channel, at e history y agrega el veredicto."""
    from doors.cli import policy_check

    policy_check.check(sys.stdin.buffer, sys.stdout.buffer, profile)


@keys_app.command("rotate")
def keys_rotate() -> None:
    """Vuelve a cifrar los datos personales con la clave más nueva."""
    count = with_core(lambda core: core.portfolio.re_encrypt())
    typer.echo(f"{count} personas cifradas de nuevo")


@telegram_app.command("set-webhook")
def telegram_set_webhook() -> None:
    """Dice a Telegram adónde enviar lo que llega al bot, con el secreto."""
    settings = Settings()
    from acuerdo.platform import logging
    from acuerdo.platform.errors import AcuerdoError
    from doors.cli import demonstration, telegram

    settings = demonstration.with_simulator(settings)
    logging.configure("warning", process="cli")
    try:
        url = asyncio.run(telegram.set_webhook(settings))
    except AcuerdoError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Telegram enviará a {url}")
