"""What an installation without accounts runs on: the simulator, invented people, two logins.

Development only. Nobody here exists; telephone numbers are from ranges kept for fiction or never
given out.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import SecretStr

from acuerdo.bootstrap import Acuerdo
from acuerdo.contact import points
from acuerdo.contact import repository as contacts
from acuerdo.debts import repository as debts
from acuerdo.platform.settings import GatewaySettings, Settings, TelegramSettings, TwilioSettings
from acuerdo.staff.demonstration_logins import LOGINS, PASSWORD
from acuerdo.values.dates import local_date
from acuerdo.values.requests import DisputeReason
from simulator.config import SimulatorConfig
from simulator.directory import DemoPerson

API_KEY: Final = "acuerdo-demo-key"
_PEOPLE: Final = Path(__file__).with_name("demo.yml")
_LINK_VALID: Final = timedelta(days=30)


def with_simulator(settings: Settings) -> Settings:
    """Return the settings with the simulator in place of every provider without an account."""
    config = simulator_config(settings)
    changes: dict[str, Any] = {}
    if not settings.twilio.account_sid:
        changes["twilio"] = TwilioSettings(
            account_sid=config.twilio_account_sid,
            auth_token=SecretStr(config.twilio_auth_token),
            whatsapp_from=config.twilio_whatsapp_from,
            voice_from=config.twilio_voice_from,
            base_url=f"{config.own_url}/twilio",
        )
        numbers = settings.voice.numbers or config.twilio_voice_numbers
        changes["voice"] = settings.voice.model_copy(update={"numbers": numbers})
    if not settings.telegram.token.get_secret_value():
        changes["telegram"] = TelegramSettings(
            token=SecretStr(config.telegram_token),
            webhook_secret=SecretStr(config.telegram_webhook_secret),
            username=config.telegram_username,
            base_url=f"{config.own_url}/telegram",
        )
    if settings.gateway.name == "none":
        changes["gateway"] = GatewaySettings(
            name="sandbox",
            secret=SecretStr(config.gateway_secret),
            base_url=f"{config.own_url}/gateway",
        )
    if not settings.api.keys.get_secret_value():
        changes["api"] = settings.api.model_copy(update={"keys": SecretStr(f"demo:{API_KEY}")})
    return settings.model_copy(update=changes)


def simulator_config(settings: Settings) -> SimulatorConfig:
    """Return the settings of the simulator, reached over the machine's own interface."""
    local = f"http://127.0.0.1:{settings.port}"
    return SimulatorConfig(
        public_url=settings.base_url,
        own_url=f"{local}/simulator",
        deliver_url=local,
        directory=_nobody_yet,
    )


async def _nobody_yet() -> Sequence[DemoPerson]:
    return ()


def people() -> dict[str, Any]:
    """Return the invented creditors and debtors as they are written down."""
    written: dict[str, Any] = yaml.safe_load(_PEOPLE.read_text(encoding="utf-8"))
    return written


def portfolio(today: date) -> dict[str, Any]:
    """Return the invented portfolio with due dates counted back from today."""
    written = people()
    return {
        "creditors": written["creditors"],
        "debtors": [_debtor(debtor, today) for debtor in written["debtors"]],
    }


def _debtor(written: dict[str, Any], today: date) -> dict[str, Any]:
    debtor = {key: value for key, value in written.items() if key not in ("state", "history")}
    # whoever has WhatsApp has a telephone
    debtor["contacts"] = [
        *written["contacts"],
        *(
            each | {"channel": "voice"}
            for each in written["contacts"]
            if each["channel"] == "whatsapp"
        ),
    ]
    debtor["birth_date"] = str(written["birth_date"])
    debtor["debts"] = [
        {
            **{key: value for key, value in debt.items() if key != "days_late"},
            "due_on": (today - timedelta(days=debt["days_late"])).isoformat(),
        }
        for debt in written["debts"]
    ]
    return debtor


async def seed(core: Acuerdo) -> None:
    """Load the demonstration once: portfolio, what happened before, logins."""
    written = people()
    first = written["debtors"][0]["id"]
    async with core.db.transaction() as session:
        if await debts.debtor_by_external_id(session, first) is not None:
            return
    today = local_date(core.outside.clock.now(), "America/Mexico_City")
    await core.portfolio.take_over(portfolio(today))
    for debtor in written["debtors"]:
        await _make_history(core, debtor)
    for login, name, role in LOGINS:
        await core.staff.add(login=login, name=name, role=role, password=PASSWORD)


async def _make_history(core: Acuerdo, written: dict[str, Any]) -> None:
    history = written.get("history")
    async with core.db.transaction() as session:
        debtor = await debts.debtor_by_external_id(session, written["id"])
        if debtor is None or history is None:
            return
        if history == "disputed":
            for debt in await debts.open_debts_of(session, debtor.id):
                await core.cases.opening.record_dispute(
                    session, debt, DisputeReason.NOT_RECEIVED, "nunca me llegó el pedido"
                )
        if history == "opted_out":
            for point in await contacts.contact_points_of(session, debtor.id):
                points.opted_out(point, core.outside.clock.now())


class DemoDirectory:
    """The invented debtors that one can play on the simulated phone."""

    def __init__(self, core: Acuerdo) -> None:
        self._core = core

    async def __call__(self) -> Sequence[DemoPerson]:
        """Return every invented debtor, each with a fresh deep link for Telegram."""
        return [await self._person(written) for written in people()["debtors"]]

    async def _person(self, written: dict[str, Any]) -> DemoPerson:
        async with self._core.db.transaction() as session:
            debtor = await debts.debtor_by_external_id(session, written["id"])
        token = ""
        if debtor is not None:
            token = await self._core.contact.gate.new_link_token(debtor.id, valid=_LINK_VALID)
        return DemoPerson(
            id=written["id"],
            name=written["name"],
            country=written["country"],
            state=written["state"],
            document=written["document"],
            birth_date=str(written["birth_date"]),
            addresses={
                "voice": next(
                    (e["address"] for e in written["contacts"] if e["channel"] == "whatsapp"), ""
                ),
                **{each["channel"]: each["address"] for each in written["contacts"]},
            },
            start_payload=token,
        )
