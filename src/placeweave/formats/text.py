"""Turning bytes into text, and saying which encoding that took."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from placeweave.formats.problems import Unreadable

MAX_DIGITS = 18
NO_BREAK_SPACE = "\u00a0"
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with the encoding it was read in and what the reader changed."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(content: bytes, name: str) -> Decoded:
    """Read bytes as UTF-8, else as cp1252, and tell which.

    No-break spaces become ordinary ones; a NUL means the file is not text and is refused.
    """
    text, encoding = _decode(content, name)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unreadable(f"{name} is not a text file: it holds a NUL character on line {line}.")
    notes = [] if encoding == "utf-8" else [f"Read as {_SPOKEN[encoding]} because it is not UTF-8."]
    if count := text.count(NO_BREAK_SPACE):
        text = text.replace(NO_BREAK_SPACE, " ")
        notes.append(f"Read as ordinary spaces: {counted(count, 'no-break space')}.")
    return Decoded(text, encoding, tuple(notes))


def is_whole_number(text: str) -> bool:
    """Tell plain digits, few enough that turning them into a number is always safe."""
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS


def is_storable(text: str) -> bool:
    """Tell whether a database can hold a text: a NUL and half of a pair it cannot."""
    return _UNSTORABLE.search(text) is None


def storable(text: str) -> str:
    """Give a text with a mark in place of each character that no database can hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def counted(count: int, noun: str) -> str:
    """Say a number with its noun: 1 vote, 2 votes, 1,234 votes."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def without_controls(text: str) -> tuple[str, int]:
    """Give the text without control characters other than newline and tab, and how many were removed."""
    return _CONTROL.subn("", text)


_SPOKEN = {"cp1252": "cp1252 (Windows)", "utf-16": "UTF-16 (Unicode text)"}


def _decode(content: bytes, name: str) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16", name), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(content, "cp1252", name), "cp1252"


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(
            f"{name} is neither UTF-8 nor {_SPOKEN[encoding]} text: line {line} holds a byte that cannot be read; "
            "save it as CSV UTF-8 and try again."
        ) from fault
