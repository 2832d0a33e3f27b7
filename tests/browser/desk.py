"""The agents' desk in a browser, as an agent uses it."""

import re

from playwright.sync_api import Locator, Page, expect

from doors.cli.demonstration import PASSWORD
from tests.browser.held_back import HeldBack


class Desk:
    """One tab with the desk. It counts how often the page was loaded: what is seen live is seen
    without that number growing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.loads = 0
        page.on("load", self._count)

    def _count(self, _: Page) -> None:
        self.loads += 1

    @property
    def number_waiting(self) -> int:
        """How many conversations wait for a person, as the title says it."""
        found = re.match(r"\((\d+)\) ", self.page.title())
        return int(found[1]) if found else 0

    def logs_in(self, login: str = "agente", password: str = PASSWORD) -> None:
        """Come in by the login page."""
        self.page.goto("/desk")
        self.fills_in(login, password)
        self.is_live()

    def logs_out(self) -> None:
        """Leave by the menu with one's name."""
        self.page.locator("#me-summary").click()
        self.page.get_by_role("button", name="Cerrar sesión").click()
        expect(self.page.get_by_role("heading", name="Entrar al escritorio")).to_be_visible()

    def fills_in(self, login: str, password: str = PASSWORD) -> None:
        """Send the login form."""
        self.page.get_by_label("Usuario").fill(login)
        self.page.get_by_label("Contraseña").fill(password)
        self.page.get_by_role("button", name="Entrar").click()

    def is_live(self) -> None:
        """Wait until the page is told of changes."""
        expect(self.page.locator("#stream")).to_have_text("En vivo")

    def line_of(self, person: str) -> Locator:
        """A person's line in the queue, whichever list it is in."""
        return self.page.locator(".queue .line", has_text=person)

    def waiting(self, person: str) -> Locator:
        """A person's line among those who wait for somebody."""
        return self.page.get_by_role("list", name="Esperan a una persona").locator(
            ".line", has_text=person
        )

    def opens(self, person: str) -> None:
        """Open somebody's conversation from the queue."""
        self.line_of(person).first.click()
        expect(self.page.locator("#head").get_by_role("heading", name=person)).to_be_visible()
        self.is_live()

    def takes(self) -> None:
        """Hold the open conversation."""
        self.page.get_by_role("button", name="Tomar la conversación").click()
        expect(self.head).to_contain_text("La tiene usted")

    def answers(self, text: str) -> None:
        """Write to the person."""
        self.page.get_by_label("Respuesta por").fill(text)
        self.page.get_by_role("button", name="Enviar", exact=True).click()
        expect(self.entry(text)).to_be_visible()

    def holds_back(self, act: str) -> HeldBack:
        """Let the next answer to a form (`take`, `reply`) wait until it is told to arrive."""
        return HeldBack(self.page, f"**/desk/conversations/*/{act}")

    def notes(self, text: str) -> None:
        """Leave a note for colleagues."""
        self.page.locator("#note-summary").click()
        self.page.get_by_label("Nota para el equipo").fill(text)
        self.page.get_by_role("button", name="Guardar la nota").click()
        expect(self.thread.locator(".entry.note", has_text=text)).to_be_visible()

    def gives_back(self) -> None:
        """Give the conversation back to the assistant."""
        self.page.get_by_role("button", name="Devolver al asistente").click()
        expect(self.head).to_contain_text("Responde el asistente")

    def closes_as(self, outcome: str) -> None:
        """End the conversation with one outcome."""
        self.page.locator("#close-summary").click()
        self.page.get_by_label("Resultado de la conversación").select_option(label=outcome)
        self.page.get_by_role("button", name="Cerrar la conversación").click()
        expect(self.head).to_contain_text(f"Cerrada · {outcome}")

    def entry(self, text: str) -> Locator:
        """The message of the thread that holds this text."""
        return self.thread.locator(".entry", has_text=text).last

    @property
    def head(self) -> Locator:
        """Who it is, who holds the conversation, whether the identity is proven."""
        return self.page.locator("#head")

    @property
    def thread(self) -> Locator:
        """What was said."""
        return self.page.get_by_role("log", name="Mensajes")

    @property
    def card(self) -> Locator:
        """What is known of the person."""
        return self.page.get_by_role("complementary", name="Ficha de la persona")
