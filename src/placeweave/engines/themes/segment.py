"""Cut a narrative into sentences and meaning units, as offsets into the unchanged text."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 400
"""A unit longer than this many code points is cut again at a softer break."""

_BULLET = re.compile(r"(?:[-–—*•·▪◦‣●○>+]+|\(?(?:\d{1,3}|[a-zA-Z])[.)])(?=\s)\s*|[•▪◦‣●○]\s*")
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？]+[」』”’）]*)")
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d"
_TRAILING_EMOJI = re.compile(rf"\s*[{_EMOJI}]+")
_SOFT = (re.compile(r"[;:]\s+"), re.compile(r",\s+"), re.compile(r"[、，；]"), re.compile(r"\s+"))
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev fr sr jr st rd ave no nos vs etc eg ie e.g i.e cf al approx dept govt ltd inc co tel ext "
    "mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec hrs hr min mins "
    "a.m p.m a.k.a".split()
)
_NEVER_LAST = frozenset("mr mrs ms mx dr prof rev vs cf eg ie e.g i.e approx dept".split())


def segment(text: str) -> list[tuple[int, int]]:
    """Split a text into units, as (start, end) code-point offsets.

    Line breaks and bullets always divide. Sentence ends divide unless they close an abbreviation, an initial or a
    decimal number. A unit longer than ``LONGEST`` is cut at a semicolon, comma or space, and at a fixed length where
    there is none of these. White space and bullets belong to no unit; every other character belongs to exactly one.

    Parameters
    ----------
    text : str
        Any text at all; it is only ever sliced.

    Returns
    -------
    list of (int, int)
        In order and never overlapping; ``text[start:end]`` is the unit, verbatim.

    Examples
    --------
    >>> text = "Dr. Reid is kind. - The bus is late"
    >>> [text[a:b] for a, b in segment(text)]
    ['Dr. Reid is kind.', '- The bus is late']
    >>> [*segment("")]
    []
    """
    units: list[tuple[int, int]] = []
    for start, end in _lines(text):
        for piece in _sentences(text, start, end):
            units.extend(_short_enough(text, *piece))
    return units


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Give each line without its outer white space and its bullet."""
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = _trimmed(text, at, at + len(line))
        bullet = _BULLET.match(text, start, end)
        if bullet and bullet.end() < end:
            start = bullet.end()
        if start < end:
            yield start, end
        at += len(line)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Divide one line at its sentence ends."""
    at = start
    for mark in _END.finditer(text, start, end):
        if _is_abbreviation(text, at, mark, end):
            continue
        emoji = _TRAILING_EMOJI.match(text, mark.end(), end)
        stop = emoji.end() if emoji else mark.end()
        if stop > at:
            yield from _nonempty(text, at, stop)
        at = max(at, stop)
    yield from _nonempty(text, at, end)


def _is_abbreviation(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Say whether a full stop belongs to the word before it rather than to the sentence."""
    if mark.group() != ".":
        return False
    before = text[start : mark.start()]
    word = re.split(r"[\s(\[\"“‘]", before)[-1]
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return True
    if word.casefold() not in _ABBREVIATIONS:
        return False
    following = text[mark.end() : end].lstrip()
    return word.casefold() in _NEVER_LAST or bool(following and not following[0].isupper())


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a very long unit at the softest break that keeps the parts readable."""
    while end - start > LONGEST:
        cut = _soft_break(text, start, start + LONGEST)
        yield from _nonempty(text, start, cut)
        start = cut
    yield from _nonempty(text, start, end)


def _soft_break(text: str, start: int, limit: int) -> int:
    """Find the last soft break in the second half of the allowed length, or the limit itself."""
    for pattern in _SOFT:
        breaks = [found.end() for found in pattern.finditer(text, start + LONGEST // 2, limit)]
        if breaks:
            return breaks[-1]
    return limit


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both offsets inwards past white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _nonempty(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the trimmed span unless nothing is left of it."""
    start, end = _trimmed(text, start, end)
    if start < end:
        yield start, end
