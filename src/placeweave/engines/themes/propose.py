"""Propose themes for a set of units: the one entry point from words to themes."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from placeweave.engines.themes import ENGINE_VERSION, label
from placeweave.engines.themes.cluster import LEVELS, Clusters, badly_placed, cluster, dendrogram_parts, separate
from placeweave.engines.themes.embed import Embedder, Vectors, fit_tfidf
from placeweave.engines.themes.graph import LARGE, MICRO, Labels
from placeweave.engines.themes.nodes import Nodes, fold
from placeweave.engines.themes.records import Constraints, Level, Run, Theme, Unit, digest
from placeweave.engines.themes.sayings import same_sayings

NO_CONSTRAINTS = Constraints()
UNPLACED = -1

Progress = Callable[[str, float], None]


def propose(
    units: Sequence[Unit],
    *,
    themes: int | None = None,
    level: str = "mid",
    seed: int = 0,
    min_speakers: int = 2,
    constraints: Constraints = NO_CONSTRAINTS,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> Run:
    """Propose themes, each with its terms, units and quotes.

    The same units in any order, with the same parameters, give the same fingerprint and the same themes, however
    often and wherever in a process this is called.

    Parameters
    ----------
    units : sequence of Unit
        What was said. No units give a run without themes.
    themes : int, optional
        An exact number of themes. Then every unit with any words is placed, and nothing goes to the tray.
    level : {"coarse", "mid", "fine"}
        How finely to divide where no number is asked for. All three levels are in the result.
    seed : int
        Of the randomised steps.
    min_speakers : int
        How many different voices must use a word before it may label a theme.
    constraints : Constraints
        What people have decided: units held together share a theme, units held apart never do.
    embedder : Embedder, optional
        A fitted embedder to re-use, as for "what is new since the last workshop". Fitted on ``units`` where absent.
    progress : callable, optional
        Told the name of the step and the share done, from 0 to 1.

    Returns
    -------
    Run

    Raises
    ------
    ValueError
        If a parameter makes no sense, ids repeat, or decisions contradict each other.

    Examples
    --------
    >>> said = ["The bus is late", "No bus on Sunday", "Cold damp flat", "Damp in the flat again"]
    >>> run = propose([Unit(str(i), text) for i, text in enumerate(said)], themes=2)
    >>> sorted(theme.units for theme in run.themes)
    [('0', '1'), ('2', '3')]
    """
    began = time.perf_counter()
    _check(themes, level)
    tell = progress or _silent
    tell("Reading", 0.0)
    nodes = fold(units, constraints)
    tell("Comparing words", 0.05)
    embedder = embedder or fit_tfidf([unit.text for unit in nodes.units], seed=seed)
    vectors = nodes.vectors(embedder)
    tell("Finding groups", 0.4)
    found, placed = _clustered(nodes, vectors, level=level, themes=themes, seed=seed)
    tell("Naming themes", 0.8)
    proposed = _themes(nodes, vectors, found["asked"], min_speakers)
    levels = tuple(_level(nodes, name, found[name]) for name in LEVELS if name in found)
    if themes is not None or level != "coarse":
        proposed = _with_parents(proposed, levels)
    parameters = (ENGINE_VERSION, embedder.id, str(themes), level, str(seed), str(min_speakers))
    tell("Done", 1.0)
    return Run(
        embedder=embedder.id,
        engine_version=ENGINE_VERSION,
        seed=seed,
        n=len(units),
        fingerprint=_fingerprint(nodes, constraints, parameters),
        levels=levels,
        themes=proposed,
        assignments={unit: theme.id for theme in proposed for unit in theme.units},
        unplaced=_units_of(nodes, np.flatnonzero(found["asked"] == UNPLACED)),
        seconds=round(time.perf_counter() - began, 3),
        notes=_notes(nodes, placed, themes, len(proposed)),
    )


def split(units: Sequence[Unit], *, parts: int = 2, seed: int = 0, embedder: Embedder | None = None) -> Run:
    """Divide one theme into smaller ones along its own dendrogram.

    Give the units of that theme only. The result has exactly ``parts`` themes where there are that many different
    texts, and does not depend on row order.
    """
    began = time.perf_counter()
    _check(parts, "mid")
    nodes = fold(units, NO_CONSTRAINTS)
    embedder = embedder or fit_tfidf([unit.text for unit in nodes.units], seed=seed)
    vectors = nodes.vectors(embedder)
    labels = dendrogram_parts(vectors, parts) if len(nodes.keys) else np.empty(0, dtype=np.int64)
    proposed = _themes(nodes, vectors, labels, min_speakers=2)
    return Run(
        embedder=embedder.id,
        engine_version=ENGINE_VERSION,
        seed=seed,
        n=len(units),
        fingerprint=_fingerprint(nodes, NO_CONSTRAINTS, (ENGINE_VERSION, embedder.id, "split", str(parts))),
        levels=(),
        themes=proposed,
        assignments={unit: theme.id for theme in proposed for unit in theme.units},
        unplaced=(),
        seconds=round(time.perf_counter() - began, 3),
        notes=_notes(nodes, len(nodes.keys), parts, len(proposed)),
    )


def _check(themes: int | None, level: str) -> None:
    """Refuse parameters that make no sense."""
    if themes is not None and themes < 1:
        raise ValueError(f"The number of themes must be at least 1, not {themes}.")
    if level not in LEVELS:
        raise ValueError(f"The level must be one of {', '.join(LEVELS)}, not {level!r}.")


def _silent(_step: str, _share: float) -> None:
    """Tell nobody."""


def _clustered(
    nodes: Nodes, vectors: Vectors, *, level: str, themes: int | None, seed: int
) -> tuple[dict[str, Labels], int]:
    """Label every node at each level and at the level asked for, with ``UNPLACED`` for what fits nowhere."""
    kept = np.flatnonzero(np.any(vectors != 0, axis=1))
    if not len(kept):
        return {"asked": np.full(len(vectors), UNPLACED)}, 0
    wanted = None if themes is None else min(themes, len(kept))
    clusters = cluster(vectors[kept], level=level, themes=wanted, seed=seed)
    renumbered = {int(node): at for at, node in enumerate(kept)}
    apart = [(renumbered[a], renumbered[b]) for a, b in nodes.apart if a in renumbered and b in renumbered]
    found = {name: separate(labels, vectors[kept], apart) for name, labels in clusters.levels.items()}
    found["asked"] = separate(clusters.labels, vectors[kept], apart)
    if themes is None:
        found["asked"][_tray(clusters, found["asked"])] = UNPLACED
    return {name: _spread(labels, kept, len(vectors)) for name, labels in found.items()}, len(kept)


def _tray(clusters: Clusters, labels: Labels) -> Labels:
    """Give the rows that are better left for people to place."""
    return np.flatnonzero(badly_placed(clusters.margin, labels))


def _spread(labels: Labels, kept: Labels, n: int) -> Labels:
    """Lay the labels of the nodes that were clustered out over all nodes."""
    full = np.full(n, UNPLACED, dtype=np.int64)
    full[kept] = labels
    return full


def _themes(nodes: Nodes, vectors: Vectors, labels: Labels, min_speakers: int) -> tuple[Theme, ...]:
    """Describe each group of nodes as a theme, the largest first."""
    groups = _members(labels[nodes.of_unit])
    vocabulary = label.Vocabulary.of(nodes.units, len(groups), min_speakers)
    described = [_theme(nodes, vectors, members, vocabulary) for members in groups.values()]
    return tuple(sorted(described, key=lambda theme: (-theme.size, theme.id)))


def _theme(nodes: Nodes, vectors: Vectors, members: Sequence[int], vocabulary: label.Vocabulary) -> Theme:
    """Describe one group of units as a theme."""
    units = [nodes.units[i] for i in members]
    own = vectors[nodes.of_unit[list(members)]]
    sayings = same_sayings([unit.text for unit in units], own)
    names = label.terms(units, vocabulary)
    return Theme(
        id=_group_id(nodes, members),
        terms=names,
        size=int(sayings.max()) + 1,
        units=tuple(unit.id for unit in units),
        quotes=label.quotes(units, own, sayings, names),
    )


def _members(labels_of_units: Labels) -> dict[int, list[int]]:
    """Collect the positions of the units in each group."""
    groups: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(labels_of_units.tolist()):
        if group != UNPLACED:
            groups[group].append(at)
    return groups


def _group_id(nodes: Nodes, members: Sequence[int]) -> str:
    """Name a group by its content, so that it keeps its id when rows are shuffled."""
    return digest(*(nodes.keys[node] for node in sorted({int(nodes.of_unit[i]) for i in members})))[:12]


def _level(nodes: Nodes, name: str, labels: Labels) -> Level:
    """Describe one level of the hierarchy."""
    groups = _members(labels[nodes.of_unit]).values()
    members = {_group_id(nodes, group): tuple(nodes.units[i].id for i in group) for group in groups}
    return Level(name, len(members), members)


def _with_parents(themes: Sequence[Theme], levels: Sequence[Level]) -> tuple[Theme, ...]:
    """Give each theme the coarse group that holds most of it."""
    if not levels:
        return tuple(themes)
    home = {unit: group for group, units in levels[0].members.items() for unit in units}
    return tuple(replace(theme, parent=_commonest(home, theme.units)) for theme in themes)


def _commonest(home: Mapping[str, str], units: Sequence[str]) -> str:
    """Give the group that most of the units are in; the lower id wins a tie."""
    counts = Counter(home[unit] for unit in units)
    return min(counts, key=lambda group: (-counts[group], group))


def _units_of(nodes: Nodes, wanted: Labels) -> tuple[str, ...]:
    """Give the ids of the units in some nodes."""
    return tuple(nodes.units[i].id for i in np.flatnonzero(np.isin(nodes.of_unit, wanted)))


def _fingerprint(nodes: Nodes, constraints: Constraints, parameters: Sequence[str]) -> str:
    """Hash what a run depends on: parameters, words, voices and decisions, but neither row order nor ids."""
    contents = {unit.id: digest(unit.text, unit.speaker, unit.group) for unit in nodes.units}
    decisions = [
        [digest(*sorted((contents[a], contents[b]))) for a, b in pairs if a in contents and b in contents]
        for pairs in (constraints.together, constraints.apart)
    ]
    parts = [digest(*parameters), digest(*sorted(contents.values()))]
    return digest(*parts, *(digest(*sorted(pairs)) for pairs in decisions))


def _notes(nodes: Nodes, placed: int, asked: int | None, given: int) -> tuple[str, ...]:
    """Say in words what a reader of the result should know."""
    notes = []
    if placed < len(nodes.keys):
        notes.append(f"{len(nodes.keys) - placed} different texts hold no words to compare and are left unplaced.")
    if asked is not None and given != asked:
        notes.append(
            f"{asked} themes were asked for; the {placed} different texts and the decisions kept give {given}."
        )
    if placed > LARGE:
        notes.append(f"More than {LARGE:,} different texts: grouped through {MICRO:,} micro-clusters.")
    return tuple(notes)
