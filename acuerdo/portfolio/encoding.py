"""In which letters a file is written: as creditors' programs write it, not as they should. Pure."""

import codecs
from typing import Final

# A mark at the beginning, the longer ones first: that of UTF-32 begins like that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What else than ASCII stands in Spanish texts of Windows-1252, of which Latin-1 is a part. The same
# bytes mean other letters in other alphabets: where one of them is not of these, it is not this.
_SPANISH: Final = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°«»“”‘’–—…·´¨€çÇàèìòùâêîôûäëïöÀÈÌÒÙÂÊÎÔÛÄËÏÖ\xa0")


class UnknownEncoding(ValueError):
    """The bytes are text in no encoding that can be told; says what they are not."""


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32, or the Latin-1 of Windows where it is Spanish.

    Marks at the beginning are left out. Raises UnknownEncoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _as(content[len(mark) :], encoding)
    zeros = content[:4].count(0)
    if zeros and len(content) > 1:
        width = "32" if zeros > 2 else "16"
        return _as(content, f"utf-{width}-{'be' if content[0] == 0 else 'le'}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(content)


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(f"It begins like {encoding.upper()} and is not.") from error


def _windows(content: bytes) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnknownEncoding("It is neither UTF-8 nor Windows-1252; send UTF-8.") from error
    if any(not letter.isascii() and letter not in _SPANISH for letter in text):
        raise UnknownEncoding("It is not UTF-8, and not Spanish in Windows-1252; send UTF-8.")
    return text
