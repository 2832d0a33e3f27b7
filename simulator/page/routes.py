"""The page where someone picks up a debtor's phone."""

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from simulator.config import SimulatorConfig


def page_router(config: SimulatorConfig, templates: Jinja2Templates) -> APIRouter:
    """The route of the chat page; everything it shows comes from the control API."""
    router = APIRouter()

    @router.get("/")
    async def chat_page(request: Request) -> Response:
        shown = {
            "base": request.scope.get("root_path", ""),
            "product": config.public_url,
            "business": config.whatsapp_sender.removeprefix("whatsapp:"),
            "bot": config.telegram_username,
        }
        return templates.TemplateResponse(request, "chat.html", shown)

    return router
