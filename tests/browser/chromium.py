"""A real Chromium for the tests: where it is, and tabs that tell of whatever goes wrong in them."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Route,
    sync_playwright,
)

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE_WIDTH: Final = {"width": 390, "height": 844}
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def executable() -> str | None:
    """The browser to run: `ACUERDO_CHROMIUM`, otherwise the first that this machine has."""
    named = os.environ.get("ACUERDO_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


@contextlib.contextmanager
def launched(path: str) -> Iterator[Browser]:
    """A browser without a window, ended on leaving."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitors:
    """Everybody who sits at a browser of their own during one test.

    Nothing but this machine can be reached. What a page complains of (its console, its scripts,
    a request that left this machine) is collected in `complaints`; a test that provokes an answer
    of 4xx says so with `expects`.
    """

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self._contexts: list[BrowserContext] = []
        self._expected: list[str] = []
        self._heard: list[str] = []

    def arrives(self, **how: Any) -> Page:
        """A tab of somebody new: own cookies, own cache; `how` as Playwright's `new_context`."""
        how = {"locale": "es-PE", "viewport": {"width": 1360, "height": 860}} | how
        context = self._browser.new_context(base_url=self._base_url, **how)
        context.set_default_timeout(15_000)
        context.route("**/*", self._let_through)
        context.on("console", self._console)
        context.on("weberror", lambda problem: self._heard.append(f"script: {problem.error}"))
        self._contexts.append(context)
        return context.new_page()

    def expects(self, complaint: str) -> None:
        """What is provoked on purpose, as a part of the console's words: `status of 401`."""
        self._expected.append(complaint)

    @property
    def complaints(self) -> list[str]:
        """Every complaint that nobody expected."""
        return [
            heard for heard in self._heard if not any(words in heard for words in self._expected)
        ]

    def pages(self) -> list[Page]:
        """Every open tab."""
        return [page for context in self._contexts for page in context.pages]

    def photograph(self, folder: Path, name: str) -> None:
        """Keep what every tab shows, for whoever reads a failure."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(self.pages(), 1):
            with contextlib.suppress(Error):
                page.screenshot(path=folder / f"{name}-{number}.png")

    def leave(self) -> None:
        """Close every tab."""
        for context in self._contexts:
            context.close()

    def _let_through(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in _LOOPBACK:
            route.continue_()
        else:
            self._heard.append(f"left this machine: {route.request.url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._heard.append(f"{message.type}: {message.text} ({message.location['url']})")
