"""The desk of the people who work with the product: pages under /desk."""

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from doors.console import (
    calls,
    cases,
    conversation_actions,
    conversation_pages,
    live,
    login,
    media,
    oversight,
)
from doors.console.rendering import STATIC
from doors.console.sessions import within_reach

router = APIRouter()
for _each in (
    login,
    conversation_pages,
    conversation_actions,
    cases,
    calls,
    live,
    media,
    oversight,
):
    router.include_router(_each.router, dependencies=[Depends(within_reach)])


def mount(app: FastAPI) -> None:
    """Serve the files of the desk in an application that includes `router`."""
    app.mount("/desk/static", StaticFiles(directory=STATIC), name="desk-static")
