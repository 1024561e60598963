"""Give a whole analysis as plain JSON for machines, and as a table for people."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from placeweave.engines.opinion import ENGINE_VERSION
from placeweave.engines.opinion.disclose import HIDDEN, PublicView, disclose
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.records import NOWHERE, Config, Model, Pick, Scores, Stability, Statements
from placeweave.engines.opinion.scores import score
from placeweave.engines.opinion.select import select
from placeweave.engines.opinion.settle import settled
from placeweave.engines.opinion.slate import slate
from placeweave.engines.opinion.stability import stability
from placeweave.engines.opinion.tallies import tallies_of
from placeweave.engines.opinion.votes import Numbered, votes_from_events

SLATE = 8
RESAMPLES = 200
_SHOWN = 5
_NOTHING_HELD = Stability(float("nan"), np.full(1, np.nan), np.zeros(0), {})
_ROW = "{:>10} {:>6} {:>8} {:>6} {:>7} {:>6} {:>7}  {}"


@dataclass(frozen=True, slots=True)
class Ballots:
    """Votes as they were read: a column each for people, statements and values, with the names they have in the file.

    Attributes
    ----------
    participant, statement : names, one a vote
    value : +1, 0 or -1, one a vote
    order : time or sequence of each vote, if known
    out, meta : names of statements that were moderated out, or are about the speaker
    """

    participant: Sequence[str]
    statement: Sequence[str]
    value: Sequence[int]
    order: Sequence[float] | None = None
    out: frozenset[str] = frozenset()
    meta: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that was found, with the names of people and statements."""

    numbered: Numbered
    people: list[str]
    topics: list[str]
    model: Model
    scores: Scores
    held: Stability
    stable: bool
    warnings: tuple[str, ...]


def analyse(ballots: Ballots, config: Config, *, public: bool = False, resamples: int = RESAMPLES) -> dict[str, Any]:
    """Fit, score, test and pick.

    Parameters
    ----------
    ballots : Ballots
    config : Config
    public : bool
        Whether the answer is for everybody: then it names nobody's group, and no count of a few people can be worked
        out from it.
    resamples : int
        Re-draws for the stability of groups.

    Returns
    -------
    dict
        ``mode``, ``participants``, ``votes``, ``included``, ``k``, ``stable``, ``stability`` (``null`` without groups),
        ``groups`` (``id``, ``size``, ``stability``), ``labels`` from participant to group or ``null``,
        ``axes_explained``, ``statements``, ``common_ground``, ``divisive``, ``slate``, ``warnings``, ``engine``,
        ``seed``, ``fingerprint``, ``seconds``.

    Raises
    ------
    ValueError
        If a value is no vote.
    """
    began = time.perf_counter()
    found = _found(ballots, config, resamples)
    view = disclose(tallies_of(found.model)) if public else None
    result = _described(found, config, view)
    result["seconds"] = round(time.perf_counter() - began, 3)
    return result


def as_table(result: Mapping[str, Any]) -> str:
    """Lay the result of `analyse` out for reading."""
    return "\n".join([*_heading(result), "", *_picked(result), "", *_statement_lines(result), "", *_closing(result)])


def _found(ballots: Ballots, config: Config, resamples: int) -> _Found:
    people, person = _numbers(ballots.participant)
    topics, topic = _numbers(ballots.statement)
    numbered = votes_from_events(person, topic, np.asarray(ballots.value, np.int64), order=ballots.order)
    statements = Statements(
        active=np.array([name not in ballots.out for name in topics], np.bool_),
        meta=np.array([name in ballots.meta for name in topics], np.bool_),
    )
    model = fit(numbered.votes, statements, config)
    held = stability(numbered.votes, model, resamples, config.seed) if model.included.any() else _NOTHING_HELD
    judged = settled(numbered.votes, model, held)
    said = [*model.warnings, *judged.reasons]
    if numbered.undecided:
        said.append(
            f"{numbered.undecided} people contradicted themselves, nobody knows in which order: kept as passes."
        )
    scores = score(judged.model)
    return _Found(numbered, people, topics, judged.model, scores, held, judged.stable, tuple(dict.fromkeys(said)))


