"""Telling whether agree and disagree are the wrong way round, and whether the files of an export agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from placeweave.formats.polis.records import Sign, Statement, Vote, VoteValue
from placeweave.formats.text import counted

OPPOSITE: Mapping[VoteValue, VoteValue] = {1: -1, 0: 0, -1: 1}
_FEW = 5
_SHOWN = 5

Cells = Mapping[tuple[str, str], VoteValue]


@dataclass(frozen=True, slots=True)
class SignReading:
    """Whether the signs are as expected, with the sentence that says why."""

    sign: Sign
    note: str


def read_sign(statements: Iterable[Statement], votes: Sequence[Vote], *, flip: bool | None) -> SignReading:
    """Judge the signs by the authors' own first votes: Polis casts an agree with every statement.

    ``flip`` is a person's decision, and wins.
    """
    own = _own_first_votes(statements, votes)
    counts = f"authors' first votes on their own statements: {own[1]} agree, {own[0]} pass, {own[-1]} disagree"
    if flip is not None:
        return SignReading("inverted and flipped" if flip else "as expected", f"A person decided the signs ({counts}).")
    overall = Counter(vote.value for vote in votes)
    if own[1] + own[-1] == 0:
        return SignReading("cannot be told", f"The signs of the votes cannot be checked ({counts}); read as written.")
    few_and_doubtful = own[1] + own[-1] < _FEW and overall[1] > overall[-1]
    if own[-1] <= own[1] or few_and_doubtful:
        return SignReading("as expected", f"The signs of the votes are as expected ({counts}).")
    return SignReading(
        "inverted and flipped",
        f"Agree and disagree are the wrong way round in this export and were exchanged (before that, {counts}).",
    )


def flipped(votes: Iterable[Vote]) -> list[Vote]:
    """Exchange agree and disagree."""
    return [replace(vote, value=OPPOSITE[vote.value]) for vote in votes]


def compare_counts(published: Mapping[str, tuple[int, int]], votes: Iterable[Vote], sign: Sign) -> str:
    """Say how many of the counts in comments.csv are those of votes.csv, repeats included."""
    counted: Counter[tuple[str, VoteValue]] = Counter((vote.statement, vote.value) for vote in votes)
    agree: VoteValue = -1 if sign == "inverted and flipped" else 1
    matching = sum(
        counted[statement, agree] == agrees and counted[statement, OPPOSITE[agree]] == disagrees
        for statement, (agrees, disagrees) in published.items()
    )
    return (
        f"The counts in comments.csv are those of votes.csv, repeats included, for {matching:,} of {len(published):,} "
        "statements; everything is counted again from the last votes."
    )


def compare_matrix(cells: Cells, votes: Sequence[Vote]) -> list[str]:
    """Say where the matrix and the last votes disagree; the votes win."""
    standing = {(vote.participant, vote.statement): vote.value for vote in votes if vote.standing}
    differing = [key for key in standing.keys() | cells.keys() if standing.get(key) != cells.get(key)]
    if not differing:
        return [f"The matrix of participants holds the same last votes ({len(standing):,})."]
    opposite = sum(OPPOSITE[value] == cells.get(key) for key, value in standing.items())
    same = len(standing.keys() | cells.keys()) - len(differing)
    if opposite > same:
        return [f"The matrix of participants has the opposite sign in {opposite:,} cells; votes.csv was used."]
    shown = "; ".join(
        f"participant {person}, statement {statement}" for person, statement in sorted(differing)[:_SHOWN]
    )
    more = " and others" if len(differing) > _SHOWN else ""
    return [
        f"The matrix differs in {counted(len(differing), 'cell')} from the last votes, which were used: {shown}{more}."
    ]


def _own_first_votes(statements: Iterable[Statement], votes: Iterable[Vote]) -> Counter[int]:
    authors = {(statement.author, statement.external_id) for statement in statements}
    seen: set[tuple[str, str]] = set()
    own: Counter[int] = Counter()
    for vote in votes:
        key = (vote.participant, vote.statement)
        if key in authors and key not in seen:
            seen.add(key)
            own[vote.value] += 1
    return own
