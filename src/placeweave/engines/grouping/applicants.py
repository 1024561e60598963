"""What the choice of a cohort reads and what it answers, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Side = Literal["least", "most"]
Because = Literal["few_applied", "few_others", "other_quotas", "unsettled"]
Kept = Literal["all_longer", "lot", "quotas", "unsettled"]

EACH = "*"
"""The value of a quota that holds for each value there is, such as every organisation."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who asked for a place: how long they have waited, and what they are (sector, place, organisation)."""

    key: str
    waited: float = 0.0
    traits: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a cohort are to have one value of a trait, at least and at most: wished for, not forced."""

    aspect: str
    value: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """So many places that are filled together."""

    key: str
    places: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A quota that is not met, by how many, and why.

    Attributes
    ----------
    side : {"least", "most"}
        Which of its two figures.
    wanted, got, applied : int
        The figure, how many there are in the cohort, and how many applied at all.
    because : {"few_applied", "few_others", "other_quotas", "unsettled"}
        Too few of them, or too few others, applied; or every choice that meets it falls short elsewhere by as much; or
        the search ended before it was known.
    """

    aspect: str
    value: str
    cohort: str
    side: Side
    wanted: int
    got: int
    applied: int
    because: Because


@dataclass(frozen=True, slots=True)
class Rank:
    """Somebody who waits.

    Attributes
    ----------
    key : str
    line, in_line : str, int
        The sector (or the first aspect that quotas speak of), and which of those who wait in it they are, from 1.
    of_all : int
        Which of all applicants they are by waiting time, from 1.
    kept : {"all_longer", "lot", "quotas", "unsettled"}
        Why they wait: all who were chosen have waited longer, or as long with a better lot; or those chosen who waited
        less are needed by ``quotas``; or the search ended before it was known.
    shorter : int
        How many were chosen who have waited less.
    quotas : tuple of Shortfall
        What would not be met if they had the place of the one who has waited least.
    """

    key: str
    line: str
    in_line: int
    of_all: int
    kept: Kept
    shorter: int = 0
    quotas: tuple[Shortfall, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is in which cohort and who waits.

    Attributes
    ----------
    members : tuple of tuple of str
        For each cohort the keys of its members, who waited longest first.
    waiting : tuple of Rank
        Everybody else, in the order in which they would enter if a place like theirs opened.
    shortfalls : tuple of Shortfall
    proved : bool
        Whether it is proved that no choice falls short by fewer, and that none that falls short by as few
        takes somebody earlier in the order of waiting.
    """

    members: tuple[tuple[str, ...], ...]
    waiting: tuple[Rank, ...]
    shortfalls: tuple[Shortfall, ...]
    proved: bool
