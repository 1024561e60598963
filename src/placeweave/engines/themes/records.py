"""The plain records that go into the themes engine and come out of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing somebody said: a sentence, a note or an answer.

    Parameters
    ----------
    id : str
        The caller's own name for it. Results are given by this id; it never influences what is found.
    text : str
        The words, unchanged. Quotes are offsets into exactly this text.
    speaker, group : str
        Who said it and which group they belong to, or empty where unknown. They only choose between quotes and
        guard labels; they never influence which theme a text falls into.
    """

    id: str
    text: str
    speaker: str = ""
    group: str = ""

    @property
    def voice(self) -> tuple[str, str]:
        """Whose voice this counts as: the speaker, or the unit itself where nobody is named."""
        return ("speaker", self.speaker) if self.speaker else ("unit", self.id)


@dataclass(frozen=True, slots=True)
class Constraints:
    """What people have already decided, as pairs of unit ids that a new run may not break."""

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice of one unit: ``unit.text[start:end]``, in Unicode code points.

    ``said_by`` is how many units of the theme say the same thing in (nearly) the same words.
    """

    unit: str
    start: int
    end: int
    said_by: int = 1


@dataclass(frozen=True, slots=True)
class Theme:
    """A proposed theme: its telling terms, its units and the quotes that show it best.

    ``size`` counts near-duplicates once; ``units`` holds every unit. ``parent`` is the id of the theme one level
    coarser that holds this one, or None.
    """

    id: str
    terms: tuple[str, ...]
    size: int
    units: tuple[str, ...]
    quotes: tuple[Quote, ...]
    parent: str | None = None

    @property
    def name(self) -> str:
        """A working name made of the best terms, until a person gives a real one."""
        return " / ".join(self.terms[:3])


@dataclass(frozen=True, slots=True)
class Level:
    """One resolution of the hierarchy: each unit's group at that level, by group id."""

    name: str
    themes: int
    members: dict[str, tuple[str, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Everything one proposal found, and what it was found from."""

    embedder: str
    engine_version: str
    seed: int
    n: int
    fingerprint: str
    levels: tuple[Level, ...]
    themes: tuple[Theme, ...]
    assignments: dict[str, str] = field(repr=False)
    unplaced: tuple[str, ...]
    seconds: float
    notes: tuple[str, ...] = ()

    def theme(self, theme_id: str) -> Theme:
        """Give one theme by its id.

        Raises
        ------
        KeyError
            If this run has no such theme.
        """
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)


def normalised(text: str) -> str:
    """Give the form in which two texts count as the same: case, spacing and Unicode spelling put aside."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def digest(*parts: str) -> str:
    """Give the sha256 of several strings, kept apart so that ("ab", "c") differs from ("a", "bc")."""
    sha = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        sha.update(str(len(raw)).encode() + b":" + raw)
    return sha.hexdigest()
