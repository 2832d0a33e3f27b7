"""Files and folders that nobody else on the machine reads."""

import os
from pathlib import Path
from typing import BinaryIO, Final

_FILE: Final = 0o600
# Others pass through to the database server, which runs as a user of its own where we are root;
# they see no name in it.
_FOLDER: Final = 0o711


def private_folder(folder: Path) -> Path:
    """Make a folder, where it is missing, that others cannot list or write; give it back."""
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    folder.chmod(_FOLDER)
    return folder


def private_append(file: Path) -> BinaryIO:
    """Open a file to add to its end; others cannot read it, also where it was there before."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _FILE)
    os.fchmod(descriptor, _FILE)
    return os.fdopen(descriptor, "ab")


def write_private(file: Path, content: bytes) -> None:
    """Write a whole file that others cannot read."""
    descriptor = os.open(file, os.O_WRONLY | os.O_TRUNC | os.O_CREAT, _FILE)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
