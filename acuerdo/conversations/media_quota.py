"""How many files of one sender are fetched, and how much of the disk they may take."""

from dataclasses import dataclass

from acuerdo.platform.settings import MediaSettings


@dataclass(frozen=True, slots=True)
class FilesSent:
    """Files of one sender that were fetched in the last 24 hours: how many, and their bytes."""

    count: int = 0
    size: int = 0


def quota_problem(sent: FilesSent, free_bytes: int, limits: MediaSettings) -> str | None:
    """Why the next file is not fetched, a short code; None where it is.

    The largest possible file must fit, for its size is only known once it is here.
    """
    if free_bytes - limits.largest_bytes < limits.free_bytes:
        return "disk_full"
    if sent.count >= limits.sender_files_a_day:
        return "too_many_files"
    if sent.size + limits.largest_bytes > limits.sender_bytes_a_day:
        return "too_many_bytes"
    return None
