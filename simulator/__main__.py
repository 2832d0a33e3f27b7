"""Runs the simulator in its own process: `python -m simulator --port 8010 --target URL`."""

import argparse
from dataclasses import fields, replace

import uvicorn

from simulator.app import create_simulator
from simulator.config import SimulatorConfig
from simulator.directory import DirectoryFromUrl

_TEXT_OPTIONS = {
    "own_url": "base under which the product reaches the simulator (default: this server)",
    "deliver_url": "where webhooks for the target are really posted, if elsewhere",
    "twilio_account_sid": "account of the Twilio stand-in",
    "twilio_auth_token": "its auth token, which signs webhooks",
    "twilio_whatsapp_from": "the product's WhatsApp sender",
    "twilio_inbound_url": "inbound webhook, may carry a retry fragment",
    "twilio_shared_key": "secret of HMAC-SHA256 signatures (default: the auth token)",
    "telegram_token": "token of the bot",
    "telegram_webhook_secret": "secret token of its webhook",
    "telegram_username": "name of the bot",
    "gateway_secret": "key of the payment gateway, which signs events",
}


def parse_arguments(arguments: list[str] | None = None) -> tuple[str, int, SimulatorConfig]:
    """Read the command line into host, port and configuration; exits with 2 when it is wrong."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--target", default=SimulatorConfig.public_url, help="the product's URL")
    parser.add_argument("--directory-url", default="", help="JSON list of people to play")
    parser.add_argument("--signature", choices=("HMAC_SHA1", "HMAC_SHA256"), default="HMAC_SHA1")
    parser.add_argument("--status-delay-ms", type=int, default=SimulatorConfig.status_delay_ms)
    parser.add_argument("--retry-delay-ms", type=int, default=SimulatorConfig.retry_delay_ms)
    for name, meaning in _TEXT_OPTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", default="", help=meaning)
    given = parser.parse_args(arguments)
    names = {field.name for field in fields(SimulatorConfig)}
    texts = {name: getattr(given, name) for name in _TEXT_OPTIONS if name in names}
    config = SimulatorConfig(
        public_url=given.target.rstrip("/"),
        own_url=f"http://{given.host}:{given.port}",
        twilio_signature=given.signature,
        status_delay_ms=given.status_delay_ms,
        retry_delay_ms=given.retry_delay_ms,
    )
    config = replace(config, **{name: text for name, text in texts.items() if text})
    if given.directory_url:
        config = replace(config, directory=DirectoryFromUrl(given.directory_url))
    return given.host, given.port, config


def main() -> None:
    """Serve until interrupted."""
    host, port, config = parse_arguments()
    uvicorn.run(create_simulator(config), host=host, port=port, log_level="warning")


if __name__ == "__main__":
    main()
