"""A Polis conversation as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from placeweave.formats.problems import Problem

Moderated = Literal[-1, 0, 1]
VoteValue = Literal[-1, 0, 1]
Sign = Literal["as expected", "inverted and flipped", "cannot be told"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; ``moderated`` is 1 accepted, 0 undecided, -1 rejected. ``None`` means the file does not say."""

    external_id: str
    text: str
    author: str
    created: datetime | None
    moderated: Moderated
    is_seed: bool | None = None
    is_meta: bool | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote: 1 agree, -1 disagree, 0 pass. It is *standing* unless the same person voted again later."""

    participant: str
    statement: str
    value: VoteValue
    at: datetime | None
    standing: bool = True
    important: bool | None = None
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Participant:
    """One pseudonymous participant with the group Polis published, which is information and never truth."""

    external_id: str
    group: int | None = None
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PolisExport:
    """A whole export: statements by number, votes from first to last, and all that the reader noticed."""

    topic: str
    description: str
    url: str
    statements: tuple[Statement, ...]
    votes: tuple[Vote, ...]
    participants: tuple[Participant, ...]
    sign: Sign = "as expected"
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Vote, ...]:
        """Give the last vote of each person on each statement."""
        return tuple(vote for vote in self.votes if vote.standing)

    @property
    def history(self) -> tuple[Vote, ...]:
        """Give the votes that a later vote of the same person replaced."""
        return tuple(vote for vote in self.votes if not vote.standing)
