"""All measures of a network of partners, each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse.csgraph import connected_components

from placeweave.engines.network.brokers import broker_roles
from placeweave.engines.network.core import core_and_edge, core_numbers
from placeweave.engines.network.graph import Graph, Integers, coverage_of, graph_of
from placeweave.engines.network.groups import groups
from placeweave.engines.network.holes import constraint, effective_size
from placeweave.engines.network.paths import losses, shortest_paths
from placeweave.engines.network.records import (
    CLEAR_CORE,
    CLEAR_GROUPS,
    Core,
    Groups,
    Key,
    NetReport,
    PartnerMeasures,
    PartnerNet,
    Role,
)
from placeweave.engines.network.silos import silos
from placeweave.engines.network.weak import bridges

ENGINE = "network 1"


def measures(net: PartnerNet, by: str, *, at_least: int = 1, seed: int = 0) -> NetReport:
    """Measure a network of partners.

    Two partners are tied where either reports at least ``at_least``; reports of both sides are never averaged. All is
    computed in an order that hangs on structure alone, so that no renaming of partners changes a figure.

    Parameters
    ----------
    net : PartnerNet
    by : str
        The attribute whose values are the sectors, such as ``"sector"``.
    at_least : int
        The level from which a report counts as a tie, 1 to 5.
    seed : int
        Where chance starts, for shuffled sectors and for groups.

    Raises
    ------
    ValueError
        If a tie names somebody who is not among the partners, or a partner is named twice.

    Examples
    --------
    >>> net = PartnerNet("abcd", [Tie("a", "b"), Tie("b", "c"), Tie("c", "d")],
    ...     {"sector": {"a": "health", "b": "health", "c": "fire", "d": "fire"}})
    >>> report = measures(net, "sector")
    >>> round(report.silos.index, 3), [one.key for one in report.partners if one.is_weak_point]
    (-0.333, ['b', 'c'])
    """
    graph = graph_of(net, by, at_least)
    n, ties = len(graph.keys), graph.joined.nnz // 2
    modularity, group = groups(graph, seed)
    correlation, is_core = core_and_edge(graph)
    components, _labels = connected_components(graph.joined, directed=False) if n else (0, None)
    has_core = correlation is not None and correlation >= CLEAR_CORE
    return NetReport(
        by=by,
        at_least=at_least,
        seed=seed,
        coverage=coverage_of(net),
        ties=ties,
        density=2 * ties / (n * (n - 1)) if n > 1 else None,
        components=int(components),
        isolated=_keys(graph, graph.degrees == 0),
        one_sided=_one_sided(net, at_least),
        silos=silos(graph),
        partners=_partners(graph, group, seed),
        bridges=tuple(sorted(_pair(graph.keys[one], graph.keys[other]) for one, other in bridges(graph))),
        core=Core(correlation, has_core, _keys(graph, is_core) if has_core else ()),
        groups=Groups(modularity, modularity >= CLEAR_GROUPS, _members(graph, group)),
    )


def _order(key: Key) -> tuple[bool, Key]:
    return isinstance(key, str), key


def _pair(one: Key, other: Key) -> tuple[Key, Key]:
    return (one, other) if _order(one) <= _order(other) else (other, one)


def _keys(graph: Graph, chosen: np.ndarray) -> tuple[Key, ...]:
    return tuple(sorted((graph.keys[at] for at in np.flatnonzero(chosen).tolist()), key=_order))


def _members(graph: Graph, group: Integers) -> tuple[tuple[Key, ...], ...]:
    return tuple(_keys(graph, group == number) for number in range(int(group.max(initial=-1)) + 1))


def _one_sided(net: PartnerNet, at_least: int) -> tuple[tuple[Key, Key], ...]:
    """List ties that only one side reports, where both have answered: that is to be talked about."""
    answered = set(net.answered or ())
    told = {(tie.source, tie.target) for tie in net.ties if tie.level >= max(at_least, 1)}
    return tuple(
        sorted(
            (
                _pair(source, target)
                for source, target in told
                if (target, source) not in told and {source, target} <= answered
            ),
            key=lambda pair: (_order(pair[0]), _order(pair[1])),
        )
    )


def _partners(graph: Graph, group: Integers, seed: int) -> tuple[PartnerMeasures, ...]:
    paths = shortest_paths(graph)
    cut, lost = losses(graph, paths)
    holes, sizes = _or_none(constraint(graph)), _or_none(effective_size(graph))
    between, depth, degrees = paths.between, core_numbers(graph), graph.degrees
    roles: Sequence[Mapping[str, Role]] = broker_roles(graph, seed)
    measured = [
        PartnerMeasures(
            key=graph.keys[at],
            sector=graph.names[graph.sectors[at]],
            ties=int(degrees[at]),
            constraint=holes[at],
            effective_size=sizes[at],
            between=float(between[at]),
            core_number=int(depth[at]),
            cut_off=int(cut[at]),
            reach_lost=float(lost[at]),
            open_paths=sum(role.count for role in roles[at].values()),
            roles=roles[at],
            group=int(group[at]),
        )
        for at in range(len(graph.keys))
    ]
    return tuple(sorted(measured, key=lambda one: _order(one.key)))


def _or_none(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
