"""What the search for synergies reads and what it finds, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FindingKind = Literal["match", "overlap", "gap"]
Fact = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something an organisation holds.

    ``age`` says how long ago somebody checked that it is still so: ``fresh``, ``known`` or ``stale``. Pieces nobody
    holds (the spaces in between) are never given to this engine: they are to be protected, not filled or matched.
    """

    key: int
    organisation: int
    kind: str
    title: str
    note: str = ""
    when: str = ""
    neighbourhood: int | None = None
    sharability: Literal["open", "ask", "no"] = "ask"
    age: Literal["fresh", "known", "stale"] = "known"


@dataclass(frozen=True, slots=True)
class Need:
    """Something wanted; ``asked_by`` is the organisation that asks, if it is one. ``priority`` runs from 1 to 3."""

    key: int
    kind: str
    title: str
    detail: str = ""
    asked_by: int | None = None
    asked_for: str = ""
    when: str = ""
    neighbourhood: int | None = None
    priority: int = 2


@dataclass(frozen=True, slots=True)
class Tie:
    """What one organisation reports of working with another, 0 to 5. Two reports of one pair stay two."""

    source: int
    target: int
    level: int


@dataclass(frozen=True, slots=True)
class Jigsaw:
    """All that the search looks at; ``place_names`` are words that are no evidence of anything here."""

    pieces: Sequence[Piece]
    needs: Sequence[Need]
    ties: Sequence[Tie] = ()
    place_names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One match, overlap or gap.

    Attributes
    ----------
    signature : str
        What it is about: the same for the same records, so that a decision survives computing again.
    facts : str
        Digest of what those records say: a refused finding may come back once this has changed.
    reason : tuple of mappings
        Facts in order of weight, each with a ``code`` and the records it speaks of; turned into words elsewhere.
    """

    kind: FindingKind
    signature: str
    facts: str
    score: float
    reason: tuple[Fact, ...]
    need: int | None
    pieces: tuple[int, ...]
    organisations: tuple[int, ...]
