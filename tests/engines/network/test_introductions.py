"""Introductions and the picture: what is likely is not what is valuable, and nothing hangs on chance alone."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from placeweave.engines.network import Fit, PartnerNet, Tie, introductions, positions
from placeweave.engines.network.graph import graph_of
from placeweave.engines.network.introduce import likely_scores
from tests.engines.network import nets

REPEATS, HIDDEN = 20, 5


def found_again(n: int, ties: list[tuple[int, int]], seed: int = 0) -> float:
    """Hide a fifth of the ties, 20 times over, and tell how surely likely introductions rank them above non-ties."""
    chance = np.random.default_rng(seed)
    known = {tuple(sorted(tie)) for tie in ties}
    none = [(one, other) for one in range(n) for other in range(one + 1, n) if (one, other) not in known]
    return float(np.mean([_once(n, ties, none, chance) for _ in range(REPEATS)]))


def _once(n: int, ties: list[tuple[int, int]], none: list[tuple[int, int]], chance: np.random.Generator) -> float:
    order = chance.permutation(len(ties))
    hidden, kept = order[: len(ties) // HIDDEN], order[len(ties) // HIDDEN :]
    graph = graph_of(PartnerNet(range(n), [Tie(*ties[at]) for at in kept]), "sector", 1)
    place = {key: at for at, key in enumerate(graph.keys)}
    scores = likely_scores(graph)
    ours = np.array([scores[place[ties[at][0]], place[ties[at][1]]] for at in hidden])
    others = np.array([scores[place[one], place[other]] for one, other in none])
    return float((ours[:, None] > others).mean() + (ours[:, None] == others).mean() / 2)


def test_hidden_ties_of_indiana_are_found_again() -> None:
    assert found_again(25, nets.indiana("TCcoll")) >= 0.75


def test_hidden_ties_of_dhhs_are_found_again() -> None:
    assert found_again(54, nets.dhhs(2)) >= 0.85


@given(nets.networks())
@settings(deadline=None, max_examples=40)
def test_likely_is_resource_allocation(net: PartnerNet) -> None:
    graph = nx.Graph([(tie.source, tie.target) for tie in net.ties])
    graph.add_nodes_from(net.partners)
    expected = {frozenset((a, b)): score for a, b, score in nx.resource_allocation_index(graph) if score > 0}
    found = {frozenset((one.one, one.other)): one.likely for one in introductions(net, "sector", k=10_000).likely}
    assert found == pytest.approx(expected)


@given(nets.networks())
@settings(deadline=None, max_examples=40)
def test_nobody_is_introduced_to_somebody_they_know(net: PartnerNet) -> None:
    found = introductions(net, "sector", [Fit(0, 1, 1.0)], k=10_000)
    known = {frozenset((tie.source, tie.target)) for tie in net.ties}
    assert all(frozenset((one.one, one.other)) not in known for one in (*found.likely, *found.valuable))


TWO_SILOS = nets.made(
    6, [(0, 1), (1, 2), (3, 4), (4, 5), (2, 3)], ["health", "health", "health", "police", "police", "police"]
)


def test_a_tie_across_is_worth_more_than_one_inside() -> None:
    found = introductions(TWO_SILOS, "sector")
    assert all(one.nearer > 0 for one in found.valuable)
    # From one far end into the middle of the other sector: it shortens the longest ways most.
    assert (found.valuable[0].one, found.valuable[0].other) in {(0, 4), (1, 5)}
    assert (0, 2) in {(one.one, one.other) for one in found.likely}


def test_the_gain_is_the_fall_in_mean_distance() -> None:
    best = introductions(TWO_SILOS, "sector").valuable[0]
    graph = nx.Graph([(tie.source, tie.target) for tie in TWO_SILOS.ties])

    def mean_distance() -> float:
        return float(np.mean([nx.shortest_path_length(graph, a, b) for a in (0, 1, 2) for b in (3, 4, 5)]))

    before = mean_distance()
    graph.add_edge(best.one, best.other)
    assert best.gain == pytest.approx(before - mean_distance())
    assert best.nearer == pytest.approx(best.gain / before)


def test_a_fit_inside_one_sector_counts_too() -> None:
    found = introductions(TWO_SILOS, "sector", [Fit(2, 0, 0.4), Fit(0, 2, 0.9), Fit(0, 77, 1.0)]).valuable[0]
    assert (found.one, found.other, found.fit, found.gain) == (0, 2, 0.9, 0.0)


def test_the_picture_is_the_same_each_time_and_covers_nobody() -> None:
    net = nets.of_size(40)
    drawn = positions(net, "sector", seed=3)
    assert drawn == positions(net, "sector", seed=3)
    points = np.array(list(drawn.values()))
    assert points.min() >= 0
    assert points.max() <= 1
    apart = np.linalg.norm(points[:, None] - points[None, :], axis=2) + 9 * np.eye(len(points))
    assert apart.min() > 0.02


def test_those_who_work_together_stand_nearer() -> None:
    net = nets.made(8, [(0, 1), (1, 2), (2, 0), (5, 6), (6, 7), (7, 5), (2, 5)])
    drawn = {key: np.array(point) for key, point in positions(net, "sector").items()}
    assert np.linalg.norm(drawn[0] - drawn[1]) < np.linalg.norm(drawn[0] - drawn[7])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_picture_of_hardly_anybody_is_drawn(n: int) -> None:
    assert len(positions(nets.made(n, []), "sector")) == n
