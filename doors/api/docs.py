"""`/api/docs`: what other systems may ask, on a page that asks no other host for anything."""

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

_STATIC: Final = "/api/static"


def mount(app: FastAPI) -> None:
    """Serve the documentation of an application that describes itself at `openapi_url`."""

    async def page() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=str(app.openapi_url),
            title=f"{app.title}: API",
            swagger_js_url=f"{_STATIC}/swagger-ui-bundle.js",
            swagger_css_url=f"{_STATIC}/swagger-ui.css",
            swagger_favicon_url="/desk/static/icon.svg",
            # the badge of another host's validator
            swagger_ui_parameters={"validatorUrl": None},
        )

    app.mount(_STATIC, StaticFiles(directory=Path(__file__).parent / "static"), name="api-static")
    app.add_api_route("/api/docs", page, include_in_schema=False, response_class=HTMLResponse)
