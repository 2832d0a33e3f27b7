import asyncio

from rasa_server.lock_store import ProcessLockStore


async def test_one_conversation_is_held_by_one_at_a_time_in_order() -> None:
    locks = ProcessLockStore()
    held: list[int] = []

    async def hold(number: int) -> None:
        async with locks.lock("c"):
            held.append(number)
            await asyncio.sleep(0)
            held.append(number)

    await asyncio.gather(*(hold(number) for number in range(5)))
    assert held == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


async def test_locks_that_nobody_holds_are_forgotten() -> None:
    locks = ProcessLockStore()
    async with locks.lock("a"), locks.lock("b"):
        pass
    assert not locks._locks
    assert not locks._interested


async def test_who_gives_up_waiting_leaves_the_lock_to_the_next() -> None:
    locks = ProcessLockStore()
    entered: list[str] = []

    async def hold(name: str) -> None:
        async with locks.lock("c"):
            entered.append(name)

    async with locks.lock("c"):
        impatient, patient = asyncio.create_task(hold("a")), asyncio.create_task(hold("b"))
        await asyncio.sleep(0)
        impatient.cancel()
    await patient
    assert entered == ["b"]
    assert not locks._locks
