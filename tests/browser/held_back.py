"""A slow connection, in small: some answers wait until a test lets them through."""

from playwright.sync_api import APIResponse, Page, Route

from quality.patience import eventually


class HeldBack:
    """Answers to one kind of request: the server gives them, the page has to wait for them."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._page = page
        self._answered: list[tuple[Route, APIResponse]] = []
        page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        self._answered.append((route, route.fetch()))

    def arrives(self) -> None:
        """Let the page have the answer."""
        eventually(self._was_answered, "the server answered")
        for route, answer in self._answered:
            route.fulfill(response=answer)

    def _was_answered(self) -> bool:
        # asking the browser anything lets Playwright hear of what came meanwhile
        return self._page.evaluate("true") and bool(self._answered)
