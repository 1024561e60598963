"""The measures of a network: equal to those of the field, and the same whatever the partners are called."""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.network import NetReport, PartnerNet, Tie, measures
from placeweave.engines.network.core import core_and_edge, degree_start
from placeweave.engines.network.graph import graph_of
from placeweave.engines.network.records import PartnerMeasures
from tests.engines.network import nets

CLOSE = 1e-6


def drawn(net: PartnerNet) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(net.partners)
    graph.add_edges_from((tie.source, tie.target) for tie in net.ties)
    return graph


def by_key(report: NetReport) -> dict[Any, PartnerMeasures]:
    return {one.key: one for one in report.partners}


def same(mine: float | None, theirs: float | None) -> bool:
    if mine is None or theirs is None or math.isnan(theirs):
        return mine is None and (theirs is None or math.isnan(theirs))
    return abs(mine - theirs) <= CLOSE


def agrees_with_networkx(net: PartnerNet) -> None:
    graph, found = drawn(net), by_key(measures(net, "sector"))
    between = nx.betweenness_centrality(graph, normalized=False)
    depth, cut = nx.core_number(graph), set(nx.articulation_points(graph))
    holes, sizes = nx.constraint(graph), nx.effective_size(graph)
    for key, one in found.items():
        assert same(one.constraint, holes[key])
        assert same(one.effective_size, sizes[key])
        assert same(one.between, between[key])
        assert one.core_number == depth[key]
        assert one.is_weak_point == (key in cut)


@pytest.mark.parametrize("which", range(3))
def test_the_planted_networks_measure_as_expected(which: int) -> None:
    net = nets.planted()[which]
    told = {"silo": {index: str(silo) for index, silo in enumerate(net["silo"])}}
    report = measures(PartnerNet(range(net["n"]), [Tie(*tie) for tie in net["ties"]], told), "silo")
    expected, found = net["expect"], by_key(report)
    assert same(report.silos.index, expected["EI_index"])
    for mine, theirs in (("constraint", "constraint"), ("effective_size", "effective_size"),
                         ("between", "betweenness"), ("core_number", "core_number")):  # fmt: skip
        assert all(same(getattr(found[int(key)], mine), value) for key, value in expected[theirs].items())
    assert [key for key, one in found.items() if one.is_weak_point] == sorted(expected["articulation"])
    assert report.components == expected["components"]


@pytest.mark.parametrize("which", range(3))
def test_planted_brokers_rank_high(which: int) -> None:
    net = nets.planted()[which]
    told = {"silo": {index: str(silo) for index, silo in enumerate(net["silo"])}}
    found = measures(PartnerNet(range(net["n"]), [Tie(*tie) for tie in net["ties"]], told), "silo").partners
    ranked = sorted(found, key=lambda one: -one.roles["liaison"].count)
    assert set(net["planted_brokers"]) <= {one.key for one in ranked[: len(net["planted_brokers"]) + 2]}


def test_the_real_networks_have_the_ties_their_sources_give() -> None:
    for relation, ties in (("TCcnt", 175), ("TCcoll", 161), ("TCdiss", 103)):
        assert measures(nets.made(25, nets.indiana(relation)), "sector").ties == ties
    report = measures(nets.made(54, nets.dhhs()), "sector")
    assert (report.ties, round(report.density or 0, 3)) == (447, 0.312)


@pytest.mark.parametrize("relation", ["TCcnt", "TCcoll", "TCdiss"])
def test_indiana_measures_as_networkx_does(relation: str) -> None:
    agrees_with_networkx(nets.made(25, nets.indiana(relation)))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_dhhs_measures_as_networkx_does(level: int) -> None:
    agrees_with_networkx(nets.made(54, nets.dhhs(level)))


@given(nets.networks())
@settings(deadline=None, max_examples=60)
def test_any_network_measures_as_networkx_does(net: PartnerNet) -> None:
    agrees_with_networkx(net)


