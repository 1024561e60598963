"""Keeping formulas inert: text a spreadsheet would run gets a leading apostrophe, and loses it again when read."""

from __future__ import annotations

import re

# Tab, return and newline count because spreadsheets skip them; the full-width signs because some read them as plain.
_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guard(text: str) -> str:
    """Put an apostrophe before text that begins like a formula (or like one already guarded)."""
    return "'" + text if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """Take back the one apostrophe that :func:`guard` put there."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
