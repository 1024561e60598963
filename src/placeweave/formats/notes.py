"""Pasted workshop notes: one contribution per line or per paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from placeweave.formats import limits
from placeweave.formats.problems import Problem
from placeweave.formats.text import NO_BREAK_SPACE, counted, without_controls

Split = Literal["line", "paragraph"]
MAX_LENGTH = 5_000

# A dash or a star is a bullet only before a space ("-5 degrees" is not a list); round bullets need none.
# Numbers stop at three digits so that "2020. A hard year" keeps its year, and a letter needs a bracket
# so that "A. Smith" keeps the initial.
_MARKER = re.compile(
    r"^[ \t]*(?:(?:"
    r"[-*+–—][ \t]+"
    r"|[•◦▪‣·●○■□▶➢✓✔]\ufe0f?[ \t]*"
    r"|\(?\d{1,3}\)[ \t]+|\d{1,3}\.[ \t]+|\(?[a-z]\)[ \t]+"
    r"|[☐☑☒][ \t]*|\[[ xX]?\][ \t]+"
    r"))+"
)
_ONLY_A_MARKER = re.compile(r"^[ \t]*(?:[-*+–—•◦▪‣·●○■□]|\(?\d{1,3}[.)]|\[[ xX]?\])+[ \t]*$")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing somebody said, with the line of the pasted text where it begins."""

    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Notes:
    """What was found in a pasted text."""

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    said: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Count the pieces found, kept or held."""
        return len(self.notes) + sum(problem.severity == "held" for problem in self.problems)


def read_notes(pasted: str, *, split: Split = "line", max_length: int = MAX_LENGTH) -> Notes:
    """Cut pasted notes into contributions, without their bullets and numbers.

    The text that comes out is the text that is kept: quotes are offsets into it, never into what was pasted.
    """
    text, removed = without_controls(_plain_newlines(pasted))
    said = [f"Removed: {counted(removed, 'control character')}."] if removed else []
    kept: list[Note] = []
    problems: list[Problem] = []
    for note in _pieces(text, split):
        limits.refuse_too_many_rows(len(kept) + 1, "The pasted text")
        if len(note.text) > max_length:
            problems.append(_too_long(note, max_length))
        else:
            kept.append(note)
    return Notes(tuple(kept), tuple(problems), tuple(said))


def _plain_newlines(pasted: str) -> str:
    for newline in ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"):
        pasted = pasted.replace(newline, "\n")
    return pasted.replace(NO_BREAK_SPACE, " ")


def _pieces(text: str, split: Split) -> Iterator[Note]:
    lines = enumerate(text.split("\n"), start=1)
    if split == "line":
        for row, line in lines:
            if cleaned := _cleaned(line):
                yield Note(cleaned, row)
        return
    yield from _paragraphs(lines)


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[Note]:
    gathered: list[str] = []
    start = 0
    for row, line in lines:
        if not line.strip():
            if gathered:
                yield Note("\n".join(gathered), start)
            gathered = []
        elif cleaned := _cleaned(line):
            start = row if not gathered else start
            gathered.append(cleaned)
    if gathered:
        yield Note("\n".join(gathered), start)


def _cleaned(line: str) -> str:
    if _ONLY_A_MARKER.match(line):
        return ""
    return _MARKER.sub("", line + " ").strip()


def _too_long(note: Note, max_length: int) -> Problem:
    reason = f"This piece is {len(note.text):,} characters long; at most {max_length:,} are kept in one. Split it."
    return Problem(note.row, "text", reason, note.text[:120] + "…", "held")
