"""The web application: all doors on one port, and in production nothing of the demonstration."""

import os
import subprocess
import sys

from acuerdo.platform.settings import ROOT, Settings
from doors.cli.stand_ins import with_stand_ins

PRODUCTION = {
    "ACUERDO_ENV": "production",
    "ACUERDO_SECRET_KEY": "a-secret-key-that-is-long-enough-for-production",
    "ACUERDO_ENGINE__SECRET": "the engine's secret",
    "ACUERDO_DATABASE_URL": "postgresql://acuerdo@127.0.0.1:1/acuerdo",
    "ACUERDO_REDIS_URL": "redis://127.0.0.1:1/0",
    "ACUERDO_PUBLIC_URL": "https://cobros.collections.org",
}
# One process for all of it: the core takes seconds to import.
CODE = """
import sys
from starlette.routing import Match
from acuerdo.platform.settings import Settings
from doors.cli.stand_ins import with_stand_ins
from doors.web import create_app

settings = Settings(_env_file=None)
assert with_stand_ins(settings) is settings
app = create_app(settings)
for line in sys.stdin:
    method, path = line.split()
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    if all(route.matches(scope)[0] is not Match.FULL for route in app.routes):
        print("no door for", path)
for name in sys.modules:
    if name.partition(".")[0] == "simulator" or name.startswith("doors.cli.d"):
        print("imported", name)
"""
DOORS = """
POST /webhooks/twilio/whatsapp
POST /webhooks/telegram
POST /webhooks/payments/sandbox
POST /voice/inbound
POST /api/v1/portfolio
GET /health/live
GET /desk
GET /
""".strip()


def test_in_production_every_door_is_open_and_no_simulator_is_imported() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CODE],
        input=DOORS,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


def test_in_development_the_simulator_stands_in_for_every_provider() -> None:
    settings = with_stand_ins(Settings(_env_file=None))
    assert settings.twilio.base_url.endswith("/simulator/twilio")
    assert settings.telegram.base_url.endswith("/simulator/telegram")
    assert settings.gateway.base_url.endswith("/simulator/gateway")
