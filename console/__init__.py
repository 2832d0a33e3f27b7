"""The desk of the people who work with the product: pages under /desk."""

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from console import acts, calls, live, login, media, oversight, talks
from console.pages import STATIC

router = APIRouter()
for _each in (login, talks, acts, calls, live, media, oversight):
    router.include_router(_each.router)


def mount(app: FastAPI) -> None:
    """Serve the files of the desk; its pages are `router`, for an app with `state.acuerdo`."""
    app.mount("/desk/static", StaticFiles(directory=STATIC), name="desk-static")
