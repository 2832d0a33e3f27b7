"""The page of the API works without any other host."""

import re

from playwright.sync_api import expect

from doors.cli.demonstration import API_KEY
from tests.browser.chromium import Visitors


def test_an_integrator_tries_the_api(visitors: Visitors) -> None:
    page = visitors.arrives()
    page.goto("/")
    page.get_by_role("link", name="La API").click()
    # with the key of the demonstration
    page.get_by_role("button", name="Authorize").click()
    page.locator(".auth-container input").fill(API_KEY)
    page.locator(".auth-btn-wrapper").get_by_role(
        "button", name=re.compile("^Appl|Authorize")
    ).click()
    page.get_by_role("button", name="Close").click()
    # a debtor is asked for
    page.locator('[data-path="/api/v1/debtors/{external_id}"]').click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_placeholder("external_id").fill("pe-jose")
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table")).to_contain_text("José Quispe")
