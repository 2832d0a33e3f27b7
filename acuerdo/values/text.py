"""Texts that came from outside, as a column can hold them. Pure."""


def storable(text: str, longest: int) -> str:
    """The text without NUL characters and half surrogate pairs, cut to `longest` characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:longest]
