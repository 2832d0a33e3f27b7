"""The core of a request to the desk."""

from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from acuerdo.bootstrap import Acuerdo


def _core_of(request: Request) -> Acuerdo:
    return cast(Acuerdo, request.app.state.acuerdo)


TheCore = Annotated[Acuerdo, Depends(_core_of)]
