"""Logging in, staying, being locked out, leaving."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from acuerdo.bootstrap import Acuerdo, build
from acuerdo.platform.db.session import Database
from acuerdo.platform.errors import BadCredentials
from acuerdo.staff.lock_out import MAX_FAILED_LOGINS
from acuerdo.staff.models import Staff, StaffSession
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
