"""Files that people sent are shown, and can do nothing."""

from pathlib import Path
from typing import Any

import pytest

from acuerdo.bootstrap import Acuerdo
from acuerdo.conversations.models import Message
from acuerdo.platform.db.session import Database
from tests.builders import a_contact_point, a_conversation, a_message, saved
from tests.integration.doors.console.conftest import url_of
from tests.integration.doors.console.pages import Browser


@pytest.fixture
def folder(core: Acuerdo) -> Path:
    """Where received files are kept."""
    core.settings.media_folder.mkdir(parents=True)
    return core.settings.media_folder


async def a_message_with(db: Database, *media: dict[str, Any]) -> Message:
    point = a_contact_point()
    conversation = a_conversation(point)
    message = a_message(conversation, "", media=list(media))
    await saved(db, point, conversation, message)
    return message


def kept(folder: Path, content_type: str, content: bytes = b"bytes") -> dict[str, Any]:
    (folder / "abc123").write_bytes(content)
    return {
        "kind": "file",
        "content_type": content_type,
        "reference": "x",
        "file": "abc123",
        "bytes": len(content),
    }


@pytest.mark.parametrize(
    ("content_type", "served_as", "disposition"),
    [
        ("image/jpeg", "image/jpeg", "inline"),
        ("audio/ogg; codecs=opus", "audio/ogg", "inline"),
        ("application/pdf", "application/octet-stream", "attachment"),
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("", "application/octet-stream", "attachment"),
    ],
)
async def test_only_what_cannot_run_is_shown(
    db: Database,
    browser: Browser,
    folder: Path,
    content_type: str,
    served_as: str,
    disposition: str,
) -> None:
    message = await a_message_with(db, kept(folder, content_type))

    response = await browser.client.get(f"/desk/media/{message.id}/0")

    assert response.content == b"bytes"
    assert response.headers["content-type"] == served_as
    assert response.headers["content-disposition"].startswith(disposition)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "", "missing"])
async def test_nothing_outside_the_folder_is_served(
    db: Database, browser: Browser, folder: Path, name: str
) -> None:
    (folder.parent / "secret").write_text("secret")
    message = await a_message_with(db, {**kept(folder, "image/png"), "file": name})

    assert (await browser.client.get(f"/desk/media/{message.id}/0")).status_code == 404


@pytest.mark.parametrize("index", [1, -1])
async def test_a_file_that_is_not_there(
    db: Database, browser: Browser, folder: Path, index: int
) -> None:
    message = await a_message_with(db, kept(folder, "image/png"))

    assert (await browser.client.get(f"/desk/media/{message.id}/{index}")).status_code == 404


async def test_the_thread_shows_pictures_sounds_files_and_what_is_missing(
    db: Database, browser: Browser, folder: Path
) -> None:
    message = await a_message_with(
        db,
        {**kept(folder, "image/png"), "kind": "image"},
        {**kept(folder, "audio/ogg"), "kind": "audio"},
        {**kept(folder, "application/pdf"), "kind": "document"},
        {"kind": "image", "content_type": "image/png", "reference": "x"},
        {"kind": "video", "content_type": "video/mp4", "reference": "x", "problem": "refused"},
    )

    html = (await browser.client.get(url_of(message.conversation_id))).text

    assert f'<img src="/desk/media/{message.id}/0"' in html
    assert f'src="/desk/media/{message.id}/1"' in html
    assert f'href="/desk/media/{message.id}/2"' in html
    assert "Imagen: descargándose…" in html
    assert "Video: el proveedor no la entregó; pida que la reenvíe" in html
