"""The page with the simulated phone, as the person who plays a debtor uses it."""

import re
from typing import Final, Literal

from playwright.sync_api import Locator, Page, expect

Channel = Literal["whatsapp", "telegram"]
_NAMES: Final[dict[Channel, str]] = {"whatsapp": "WhatsApp", "telegram": "Telegram"}


class Phone:
    """One tab with the phone. `hears` waits for the one answer to what was done before."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._heard = 0

    def is_picked_up_from_the_start_page(self) -> None:
        """Come in by the front door."""
        self.page.goto("/")
        self.page.get_by_role("link", name="El teléfono").click()
        expect(self.page.get_by_role("heading", name="¿De quién es el teléfono?")).to_be_visible()

    def belongs_to(self, person: str, channel: Channel = "whatsapp") -> None:
        """Open the page and become somebody of the demonstration portfolio."""
        self.page.goto("/simulator/")
        if channel != "whatsapp":
            self.page.get_by_role("radio", name=_NAMES[channel]).check(force=True)
        self.chooses(person)

    def chooses(self, person: str) -> None:
        """Become somebody of the list, who has not written yet."""
        self.page.get_by_role("button", name=person).click()
        expect(self.page.get_by_role("button", name=person)).to_have_attribute(
            "aria-pressed", "true"
        )
        expect(self.page.locator("#messages .hello")).to_be_visible()
        self._heard = 0

    def has_number(self, number: str) -> None:
        """Open the page and become somebody outside of the demonstration, who has not written."""
        self.page.goto("/simulator/")
        self.page.get_by_label("Otro número").fill(number)
        self.page.get_by_role("button", name="Usar").click()
        expect(self.page.locator("#messages .hello")).to_be_visible()
        self._heard = 0

    def writes(self, text: str) -> None:
        """Write and send with Enter."""
        self.line.fill(text)
        self.line.press("Enter")

    def says(self, text: str, *hears: str | re.Pattern[str]) -> Locator:
        """Write and read the answer."""
        self.writes(text)
        return self.hears(*hears)

    def presses(self, title: str, *hears: str | re.Pattern[str]) -> Locator:
        """Press a button below the last answer and read the next one."""
        self.answers.last.get_by_role("button", name=title).click()
        return self.hears(*hears)

    def picks(self, menu: str, title: str, *hears: str | re.Pattern[str]) -> Locator:
        """Open the list below the last answer, take an entry, read the next answer."""
        self.answers.last.get_by_role("button", name=menu).click()
        self.page.locator("#sheet").get_by_role("button", name=title).click()
        return self.hears(*hears)

    def attaches(self, what: str) -> None:
        """Send one of the samples of the menu beside the writing line."""
        self.page.get_by_role("button", name="Adjuntar").click()
        self.page.get_by_role("menuitem", name=what).click()

    def proves_who_they_are(self, last4: str) -> None:
        """From the first greeting to the proven identity."""
        self.says("hola", "¿Hablo con")
        self.presses("Sí, soy yo", "últimos 4")
        self.says(last4, "quedó confirmado")

    def hears(self, *pieces: str | re.Pattern[str]) -> Locator:
        """The next answer; it holds every piece."""
        answer = self.answers.nth(self._heard)
        expect(answer).to_be_visible()
        for piece in pieces:
            expect(answer).to_contain_text(piece)
        self._heard += 1
        return answer

    def sees_it_was_read(self, text: str) -> None:
        """The ticks of something written here turned blue."""
        own = self.page.locator("#messages .bubble.own", has_text=text).last
        expect(own.locator(".bubble-meta")).to_contain_text("leído")

    @property
    def line(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_label("Escriba un mensaje")

    @property
    def answers(self) -> Locator:
        """Every message of the product, oldest first."""
        return self.page.locator("#messages .bubble:not(.own)")
