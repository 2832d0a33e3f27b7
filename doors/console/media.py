"""Files that people sent: shown to staff only, and never as anything that can run."""

import mimetypes
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from acuerdo.platform.errors import NotFound
from acuerdo.views.desk.transcript import MediaView
from doors.console.errors import DeskRoute
from doors.console.security import FILE_POLICY
from doors.console.sessions import PassiveUser
from doors.http import TheCore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

# What a browser shows by itself without running anything; the rest is a download.
SHOWN: Final = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/gif",
        "audio/ogg",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/amr",
        "audio/wav",
        "video/mp4",
        "video/3gpp",
    }
)


@router.get("/media/{message_id}/{index}")
async def received_file(core: TheCore, _: PassiveUser, message_id: UUID, index: int) -> Response:
    """Return one file of a message, shown or as a download. Raises NotFound."""
    media = await core.views.desk.media(message_id, index)
    folder = core.settings.media_folder.resolve()
    path = (folder / (media.file or "")).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise NotFound
    content_type = plain_type(media)
    return FileResponse(
        path,
        media_type=content_type if content_type in SHOWN else "application/octet-stream",
        content_disposition_type="inline" if content_type in SHOWN else "attachment",
        filename=f"archivo-{index + 1}{mimetypes.guess_extension(content_type) or ''}",
        headers={"Content-Security-Policy": FILE_POLICY},
    )


def plain_type(media: MediaView) -> str:
    """Return a content type without its parameters, in lower case."""
    return media.content_type.partition(";")[0].strip().lower()
