"""Write down what was found of a conversation in statements so that no few people can be made out from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion import ENGINE_VERSION
from placeweave.engines.opinion.coarse import tenths
from placeweave.engines.opinion.diagnostics import moderation_effect, near_identical, unclear
from placeweave.engines.opinion.disclose import HIDDEN, Cells, PublicView
from placeweave.engines.opinion.proportions import bound
from placeweave.engines.opinion.records import Ints, Model, Pick, Scores, Stability, Statements, Votes
from placeweave.engines.opinion.select import SHARED, select
from placeweave.engines.opinion.slate import slate
from placeweave.engines.opinion.tallies import tallies_of
from placeweave.kit import smallnumbers

Row = dict[str, Any]
Answer = Literal["agree", "disagree"]
Rough = dict[Answer, tuple[int, int] | None]
Keys = NDArray[np.int64]
A_LIST = 8


@dataclass(frozen=True)
class Gathered:
    """A conversation as the engine reads it, with the keys of its people and statements."""

    votes: Votes
    statements: Statements
    people: Keys
    keys: Keys


@dataclass(frozen=True)
class Found:
    """What the engine found, and what of it may be shown."""

    gathered: Gathered
    model: Model
    scores: Scores
    held: Stability
    view: PublicView
    is_stable: bool
    warnings: Sequence[str]

    def key(self, place: int) -> int:
        """Give the key of the statement at a place of the engine's arrays."""
        return int(self.gathered.keys[place])

    def shown_as(self, group: int | None) -> int | None:
        """Give the number under which a group is shown, if it is."""
        shown: list[int] = self.view.groups.tolist()
        return shown.index(group) if group in shown else None

    @property
    def has_groups(self) -> bool:
        """Whether there are groups that may be shown."""
        return self.model.k > 1 and self.view.groups.size > 1


def told(found: Found) -> Row:
    """Give everything that may be shown as plain JSON, statements by their keys.

    Shown are counts that the disclosure rules let through and figures made of such counts alone; where counts are
    hidden, shares in tenths that hide whether only a few differ. Without groups all figures rest on everybody who
    voted: one that rested on those placed would give away the few who were not.
    """
    model, view, votes = found.model, found.view, found.gathered.votes
    return {
        "engine": ENGINE_VERSION,
        "fingerprint": _fingerprint(found.gathered, model),
        "people": _shown(view.people),
        "votes": _shown(view.votes),
        "minimum": view.minimum,
        "explained": [round(float(share), 4) for share in model.explained],
        "is_stable": found.is_stable,
        "held": _figure(found.held.overall),
        "redraws": found.held.resamples,
        "groups": _groups(found) if found.has_groups else [],
        "statements": [_statement(found, place) for place in range(votes.n_statements)],
        "common": _common(found),
        "divisive": _divisive(found),
        "unclear": [found.key(int(one)) for one in unclear(tallies_of(model)) if _is_whole(view.everybody, int(one))],
        "density": [[round(one.x, 4), round(one.y, 4), round(one.radius, 4), one.people] for one in view.density],
        "moderation": _moderation(found),
        **_slate(found),
        **_alike(found),
        "warnings": list(found.warnings),
    }


def _fingerprint(gathered: Gathered, model: Model) -> str:
    """Take the fingerprint of the votes and of how they were looked at: the same votes give the same bytes."""
    digest = hashlib.sha256(f"{ENGINE_VERSION} {model.config}".encode())
    votes = gathered.votes
    columns = (votes.participant, votes.statement, votes.value, gathered.statements.active, gathered.keys)
    for column in columns:
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _shown(count: int | np.integer[Any]) -> int | None:
    return None if count == HIDDEN else int(count)


def _figure(number: float | np.floating[Any]) -> float | None:
    return None if np.isnan(number) else round(float(number), 4)


def _cells(cells: Cells, at: tuple[int, ...]) -> Row:
    return {
        "agree": _shown(cells.agree[at]),
        "disagree": _shown(cells.disagree[at]),
        "passed": _shown(cells.passed[at]),
        "seen": _shown(cells.seen[at]),
    }


def _is_whole(cells: Cells, place: int) -> bool:
    return all(column[place] != HIDDEN for column in (cells.agree, cells.disagree, cells.passed, cells.seen))


def _statement(found: Found, place: int) -> Row:
    view, scores = found.view, found.scores
    row: Row = {"key": found.key(place), "active": bool(found.model.statements.active[place])}
    row |= _cells(view.everybody, (place,)) | {"rough": _rough(found, place)}
    if found.has_groups:
        row["by_group"] = [_cells(view.by_group, (group, place)) for group in range(view.groups.size)]
        if view.scorable[place]:
            row |= {
                "floor": _figure(scores.floor[place]),
                "consensus": _figure(scores.gac[place]),
                "divisiveness": _figure(scores.divisiveness[place]),
            }
    elif _is_whole(view.everybody, place):
        row["floor"] = _figure(float(bound(found.model.all_agree[[place]], found.model.all_seen[[place]])[0]))
    return row


def _rough(found: Found, place: int) -> list[Rough]:
    """Give shares in tenths of who agrees and who disagrees: of each group shown, or of everybody without groups.

    A share in tenths beside an exact count of the same people would let a hidden count be worked out. So it is made of
    exact counts where those are shown, and given roughly only where none of them is.
    """
    view, model = found.view, found.model
    if not found.has_groups:
        counts = [(model.all_agree[place], model.all_disagree[place], model.all_seen[place])]
        shown = [_cells(view.everybody, (place,))]
    else:
        counts = [(model.agree[g, place], model.disagree[g, place], model.seen[g, place]) for g in view.groups]
        shown = [_cells(view.by_group, (at, place)) for at in range(view.groups.size)]
    return [
        _share(row, (int(agree), int(disagree), int(seen)), view.minimum)
        for row, (agree, disagree, seen) in zip(shown, counts, strict=True)
    ]


