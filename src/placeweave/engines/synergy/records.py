"""What the search for synergies reads and what it finds, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FindingKind = Literal["match", "overlap", "gap", "meeting", "joint", "shared", "alone", "kindred"]
Fact = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something an organisation holds.

    ``age`` says how long ago somebody checked that it is still so: ``fresh``, ``known`` or ``stale``. Pieces nobody
    holds (the spaces in between) are never given to this engine: they are to be protected, not filled or matched.
    ``identity`` is what the piece is known by where it came from, so that a decision outlives bringing a file in again;
    ``issues`` are those it is said to serve.
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
    identity: str = ""
    issues: tuple[int, ...] = ()


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
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """What one organisation reports of working with another, 0 to 5. Two reports of one pair stay two."""

    source: int
    target: int
    level: int


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that takes part, and the sector it belongs to."""

    key: int
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """A piece of work that several partners run, with the outcomes it is for, by key and name."""

    key: int
    name: str
    partners: tuple[int, ...]
    outcomes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Something that makes the work hard, and who said that it is theirs too."""

    key: int
    wording: str
    organisations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A live issue: who is on it, and where it is felt (nowhere named: everywhere)."""

    key: int
    title: str
    organisations: tuple[int, ...]
    neighbourhoods: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a register says of an organisation: whom it is for and what it is for, in the register's own words.

    ``district`` is the outward part of its postcode, ``funders`` the keys of those that gave it a grant, ``identity``
    its number in the register, so that a decision outlives bringing the file in again.
    """

    key: int
    people: tuple[str, ...]
    purposes: tuple[str, ...]
    district: str = ""
    funders: tuple[int, ...] = ()
    takes_part: bool = False
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Jigsaw:
    """All that the search looks at.

    ``place_names`` are words that are no evidence of anything here; ``perhaps_one`` pairs bodies of which a person has
    yet to say whether they are one.
    """

    pieces: Sequence[Piece]
    needs: Sequence[Need]
    ties: Sequence[Tie] = ()
    place_names: Sequence[str] = ()
    partners: Sequence[Partner] = ()
    programmes: Sequence[Programme] = ()
    difficulties: Sequence[Difficulty] = ()
    issues: Sequence[Issue] = ()
    bodies: Sequence[Body] = ()
    perhaps_one: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One suggestion.

    Attributes
    ----------
    signature : str
        What it is about: the same for the same records, so that a decision survives computing again.
    facts : str
        Digest of what those records say: a refused finding may come back once this has changed.
    reason : tuple of mappings
        Facts in order of weight, each with a ``code`` and the records it speaks of; turned into words elsewhere.
    likely, valuable : float or None
        Of introductions alone, and never added up: contacts in common, and what the meeting would join.
    """

    kind: FindingKind
    signature: str
    facts: str
    score: float
    reason: tuple[Fact, ...]
    need: int | None
    pieces: tuple[int, ...]
    organisations: tuple[int, ...]
    issue: int | None = None
    likely: float | None = None
    valuable: float | None = None
