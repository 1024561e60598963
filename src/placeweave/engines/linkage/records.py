"""What linkage reads and finds, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from placeweave.engines.linkage.registers import Number

Verdict = Literal["automatic", "suggested", "conflict", "review", "different"]
"""automatic
    They are one; merged at once, and undoable.
suggested
    They are one by name; a person says yes to many at a time.
conflict
    The numbers say one thing and the names another; a person has to find out.
review
    They may be one; a person looks.
different
    Somebody said that they are not one.
"""
Tier = Literal["A", "B", "C", "D", ""]
_SAME: Final = frozenset({"automatic", "suggested"})


@dataclass(frozen=True, slots=True)
class Record:
    """One organisation as a source, or a workspace, knows it.

    Attributes
    ----------
    key : str
        By what the caller knows it; equal keys are one record.
    name : str
        What it is called. ``other_names`` are what else it is or was called.
    numbers : tuple of Number
        Sound numbers alone, none that somebody disputed.
    postcodes : tuple of str
        Where it is to be found; empty where that is not known.
    parts : tuple of Record
        The records that were put together under this one, where there were several. Nothing is joined to it
        by itself unless it agrees with each of them.
    """

    key: str
    name: str
    numbers: tuple[Number, ...] = ()
    postcodes: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    parts: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that counted: a code that the wording knows, and what it speaks of."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, in the order of their keys, and what is to be thought of them.

    Attributes
    ----------
    tier : {"A", "B", "C", "D", ""}
        How well names and postcodes agree; empty where only a number or a decision brought them together.
    score : float in [0, 1]
        For putting pairs in order. It is not a probability.
    reasons : tuple of Reason, never empty
        What speaks for the verdict, weightiest first.
    """

    one: str
    other: str
    verdict: Verdict
    tier: Tier
    score: float
    reasons: tuple[Reason, ...]


def is_automatic(pair: Pair) -> bool:
    """Tell whether a pair is in the auto tier: taken for one organisation at once, or ticked beforehand."""
    return pair.verdict in _SAME
