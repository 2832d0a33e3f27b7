"""The engine as it is started: `rasa run`, Redis, signals."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from tests.engine.conftest import ROOT
from tests.engine.fake_actions import SECRET, SECRET_HEADER, FakeActions
from tests.engine.redis_server import RedisServer

START_SECONDS = 90


class EngineProcess:
    """`rasa run` with the product's own endpoints and credentials, or with other endpoints."""

    def __init__(self, model: Path, redis_url: str, actions_url: str, log: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._model = model
        self._log = log
        self.url = f"http://127.0.0.1:{self._port}/webhooks/acuerdo"
        # The product's fact slots are slots of the product's domain, not of the fixture's.
        credentials = yaml.safe_load((ROOT / "rasa_server" / "credentials.yml").read_text())
        credentials["rasa_server.channel.TurnChannel"]["fact_slots"] = ["country"]
        self._credentials = log.with_name("credentials.yml")
        self._credentials.write_text(yaml.safe_dump(credentials), encoding="utf-8")
        self._environment = {
            **os.environ,
            "ACUERDO_REDIS_URL": redis_url,
            "ACUERDO_ENGINE__ACTIONS_URL": actions_url,
            "ACUERDO_ENGINE__SECRET": SECRET,
            "RASA_TELEMETRY_ENABLED": "false",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, endpoints: Path = ROOT / "rasa_server" / "endpoints.yml") -> None:
        """Starts the process; it is not ready yet."""
        command = [sys.executable, "-m", "rasa", "run", "--model", str(self._model)]
        command += ["--endpoints", str(endpoints)]
        command += ["--credentials", str(self._credentials)]
        command += ["--interface", "127.0.0.1", "--port", str(self._port)]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    async def ready(self, client: aiohttp.ClientSession) -> Any:
        """What health says once it says ready."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            try:
                async with client.get(f"{self.url}/health") as answer:
                    if answer.status == 200:
                        return await answer.json()
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)
        raise AssertionError(self.log())

    def stop(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Ends the process and gives its exit status."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(START_SECONDS)

    def log(self) -> str:
        """Everything it wrote."""
        return self._log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def process(
    model: Path, redis_server: RedisServer, actions: FakeActions, tmp_path: Path
) -> Iterator[EngineProcess]:
    process = EngineProcess(model, redis_server.url, actions.url, tmp_path / "engine.log")
    yield process
    if process.process is not None and process.process.poll() is None:
        process.stop()


async def test_a_conversation_survives_the_death_of_the_engine(
    process: EngineProcess, actions: FakeActions, redis_server: RedisServer
) -> None:
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as client:

        async def turn(message_id: str, text: str) -> tuple[int, Any]:
            body = {"conversation": "c", "message_id": message_id, "text": text, "medium": "chat"}
            async with client.post(f"{process.url}/turn", data=json.dumps(body)) as answer:
                return answer.status, await answer.json()

        # given an engine on Redis with a form in progress
        process.start()
        health = await process.ready(client)
        assert (health["tracker_store"], health["lock_store"]) == ("redis", "process")
        await turn("m-1", "voy a pagar 500")
        balance = await turn("m-2", "cuánto debo")
        assert balance[0] == 200
        # when it is killed and started again
        process.stop(signal.SIGKILL)
        process.start()
        await process.ready(client)
        # then the last turn is answered from memory and the form goes on
        calls = len(actions.calls)
        assert await turn("m-2", "cuánto debo") == balance
        assert len(actions.calls) == calls
        status, answer = await turn("m-3", "el viernes")
        assert (status, answer["replies"]) == (200, [{"text": "Anotado: 500 para el viernes."}])
        # and without Redis there is no silent new conversation
        redis_server.stop()
        status, answer = await turn("m-4", "cuánto debo")
        assert (status, answer["code"]) == (503, "tracker_unavailable")
        async with client.get(f"{process.url}/health") as unhealthy:
            assert unhealthy.status == 503
    # and it ends when told to, having written nothing that anybody said
    process.stop(signal.SIGTERM)
    assert "cuánto" not in process.log()
    assert "viernes" not in process.log()


async def test_an_engine_whose_store_cannot_be_imported_does_not_run(
    process: EngineProcess, tmp_path: Path
) -> None:
    endpoints = yaml.safe_load((ROOT / "rasa_server" / "endpoints.yml").read_text())
    endpoints["tracker_store"]["type"] = "rasa_server.tracker_store.Misspelt"
    changed = tmp_path / "endpoints.yml"
    changed.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    process.start(changed)
    assert process.process is not None
    assert await asyncio.to_thread(process.process.wait, START_SECONDS) != 0
    assert "tracker_store is InMemoryTrackerStore" in process.log()
