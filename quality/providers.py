"""The simulator in a process of its own: `python -m quality.providers PORT PRODUCT_PORT`.

Beside the product's web process, so that phones keep what they received when that one is killed.
Their clock is the product's (ACUERDO_CLOCK_START, ACUERDO_CLOCK_EPOCH): what was sent is looked up
by its time.
"""

import sys
from typing import Final

import uvicorn

from acuerdo.bootstrap import new_clock
from acuerdo.platform.settings import Settings
from simulator.app import create_simulator
from simulator.config import SimulatorConfig

# As an installation should ask Twilio to: five more tries, after every kind of failure.
_INBOUND: Final = "/webhooks/twilio/whatsapp#rc=5&rp=all"
# The pauses double: the last try comes after 78 seconds. What Twilio gives up is not delivered,
# so the web process must be back before that, even on a machine that has much else to do.
_RETRY_DELAY_MS: Final = 2500


def config(product_port: int, own_port: int, settings: Settings) -> SimulatorConfig:
    """Describe the stand-ins of a product on this machine."""
    public = f"http://localhost:{product_port}"
    return SimulatorConfig(
        public_url=public,
        deliver_url=f"http://127.0.0.1:{product_port}",
        own_url=f"http://127.0.0.1:{own_port}",
        twilio_inbound_url=public + _INBOUND,
        retry_delay_ms=_RETRY_DELAY_MS,
        now=new_clock(settings).now,
    )


def main() -> None:
    """Serve until interrupted."""
    own_port, product_port = (int(each) for each in sys.argv[1:3])
    app = create_simulator(config(product_port, own_port, Settings()))
    uvicorn.run(app, host="127.0.0.1", port=own_port, log_level="warning")


if __name__ == "__main__":
    main()
