"""The pages keep the promises of their security policy."""

import re
from pathlib import Path

import pytest

from doors.console.rendering import STATIC

TEMPLATES = sorted((STATIC.parent / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_script_and_no_style_inside_a_page(template: Path) -> None:
    html = template.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", html)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_asked_of_another_host(template: Path) -> None:
    assert "://" not in template.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_the_token(template: Path) -> None:
    for form in re.findall(r"<form.*?</form>", template.read_text(encoding="utf-8"), re.DOTALL):
        asks = 'method="get"' in form
        assert asks or 'method="post"' in form
        # what only asks has its answers in the address, where a token must not be
        assert ('name="csrf_token"' in form) is not asks


def test_the_only_filter_around_escaping_is_not_used() -> None:
    assert not [path.name for path in TEMPLATES if "|safe" in re.sub(r"\s", "", path.read_text())]
