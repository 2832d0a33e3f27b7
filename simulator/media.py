"""Files that simulated people send, and ready-made samples of them."""

import struct
import zlib
from collections import OrderedDict
from dataclasses import dataclass

MAX_FILE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A file with the name and type under which it was sent."""

    id: str
    content: bytes
    content_type: str
    filename: str


class MediaStore:
    """Keeps files in memory; the oldest go first when there are too many bytes."""

    def __init__(self, max_bytes: int = 64 * 1024 * 1024) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._max_bytes = max_bytes
        self._bytes = 0

    def keep(self, file: StoredFile) -> None:
        """Store a file under its id, dropping older ones when room is needed."""
        self._files[file.id] = file
        self._bytes += len(file.content)
        while self._bytes > self._max_bytes and len(self._files) > 1:
            _, dropped = self._files.popitem(last=False)
            self._bytes -= len(dropped.content)

    def find(self, file_id: str) -> StoredFile | None:
        """The file, or None when it never was or is forgotten."""
        return self._files.get(file_id)

    def clear(self) -> None:
        """Forget every file."""
        self._files.clear()
        self._bytes = 0


def sample_photo() -> bytes:
    """A small PNG that stands for a photographed receipt: white paper with grey lines."""
    width, height = 180, 240
    rows = []
    for y in range(height):
        line = 20 < y < 220 and y % 24 < 8
        ink = [
            0xA8 if line and 24 < x < (120 if y % 48 < 24 else 150) else 0xFA for x in range(width)
        ]
        rows.append(b"\x00" + bytes(ink))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _png_chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"".join(rows))),
            (b"IEND", b""),
        )
    )


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def sample_voice_note(seconds: int = 3) -> bytes:
    """A silent voice note in Ogg Opus (RFC 7845), the format of both messengers."""
    silence = b"\xf8\xff\xfe"  # one frame of 20 ms
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 7) + b"acuerdo" + struct.pack("<I", 0)
    pages = [_ogg_page(head, 1, 0, 0, 0x02), _ogg_page(tags, 1, 0, 1, 0)]
    for second in range(1, seconds + 1):
        last = 0x04 if second == seconds else 0
        pages.append(_ogg_page(silence * 50, 50, second * 48_000, second + 1, last))
    return b"".join(pages)


def _ogg_page(payload: bytes, packets: int, granule: int, sequence: int, flags: int) -> bytes:
    lacing = bytes([len(payload) // packets] * packets)
    head = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, 1, sequence, 0)
    page = head + bytes([packets]) + lacing + payload
    return page[:22] + struct.pack("<I", _ogg_checksum(page)) + page[26:]


def _ogg_checksum(page: bytes) -> int:
    checksum = 0
    for byte in page:
        checksum ^= byte << 24
        for _ in range(8):
            carry = 0x04C11DB7 if checksum & 0x80000000 else 0
            checksum = ((checksum << 1) & 0xFFFFFFFF) ^ carry
    return checksum


def sample_document() -> bytes:
    """A one-page PDF without text."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


SAMPLES = {
    "photo": ("image/png", "comprobante.png", sample_photo),
    "voice": ("audio/ogg", "nota-de-voz.ogg", sample_voice_note),
    "document": ("application/pdf", "comprobante.pdf", sample_document),
}
