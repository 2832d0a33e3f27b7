"""Stand-ins for Twilio messaging, the Telegram Bot API and a payment gateway. Development only.

They speak the providers' HTTP and sign webhooks as the providers do, so that the product runs
its real SDKs and its real doors without an account or a key. Everything lives in memory.
"""

from simulator.app import create_simulator
from simulator.config import SimulatorConfig
from simulator.directory import DemoPerson, Directory, DirectoryFromUrl
from simulator.simulator import Simulator

__all__ = [
    "DemoPerson",
    "Directory",
    "DirectoryFromUrl",
    "Simulator",
    "SimulatorConfig",
    "create_simulator",
]
