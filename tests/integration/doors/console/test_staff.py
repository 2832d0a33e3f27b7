"""Logging in, staying, being locked out, leaving."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from structlog.testing import capture_logs

from acuerdo.audit.models import Decision
from acuerdo.bootstrap import Acuerdo, build
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import BadCredentials, PasswordRefused, UnsafeInstallation
from acuerdo.staff import demonstration_logins
from acuerdo.staff.lock_out import MAX_FAILED_LOGINS, MAX_FAILURES_EVERYWHERE
from acuerdo.staff.models import LoginTries, Staff, StaffSession
from acuerdo.staff.permissions import Role
from acuerdo.staff.service import StaffService
from tests.clock import FixedClock
from tests.integration.doors.console.conftest import PASSWORD


async def test_the_right_password_opens_a_session(staff: StaffService, lucia: Staff) -> None:
    new = await staff.log_in(" LUCIA ", PASSWORD)

    signed_in = await staff.session(new.token)
    assert signed_in is not None
    assert (signed_in.staff_id, signed_in.name) == (lucia.id, "Lucía Ramos")
    assert signed_in.csrf_token == new.csrf_token


@pytest.mark.usefixtures("lucia")
@pytest.mark.parametrize(("login", "password"), [("lucia", "wrong"), ("nobody", PASSWORD)])
async def test_anything_wrong_is_refused_alike(
    staff: StaffService, login: str, password: str
) -> None:
    with pytest.raises(BadCredentials):
        await staff.log_in(login, password)


async def test_a_login_is_given_once(staff: StaffService, lucia: Staff) -> None:
    added = await staff.add("Lucia", "Otra Lucía", Role.MANAGER, "another password")

    assert not added
    assert await staff.log_in("lucia", PASSWORD)


async def test_neither_the_token_nor_the_password_is_kept(
    staff: StaffService, db: Database, lucia: Staff
) -> None:
    new = await staff.log_in("lucia", PASSWORD)

    async with db.transaction() as session:
        kept = (await session.scalars(select(StaffSession))).one()
    assert new.token.encode() not in kept.token_hash
    assert len(kept.token_hash) == 32
    assert lucia.password_hash.startswith("$argon2id$")


@pytest.mark.usefixtures("lucia")
async def test_five_failures_lock_also_the_right_password_for_fifteen_minutes(
    staff: StaffService, clock: FixedClock
) -> None:
    for _ in range(MAX_FAILED_LOGINS):
        with pytest.raises(BadCredentials):
            await staff.log_in("lucia", "wrong")

    with pytest.raises(BadCredentials):
        await staff.log_in("lucia", PASSWORD)
    clock.advance(minutes=14, seconds=59)
    with pytest.raises(BadCredentials):
        await staff.log_in("lucia", PASSWORD)
    clock.advance(seconds=1)
    assert await staff.log_in("lucia", PASSWORD)


@pytest.mark.usefixtures("lucia")
async def test_a_success_forgets_former_failures(staff: StaffService) -> None:
    for _ in range(2):
        for _ in range(MAX_FAILED_LOGINS - 1):
            with pytest.raises(BadCredentials):
                await staff.log_in("lucia", "wrong")
        assert await staff.log_in("lucia", PASSWORD)


@pytest.mark.usefixtures("lucia")
async def test_a_session_lasts_on_while_somebody_works(
    staff: StaffService, clock: FixedClock
) -> None:
    new = await staff.log_in("lucia", PASSWORD)

    for _ in range(3):
        clock.advance(minutes=59)
        assert await staff.session(new.token)
    clock.advance(minutes=60)
    assert await staff.session(new.token) is None


@pytest.mark.usefixtures("lucia")
async def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(
    staff: StaffService, clock: FixedClock
) -> None:
    new = await staff.log_in("lucia", PASSWORD)

    clock.advance(minutes=59)
    assert await staff.session(new.token, active=False)
    clock.advance(minutes=1)
    assert await staff.session(new.token, active=False) is None


@pytest.mark.usefixtures("lucia")
async def test_who_leaves_is_out(staff: StaffService) -> None:
    new = await staff.log_in("lucia", PASSWORD)

    await staff.log_out(new.token)

    assert await staff.session(new.token) is None
    assert await staff.session("") is None


async def test_who_may_not_work_any_more_is_out_at_once(
    staff: StaffService, db: Database, lucia: Staff
) -> None:
    new = await staff.log_in("lucia", PASSWORD)

    async with db.transaction() as session:
        (await session.get_one(Staff, lucia.id)).active = False

    assert await staff.session(new.token) is None
    with pytest.raises(BadCredentials):
        await staff.log_in("lucia", PASSWORD)


async def test_a_hash_of_former_parameters_is_renewed(
    core: Acuerdo, db: Database, lucia: Staff
) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    service = build(core.settings, replace(core.outside, hasher=stronger), db=db).staff

    await service.log_in("lucia", PASSWORD)

    async with db.transaction() as session:
        renewed = await session.get_one(Staff, lucia.id)
    assert "m=16,t=2,p=1" in renewed.password_hash
    assert await service.log_in("lucia", PASSWORD)


@pytest.mark.usefixtures("lucia")
async def test_sessions_whose_time_is_over_are_forgotten(
    staff: StaffService, db: Database, clock: FixedClock
) -> None:
    await staff.log_in("lucia", PASSWORD)
    clock.advance(minutes=61)

    await staff.log_in("lucia", PASSWORD)

    async with db.transaction() as session:
        assert len((await session.scalars(select(StaffSession))).all()) == 1


@pytest.mark.usefixtures("lucia")
async def test_five_requests_from_elsewhere_lock_nobody_out(staff: StaffService) -> None:
    for _ in range(MAX_FAILED_LOGINS * 3):
        with pytest.raises(BadCredentials):
            await staff.log_in("lucia", "wrong", source="203.0.113.7")

    assert await staff.log_in("lucia", PASSWORD, source="198.51.100.4")
    with pytest.raises(BadCredentials):
        await staff.log_in("lucia", PASSWORD, source="203.0.113.7")


@pytest.mark.usefixtures("lucia")
async def test_many_sources_lock_strangers_and_not_the_desk_where_she_works(
    staff: StaffService,
) -> None:
    await staff.log_in("lucia", PASSWORD, source="198.51.100.4")
    for each in range(MAX_FAILURES_EVERYWHERE):
        with pytest.raises(BadCredentials):
            await staff.log_in("lucia", "wrong", source=f"203.0.113.{each}")

    with pytest.raises(BadCredentials):
        await staff.log_in("lucia", PASSWORD, source="192.0.2.1")
    assert await staff.log_in("lucia", PASSWORD, source="198.51.100.4")


async def test_invented_logins_leave_few_rows(staff: StaffService, db: Database) -> None:
    for each in range(60):
        with pytest.raises(BadCredentials):
            await staff.log_in(f"nobody-{each}\x00", "wrong", source="203.0.113.7")

    async with db.transaction() as session:
        rows = (await session.scalars(select(LoginTries))).all()
    assert {row.login[0] for row in rows} == {"?"}
    assert all("nobody" not in row.login for row in rows)


@pytest.mark.usefixtures("lucia")
async def test_a_session_ends_after_twelve_hours_whoever_works(
    staff: StaffService, clock: FixedClock
) -> None:
    new = await staff.log_in("lucia", PASSWORD)

    for _ in range(11):
        clock.advance(minutes=59)
        assert await staff.session(new.token)
    clock.advance(minutes=59)
    assert await staff.session(new.token)
    clock.advance(minutes=12)
    assert await staff.session(new.token) is None


async def test_who_is_sent_away_is_out_at_once_and_may_come_back(
    core: Acuerdo, lucia: Staff
) -> None:
    new = await core.staff.log_in("lucia", PASSWORD)

    await core.operation.accounts.disable(lucia.login, by="cli:root")
    assert await core.staff.session(new.token) is None
    with pytest.raises(BadCredentials):
        await core.staff.log_in("lucia", PASSWORD)

    await core.operation.accounts.enable(lucia.login, by="cli:root")
    assert await core.staff.session(new.token) is None
    assert await core.staff.log_in("lucia", PASSWORD)


async def test_another_password_role_or_scope_ends_every_session(
    core: Acuerdo, lucia: Staff
) -> None:
    changes = [
        core.operation.accounts.set_password(lucia.login, "otra frase bien larga", by="x"),
        core.operation.accounts.set_role(lucia.login, Role.MANAGER, by="x"),
        core.operation.accounts.set_creditors(lucia.login, ["luz-norte"], by="x"),
        core.operation.accounts.end_sessions(lucia.login, by="x"),
    ]
    password = PASSWORD
    for change in changes:
        new = await core.staff.log_in("lucia", password)
        await change
        assert await core.staff.session(new.token) is None
        password = "otra frase bien larga"
    with pytest.raises(BadCredentials):
        await core.staff.log_in("lucia", PASSWORD)


async def test_whoever_is_changed_is_written_down(
    core: Acuerdo, db: Database, lucia: Staff
) -> None:
    await core.operation.accounts.disable(lucia.login, by="cli:root")

    async with db.transaction() as session:
        (decision,) = (await session.scalars(select(Decision))).all()
    assert (decision.kind, decision.rule) == ("staff", "disabled")
    assert decision.facts == {"by": "cli:root", "login": "lucia"}


@pytest.mark.parametrize("password", ["", "short", "lucia-2026-lucia", "contraseña2026"])
async def test_a_weak_password_lets_nobody_in(core: Acuerdo, password: str) -> None:
    with pytest.raises(PasswordRefused):
        await core.staff.add("lucia", "Lucía", Role.MANAGER, password)
    assert await core.operation.accounts.accounts() == []


async def test_failures_are_logged_and_listed_without_a_password(
    core: Acuerdo, lucia: Staff
) -> None:
    with capture_logs() as logged:
        for _ in range(MAX_FAILED_LOGINS + 1):
            with pytest.raises(BadCredentials):
                await core.staff.log_in(lucia.login, "a wrong phrase", source="203.0.113.7")
        with pytest.raises(BadCredentials):
            await core.staff.log_in("typed-my-password-here", "x", source="203.0.113.7")

    events = [each["event"] for each in logged]
    assert events.count("login_failed") == MAX_FAILED_LOGINS + 1
    assert events.count("login_locked") == 1
    assert {each.get("login") for each in logged} >= {"lucia"}
    assert {each["source"] for each in logged} == {"203.0.113.7"}
    assert "wrong phrase" not in str(logged)
    assert "typed-my-password" not in str(logged)
    (account,) = await core.operation.accounts.accounts()
    assert (account.failures, account.locked_until_at is None) == (MAX_FAILED_LOGINS, False)


async def test_production_does_not_start_on_the_logins_of_the_demonstration(
    core: Acuerdo,
) -> None:
    for login, name, role in demonstration_logins.LOGINS:
        await core.staff.add(login, name, role, demonstration_logins.PASSWORD)
    production = replace(core, settings=core.settings.model_copy(update={"env": "production"}))

    with pytest.raises(UnsafeInstallation, match="acuerdo staff disable agente"):
        await production.open()
    await core.refuse_what_is_unsafe()

    await core.operation.accounts.disable("agente", by="x")
    await core.operation.accounts.set_password("gerente", "una frase muy larga", by="x")
    await production.refuse_what_is_unsafe()