def _numbers(names: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Number names in their natural order, so that 10 comes after 9."""
    ordered = sorted(set(names), key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0, name))
    number = {name: place for place, name in enumerate(ordered)}
    return ordered, np.fromiter((number[name] for name in names), np.int64, len(names))


def _described(found: _Found, config: Config, view: PublicView | None) -> dict[str, Any]:
    model, scores = found.model, found.scores
    short = slate(found.numbered.votes, model.statements, SLATE)
    shared, divisive = (select(model, scores, kind, limit=_SHOWN) for kind in ("common_ground", "divisive"))
    labels = {} if view else dict(zip(found.people, map(_or_none, model.labels.tolist()), strict=True))
    return {
        "mode": config.mode,
        "engine": ENGINE_VERSION,
        "seed": config.seed,
        "participants": len(found.people) if view is None else _or_none(view.people),
        "votes": int(found.numbered.votes.value.size),
        "included": _included(found, view),
        "k": model.k,
        "stable": found.stable,
        "stability": _figure(found.held.overall),
        "groups": _groups(found, view),
        "labels": labels,
        "axes_explained": [_figure(share) for share in model.explained],
        "statements": _statements(found, view),
        "common_ground": _names(found, shared, view),
        "divisive": _names(found, divisive, view),
        "slate": [found.topics[one] for one in short.statements],
        "warnings": list(found.warnings),
        "fingerprint": fingerprint(found.numbered, found.people, found.topics, model),
    }


def fingerprint(numbered: Numbered, people: Sequence[str], topics: Sequence[str], model: Model) -> str:
    """Take the fingerprint of everything the result depends on: standing votes, states, parameters, engine."""
    votes = numbered.votes
    digest = hashlib.sha256(f"{ENGINE_VERSION} {model.config}".encode())
    for names in (people, topics):
        digest.update("\x1f".join(names).encode() + b"\x1e")
    for column in (votes.participant, votes.statement, votes.value, model.statements.active, model.statements.meta):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _included(found: _Found, view: PublicView | None) -> int | None:
    """Count who was placed; not for everybody where that tells of a few who were not, or of a group not shown."""
    included = int(found.model.included.sum())
    if view is None:
        return included
    others = (view.people - included, included - int(view.sizes.sum()) if found.model.k > 1 else 0)
    tells = view.people == HIDDEN or (view.sizes == HIDDEN).any() or any(0 < one < view.minimum for one in others)
    return None if tells else included


def _groups(found: _Found, view: PublicView | None) -> list[dict[str, Any]]:
    if found.model.k < 2:
        return []
    sizes = np.bincount(found.model.labels[found.model.labels >= 0], minlength=found.model.k)
    shown = range(found.model.k) if view is None else view.groups.tolist()
    told = sizes.tolist() if view is None else dict(zip(view.groups.tolist(), view.sizes.tolist(), strict=True))
    return [
        {"id": group, "size": _or_none(told[group]), "stability": _figure(found.held.groups[group])} for group in shown
    ]


def _statements(found: _Found, view: PublicView | None) -> list[dict[str, Any]]:
    model, scores = found.model, found.scores
    tellable = np.ones(len(found.topics), np.bool_) if view is None else view.scorable
    representative: dict[int, list[int]] = {}
    for pick in select(model, scores, "representative"):
        representative.setdefault(pick.statement, []).append(pick.group if pick.group is not None else NOWHERE)
    if view is None:
        counts = (model.all_agree, model.all_disagree, model.all_seen - model.all_agree - model.all_disagree)
    else:
        counts = (view.everybody.agree, view.everybody.disagree, view.everybody.passed)
    rows = []
    for place, name in enumerate(found.topics):
        agree, disagree, passed = (_or_none(int(count[place])) for count in counts)
        rows.append({
            "id": name,
            "active": bool(model.statements.active[place]),
            "agree": agree,
            "disagree": disagree,
            "pass": passed,
            "group_aware_consensus": _figure(scores.gac[place]) if tellable[place] else None,
            "floor": _figure(scores.floor[place]) if tellable[place] else None,
            "divisiveness": _figure(scores.divisiveness[place]) if tellable[place] else None,
            "representative_of": representative.get(place, []) if tellable[place] else [],
        })  # fmt: skip
    return rows


def _names(found: _Found, picks: Sequence[Pick], view: PublicView | None) -> list[str]:
    return [found.topics[pick.statement] for pick in picks if view is None or view.scorable[pick.statement]]


def _or_none(count: int) -> int | None:
    """Give nothing for a count that is hidden, and for a group that somebody is not in: both are written -1."""
    return None if count == HIDDEN else count


def _figure(number: float | np.float64) -> float | None:
    return None if np.isnan(number) else round(float(number), 6)


def _heading(result: Mapping[str, Any]) -> list[str]:
    people = "A few" if result["participants"] is None else result["participants"]
    size = f"{people} people, {len(result['statements'])} statements, {result['votes']} votes"
    placed = "" if result["included"] is None else f" {result['included']} people voted enough to be placed."
    lines = [f"{size}.{placed} {result['seconds']} seconds."]
    if not result["groups"]:
        return [*lines, "No stable groups."]
    holds = "hold" if result["stable"] else "do NOT hold"
    measure = "" if result["stability"] is None else f" (agreement {result['stability']:.2f} of 1)"
    lines.append(f"{result['k']} groups, which {holds} when people are drawn anew{measure}:")
    for group in result["groups"]:
        size = "a few" if group["size"] is None else group["size"]
        kept = "" if group["stability"] is None else f", stability {group['stability']:.2f}"
        lines.append(f"  group {group['id']}: {size} people{kept}")
    return lines


def _picked(result: Mapping[str, Any]) -> list[str]:
    titles = {"common_ground": "Common ground", "divisive": "Divisive", "slate": "Short list"}
    return [f"{title}: {', '.join(result[kind]) or 'none'}" for kind, title in titles.items()]


def _statement_lines(result: Mapping[str, Any]) -> list[str]:
    columns = ("statement", "agree", "disagree", "pass", "shared", "floor", "divides", "represents")
    lines = [_ROW.format(*columns)]
    for row in result["statements"]:
        figures = (row["group_aware_consensus"], row["floor"], row["divisiveness"])
        shares = ("-" if figure is None else f"{figure:.2f}" for figure in figures)
        counts = ("-" if row[name] is None else row[name] for name in ("agree", "disagree", "pass"))
        groups = ", ".join(str(group) for group in row["representative_of"])
        lines.append(
            "{:>10} {:>6} {:>8} {:>6} {:>7} {:>6} {:>7}  {}".format(row["id"], *counts, *shares, groups).rstrip()
        )
    return lines


def _closing(result: Mapping[str, Any]) -> list[str]:
    shown = 100 * sum(share or 0 for share in result["axes_explained"])
    made = f"{result['engine']}, mode {result['mode']}, seed {result['seed']}"
    return [
        *result["warnings"],
        f"The map shows {shown:.0f} % of variation. Voters are no sample of a place: figures inform, never decide.",
        f"Made by {made}, fingerprint {result['fingerprint'][:12]}.",
    ]
