"""What tests ask of the real Twilio SDK."""

from typing import Any

import pytest
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from tests.contract.simulator.conftest import Running

ANA = "+51987654321"
STATUS_PATH = "/webhooks/twilio/whatsapp/status"

# twilio-python 9.13.0 hands aiohttp a BasicAuth, which newer versions of aiohttp deprecate.
WITHOUT_AIOHTTP_WARNINGS = [
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated:DeprecationWarning"),
]


async def send(client: Client, running: Running, to: str = ANA, **more: Any) -> Any:
    fields = {
        "to": f"whatsapp:{to}",
        "from_": running.config.whatsapp_sender,
        "status_callback": running.config.public_url + STATUS_PATH,
        **more,
    }
    return await client.messages.create_async(**fields)


def a_quick_reply(client: Client, titles: list[str]) -> str:
    body = ContentList.ContentCreateRequest(
        {
            "friendly_name": "options",
            "language": "es",
            "types": {
                "twilio/quick-reply": {
                    "body": "¿Qué desea hacer?",
                    "actions": [
                        {"type": "QUICK_REPLY", "title": title, "id": f"b{index}"}
                        for index, title in enumerate(titles)
                    ],
                }
            },
        }
    )
    return str(client.content.v1.contents.create(body).sid)


def a_list(client: Client, items: list[str]) -> str:
    body = ContentList.ContentCreateRequest(
        {
            "friendly_name": "list",
            "language": "es",
            "types": {
                "twilio/list-picker": {
                    "body": "Elija una cuota",
                    "button": "Ver opciones",
                    "items": [
                        {"item": item, "id": f"b{index}", "description": "sin interés"}
                        for index, item in enumerate(items)
                    ],
                }
            },
        }
    )
    return str(client.content.v1.contents.create(body).sid)
