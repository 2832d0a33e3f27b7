"""The call screen of the simulated phone, and the agent's softphone, as people use them."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

_KEY_PATIENCE_MS: Final = 20_000


class Telephone:
    """The call screen over the page with the phone."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screen: Locator = page.get_by_role("region", name="Llamada")

    def dials(self) -> None:
        """Call the product."""
        self.page.get_by_role("button", name="Llamar", exact=True).click()
        expect(self.screen).to_be_visible()

    def rings(self) -> None:
        """Wait until it rings."""
        expect(self.screen.get_by_role("status")).to_have_text("Llamada entrante")

    def picks_up(self) -> None:
        """Answer."""
        self.screen.get_by_role("button", name="Contestar").click()

    def hears(self, *pieces: str) -> None:
        """Everything that was said holds each piece."""
        for piece in pieces:
            words = self.screen.locator("#call-words")
            expect(words).to_contain_text(piece, timeout=_KEY_PATIENCE_MS)

    def presses(self, digits: str, *hears: str) -> None:
        """Press keys one by one."""
        for digit in digits:
            self.screen.get_by_role("button", name=digit, exact=True).click()
        self.hears(*hears)

    def says(self, text: str, *hears: str) -> None:
        """Type what would be said."""
        self.screen.get_by_label("Diga algo").fill(text)
        self.screen.get_by_role("button", name="Decir").click()
        self.hears(*hears)

    def is_with_a_person(self) -> None:
        """Wait until somebody of the desk is on the line."""
        expect(self.screen.get_by_role("status")).to_have_text("Con una persona")

    def is_over(self) -> None:
        """Wait until the call has ended."""
        expect(self.screen.get_by_role("status")).to_have_text("Llamada terminada")


class Softphone:
    """The agent's telephone, in a tab beside the desk."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self) -> None:
        """Open it and wait until calls can reach it."""
        with self.page.expect_response(re.compile("/desk/phone/here")):
            self.page.goto("/desk/phone")
        expect(self._state).to_have_text("Listo para recibir llamadas.")

    @property
    def _state(self) -> Locator:
        return self.page.locator("#phone-state")

    def answers(self, *hears: str) -> None:
        """Answer what rings and hear who it is."""
        self.page.get_by_role("button", name="Contestar").click()
        for piece in hears:
            expect(self.page.locator("#phone-words")).to_contain_text(piece)

    def accepts(self) -> None:
        """Press the key that takes the call."""
        self.page.get_by_role("button", name="Atender").click()
        expect(self._state).to_have_text("En llamada")

    def hangs_up(self) -> None:
        """End the call."""
        self.page.get_by_role("button", name="Colgar").click()
        expect(self._state).to_have_text("Listo para recibir llamadas.")
