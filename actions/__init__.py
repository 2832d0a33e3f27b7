"""The door of the dialogue engine: custom actions, served over HTTP inside only."""

from actions.server import router

__all__ = ["router"]
