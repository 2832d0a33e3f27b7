"""The desk of the people who work with the product: pages under /desk."""

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from console import acts, live, login, media, talks
from console.pages import STATIC

router = APIRouter()
for _each in (login, talks, acts, live, media):
    router.include_router(_each.router)


def mount(app: FastAPI) -> None:
    """Put the desk and its files into an application that has `state.acuerdo`."""
    app.mount("/desk/static", StaticFiles(directory=STATIC), name="desk-static")
    app.include_router(router)
