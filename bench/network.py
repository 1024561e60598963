"""Measure the network engine beside networkx: all measures of a network against betweenness alone.

Run ``python bench/network.py`` from the root of the repository; ``--runs 5`` repeats each measurement and gives the
best, ``--large`` adds 2,000 partners (networkx then takes minutes). Networks are drawn here, from a seed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from placeweave.engines.network import PartnerNet, Tie, introductions, measures, positions
from placeweave.engines.network.graph import graph_of
from placeweave.engines.network.paths import shortest_paths

SIZES = ((50, 4.0), (200, 4.0), (200, 15.0), (200, 60.0))
LARGE = (2_000, 20.0)


def drawn(n: int, ties_each: float, seed: int = 0) -> PartnerNet:
    """Draw a network of six sectors in which two of one sector are four times as likely to be tied."""
    chance = np.random.default_rng(seed)
    sectors = np.arange(n) % 6
    likely = np.where(sectors[:, None] == sectors[None, :], 4.0, 1.0)
    likely *= ties_each / likely.sum(axis=1).mean()
    ends = np.argwhere(np.triu(chance.random((n, n)) < likely, k=1))
    told = {"sector": {one: str(sectors[one]) for one in range(n)}}
    return PartnerNet(range(n), [Tie(int(one), int(other)) for one, other in ends], told)


def best(deed: Callable[[], object], runs: int) -> float:
    """Give the seconds of the quickest of several runs: what else the machine did then disturbed least."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - started)
    return min(taken)


def row(n: int, ties_each: float, runs: int) -> str:
    """Measure one size and write its row."""
    net = drawn(n, ties_each)
    peer = nx.Graph((tie.source, tie.target) for tie in net.ties)
    peer.add_nodes_from(net.partners)
    theirs = best(lambda: nx.betweenness_centrality(peer, normalized=False), runs)
    between = best(lambda: shortest_paths(graph_of(net, "sector", 1)), runs)
    whole = best(lambda: measures(net, "sector"), runs)
    met = best(lambda: introductions(net, "sector"), runs)
    placed = best(lambda: positions(net, "sector"), runs)
    return (
        f"{n:>8,}{len(net.ties):>9,}{theirs:>12.3f}{theirs / between:>13.1f}x{whole / theirs:>12.2f}x"
        f"{met / theirs:>15.2f}x{placed / theirs:>11.2f}x"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    print(f"networkx {nx.__version__}; the columns with x are ratios to its betweenness")
    print(
        f"{'partners':>8}{'ties':>9}{'networkx s':>12}{'betw. faster':>14}{'measures':>13}"
        f"{'introductions':>16}{'picture':>12}"
    )
    for n, ties_each in SIZES:
        print(row(n, ties_each, asked.runs))
    if asked.large:
        print(row(*LARGE, 1))


if __name__ == "__main__":
    main()
