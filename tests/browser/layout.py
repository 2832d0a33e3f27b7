"""How a page lies in its window."""

from typing import Final

from playwright.sync_api import Page

_SIDEWAYS: Final = """() => [...document.querySelectorAll('body *')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && box.right > document.documentElement.clientWidth + 1
        && each.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})
        && !each.closest('.visually-hidden, .unseen');
}).map(each => `${each.tagName}.${each.className} ${each.id}`)"""


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways, and nothing visible is cut off at the right."""
    page.wait_for_load_state("load")  # without its style sheets a page has no width of its own
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wider, f"{page.url} scrolls sideways"
    assert page.evaluate(_SIDEWAYS) == [], page.url
