"""The manager's pages in a browser, as a manager uses them."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk


class Manager:
    """One tab of somebody who manages."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._desk = Desk(page)

    def logs_in(self) -> None:
        """Come in and go to the manager's pages."""
        self._desk.logs_in("gerente")
        self.page.get_by_role("link", name="Supervisión").click()
        expect(self.page.get_by_role("heading", name="Gestiones", level=1)).to_be_visible()

    def goes_to(self, tab: str) -> None:
        """Open one of the tabs."""
        self.page.get_by_role("navigation", name="Supervisión").get_by_role(
            "link", name=tab
        ).click()
        expect(
            self.page.get_by_role("navigation", name="Supervisión").get_by_role("link", name=tab)
        ).to_have_attribute("aria-current", "page")

    def opens_the_file_of(self, reference: str) -> None:
        """Open one debtor's file."""
        self.goes_to("Expediente")
        self.page.get_by_label("Referencia").fill(reference)
        self.page.get_by_role("button", name="Abrir").click()

    def downloads(self, name: str) -> bytes:
        """What a download link gives."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=name).click()
        return Path(download.value.path()).read_bytes()

    @property
    def sheet(self) -> Locator:
        """The page without its frame."""
        return self.page.get_by_role("main")