@given(nets.networks())
@settings(deadline=None, max_examples=40)
def test_bridges_are_those_of_networkx(net: PartnerNet) -> None:
    found = {frozenset(pair) for pair in measures(net, "sector").bridges}
    assert found == {frozenset(pair) for pair in nx.bridges(drawn(net))}


@given(nets.networks(least=3))
@settings(deadline=None, max_examples=40)
def test_what_the_others_lose_is_what_counting_again_without_them_gives(net: PartnerNet) -> None:
    graph = drawn(net)
    before = dict(nx.all_pairs_shortest_path_length(graph))
    for key, one in by_key(measures(net, "sector")).items():
        rest = graph.subgraph(set(graph) - {key})
        after = dict(nx.all_pairs_shortest_path_length(rest))
        pairs = [(a, b) for a in rest for b in rest if a < b]
        held = sum(1 / before[a][b] for a, b in pairs if b in before[a])
        kept = sum(1 / after[a][b] for a, b in pairs if b in after[a])
        assert one.reach_lost == pytest.approx((held - kept) / held if held else 0.0, abs=1e-9)
        assert one.cut_off == sum(b in before[a] and b not in after[a] for a, b in pairs)


@given(nets.networks(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_renaming_partners_and_sectors_changes_no_figure(net: PartnerNet, chance: Any) -> None:
    names = list(range(100, 100 + len(net.partners)))
    chance.shuffle(names)
    new = dict(zip(net.partners, names, strict=True))
    sectors = dict(zip(nets.SECTORS, ("c", "a", "b"), strict=True))
    ties = [Tie(new[tie.target], new[tie.source]) for tie in net.ties]
    chance.shuffle(ties)
    told = {"sector": {new[key]: sectors[value] for key, value in net.attributes["sector"].items()}}
    before, after = measures(net, "sector"), measures(PartnerNet(names, ties, told), "sector")
    for key, one in by_key(before).items():
        other = by_key(after)[new[key]]
        skipped = {"key": 0, "sector": ""}
        # Partners that are alike in every respect may swap groups: no name tells them apart.
        assert dataclasses.replace(one, group=0, **skipped) == dataclasses.replace(other, group=0, **skipped)
    assert sorted(map(len, before.groups.members)) == sorted(map(len, after.groups.members))
    assert (before.core.correlation, before.groups.modularity) == (after.core.correlation, after.groups.modularity)
    assert before.silos.index == after.silos.index


@given(nets.networks())
@settings(deadline=None, max_examples=60)
def test_the_five_roles_of_a_partner_are_all_its_open_paths(net: PartnerNet) -> None:
    graph = drawn(net)
    sector = net.attributes["sector"]
    for one in measures(net, "sector").partners:
        paths = [(a, c) for a in graph[one.key] for c in graph[one.key] if a != c and not graph.has_edge(a, c)]
        assert one.open_paths == len(paths) == sum(role.count for role in one.roles.values())
        own = sector[one.key]
        assert one.roles["coordinator"].count == sum(sector[a] == sector[c] == own for a, c in paths)
        assert one.roles["consultant"].count == sum(sector[a] == sector[c] != own for a, c in paths)
        assert one.roles["gatekeeper"].count == sum(sector[a] != own == sector[c] for a, c in paths)
        assert one.roles["representative"].count == sum(sector[a] == own != sector[c] for a, c in paths)
        assert one.roles["liaison"].count == sum(len({sector[a], own, sector[c]}) == 3 for a, c in paths)


def test_chance_gives_as_many_roles_as_all_dealings_of_the_sectors_do() -> None:
    sectors, ties = ["a", "a", "b", "b", "c"], [(0, 1), (1, 2), (2, 3), (1, 4)]
    dealings = list(itertools.permutations(sectors))
    found = [by_key(measures(nets.made(5, ties, list(dealt)), "sector"))[1].roles for dealt in set(dealings)]
    for name, role in found[0].items():
        assert role.chance == pytest.approx(np.mean([roles[name].count for roles in found]))
        share = np.mean([roles[name].count >= role.count for roles in found])
        assert role.seldom == pytest.approx(share, abs=0.12)


@given(nets.networks(least=4))
@settings(deadline=None, max_examples=60)
def test_the_core_never_fits_worse_than_the_order_by_ties(net: PartnerNet) -> None:
    graph = graph_of(net, "sector", 1)
    start, first = degree_start(graph)
    correlation, is_core = core_and_edge(graph)
    if correlation is None:
        assert not first.any()
        return
    assert correlation >= start - 1e-12
    assert correlation == pytest.approx(ideal_correlation(graph.joined.toarray(), is_core), abs=1e-9)


def ideal_correlation(joined: np.ndarray, is_core: np.ndarray) -> float:
    upper = np.triu(np.ones_like(joined, dtype=bool), k=1) & (is_core[:, None] == is_core[None, :])
    ideal = (is_core[:, None] & is_core[None, :]).astype(float)
    return float(np.corrcoef(joined[upper], ideal[upper])[0, 1])


def test_a_ring_has_no_clear_core() -> None:
    report = measures(nets.made(12, [(one, (one + 1) % 12) for one in range(12)]), "sector")
    assert not report.core.is_clear
    assert report.core.partners == ()


def test_a_clique_with_hangers_on_is_a_core() -> None:
    clique = [(one, other) for one in range(5) for other in range(one + 1, 5)]
    report = measures(nets.made(10, [*clique, *((one, one + 5) for one in range(5))]), "sector")
    assert report.core.is_clear
    assert report.core.partners == (0, 1, 2, 3, 4)


def test_an_isolated_partner_has_no_constraint_rather_than_none_at_all() -> None:
    alone = by_key(measures(nets.made(3, [(0, 1)]), "sector"))[2]
    assert (alone.constraint, alone.effective_size, alone.between) == (None, None, 0.0)


@pytest.mark.parametrize(("answered", "is_incomplete"), [(6, True), (7, False), (10, False)])
def test_fewer_answers_than_seven_in_ten_are_incomplete(answered: int, *, is_incomplete: bool) -> None:
    net = nets.made(10, [(0, 1), (1, 2)])
    coverage = measures(dataclasses.replace(net, answered=range(answered)), "sector").coverage
    assert (coverage.answered, coverage.is_incomplete) == (answered, is_incomplete)
    assert ("holes" in coverage.affects) is is_incomplete


def test_a_network_nobody_was_asked_about_says_that_its_coverage_is_unknown() -> None:
    coverage = measures(nets.made(4, [(0, 1)]), "sector").coverage
    assert (coverage.answered, coverage.rate, coverage.is_incomplete) == (None, None, False)


def test_a_tie_counts_from_the_level_asked_for_by_either_side() -> None:
    ties = [Tie(0, 1, 3), Tie(1, 0, 1), Tie(1, 2, 1), Tie(0, 2, 0)]
    net = PartnerNet(range(3), ties, {"sector": dict.fromkeys(range(3), "a")}, answered=range(3))
    assert [measures(net, "sector", at_least=level).ties for level in (1, 2, 4)] == [2, 1, 0]
    assert measures(net, "sector").one_sided == ((1, 2),)


def test_silence_of_somebody_not_asked_is_not_a_one_sided_tie() -> None:
    net = PartnerNet(range(3), [Tie(0, 1), Tie(0, 2)], {}, answered=[0, 1])
    assert measures(net, "sector").one_sided == ((0, 1),)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anybody_is_measured_all_the_same(n: int) -> None:
    report = measures(nets.made(n, []), "sector")
    assert (len(report.partners), report.ties, report.silos.index, report.core.correlation) == (n, 0, None, None)


def test_a_tie_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="not among the partners"):
        measures(PartnerNet([1], [Tie(1, 2)]), "sector")


def test_densities_tell_what_could_be() -> None:
    net = nets.made(4, [(0, 1), (0, 2)], ["a", "a", "b", "b"])
    found = {(one.one, one.other): (one.ties, one.possible) for one in measures(net, "sector").silos.between}
    assert found == {("a", "a"): (1, 1), ("a", "b"): (1, 4), ("b", "b"): (0, 1)}
