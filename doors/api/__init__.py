"""The door of other systems: REST with its documentation, and what operators ask."""

from fastapi import APIRouter

from doors.api import cases, operation, portfolio, v1
from doors.api.docs import mount
from doors.api.operation import live

__all__ = ["live", "mount", "router"]

router = APIRouter()
router.include_router(portfolio.router)
router.include_router(v1.router)
router.include_router(cases.router)
router.include_router(operation.router)