def _share(shown: Row, counts: tuple[int, int, int], minimum: int) -> Rough:
    """Give both shares of one row, by what is shown of it; ``counts`` are who agrees, who disagrees, who voted."""
    if shown["seen"]:
        sides: tuple[Answer, Answer] = ("agree", "disagree")
        return {side: None if shown[side] is None else _tenth(shown[side], shown["seen"]) for side in sides}
    if any(count is not None for count in shown.values()):
        return {"agree": None, "disagree": None}
    agree, disagree, seen = counts
    return {"agree": tenths(agree, seen, minimum), "disagree": tenths(disagree, seen, minimum)}


def _tenth(count: int, of: int) -> tuple[int, int]:
    """Give the tenth that a share of shown counts lies in."""
    low = min(10 * count // of, 9)
    return low, low + 1


def _groups(found: Found) -> list[Row]:
    """Describe each group by what it says, never by a kind of person; the smallest group comes first."""
    view, held = found.view, found.held
    picks = select(found.model, found.scores, "representative", limit=A_LIST)
    rows = [
        {
            "number": place,
            "size": _shown(view.sizes[place]),
            "held": _figure(held.groups[number]) if number < held.groups.size else None,
            "says": [_pick(found, one, "representative") for one in picks if one.group == number],
        }
        for place, number in enumerate(view.groups.tolist())
    ]
    return sorted(rows, key=lambda row: (row["size"] or 0, row["number"]))


def _common(found: Found) -> list[Row]:
    """Give common ground: where every group agrees, or disagrees, surely enough; without groups, where people do.

    That more than half do leaves room for enough others only where enough have answered; the rest is kept back.
    """
    model = found.model
    if found.has_groups:
        picks = select(model, found.scores, "common_ground", limit=model.mean.size)
        fewest = model.seen[found.view.groups].min(axis=0)
    else:
        picks = [*_sure(model, "agree", model.all_agree), *_sure(model, "disagree", model.all_disagree)]
        fewest = model.all_seen
    enough = smallnumbers.ROOM * found.view.minimum
    rows = [_pick(found, one, "common_ground") for one in picks if fewest[one.statement] >= enough]
    return sorted(rows, key=lambda row: (-_least(row), row["key"]))[:A_LIST]


def _least(row: Row) -> int:
    """Give the tenths that the least agreeing group reaches at the least, five where it is not told."""
    return min(one[row["side"]][0] if one[row["side"]] else 5 for one in row["rough"])


def _sure(model: Model, side: Answer, count: Ints) -> list[Pick]:
    """Pick what more than half of everybody surely answers in one way."""
    low, high = bound(count, model.all_seen), bound(count, model.all_seen, 0.95)
    places = np.flatnonzero((low > SHARED) & model.statements.active)
    return [Pick(int(at), side, float(low[at]), float(low[at]), float(high[at])) for at in places]


def _divisive(found: Found) -> list[Row]:
    """Give where the groups differ most, those first of which it can be told how far."""
    if not found.has_groups:
        return []
    picks = select(found.model, found.scores, "divisive", limit=found.model.mean.size)
    rows = [_pick(found, one, "divisive") for one in picks]
    return sorted(rows, key=lambda row: (-_apart(row), row["key"]))[:A_LIST]


def _apart(row: Row) -> int:
    """Say how many tenths lie between the groups that agree most and least, at the least; 0 where it is not told."""
    shares: list[tuple[int, int]] = [one["agree"] for one in row["rough"] if one["agree"]]
    if len(shares) < len(row["rough"]):
        return 0
    return max(low for low, _high in shares) - min(high for _low, high in shares)


def _pick(found: Found, pick: Pick, kind: str) -> Row:
    """Tell of a pick which side it takes, roughly how many take it, and how often it was picked when drawn anew."""
    kept = found.held.picks.get(kind)
    return {
        "key": found.key(pick.statement),
        "side": pick.side,
        "rough": _rough(found, pick.statement),
        "kept": round(kept.get(pick.statement, 0.0), 3) if kept else None,
        "group": found.shown_as(pick.group),
    }


def _slate(found: Found) -> Row:
    """Give the short list that covers minorities; whom it leaves out is said only where that is nobody or enough."""
    short = slate(found.gathered.votes, found.model.statements, A_LIST)
    few_left = 0 < short.uncovered.size < found.view.minimum
    return {
        "slate": [found.key(one) for one in short.statements],
        "represented": None if few_left else round(short.represented_share, 3),
    }


def _alike(found: Found) -> Row:
    """Say how many people answered as good as alike somebody else, where they are enough to be counted."""
    people = sum(len(one) for one in near_identical(found.gathered.votes))
    return {"alike": people if people == 0 or people >= found.view.minimum else None}


def _moderation(found: Found) -> Row | None:
    """Compare the groups with those that there would be with every statement let in."""
    statements: Statements = found.gathered.statements
    if statements.active.all():
        return None
    effect = moderation_effect(found.gathered.votes, statements, found.model.config)
    return {
        "moderated": effect.moderated,
        "groups_without": effect.groups_without,
        "groups_with": effect.groups_with,
        "likeness": _figure(effect.likeness),
    }
