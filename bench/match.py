"""Match 2,000 offers to 2,000 needs, and hold the answer against the whole linear programme.

Run ``python bench/match.py`` from the root of the repository. Three shapes of a place: ten kinds (400,000 possible
pairs), fifteen possible pairs an offer, and one single kind (4,000,000 possible pairs, ``--large``). The peer is
``scipy.optimize.linprog`` on all arcs at once, left out where it would take minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from placeweave.engines.matching.allocate import allocate
from placeweave.engines.matching.fit import arcs
from placeweave.engines.matching.records import Fit, Need, Offer

MANY = 2000
PLACES = [*(f"place {n}" for n in range(20)), ""]
PEOPLE = [*(f"people {n}" for n in range(8)), ""]
HOURS = ["Tuesday evenings", "Weekday mornings", "Saturdays", ""]


def drawn(kinds: int) -> tuple[list[Offer], list[Need]]:
    """Draw offers and needs with whole quantities from 1 to 9."""
    chance = random.Random(1)

    def said() -> tuple[str, str, str]:
        return chance.choice(PLACES), chance.choice(PEOPLE), chance.choice(HOURS)

    offers = [Offer(f"o{n}", f"k{chance.randrange(kinds)}", chance.randint(1, 9), *said()) for n in range(MANY)]
    needs = [
        Need(f"n{n}", f"k{chance.randrange(kinds)}", chance.randint(1, 9), chance.randint(1, 3), *said())
        for n in range(MANY)
    ]
    return offers, needs


def fifteen_each(offers: Sequence[Offer], needs: Sequence[Need]) -> list[Fit]:
    """Draw fifteen needs that each offer could serve, with fits that hardly ever tie."""
    chance = random.Random(2)
    return [
        Fit(offer.key, need.key, chance.uniform(0.05, 1.0)) for offer in offers for need in chance.sample(needs, 15)
    ]


def whole_programme(offers: Sequence[Offer], needs: Sequence[Need], fit: Sequence[Fit] | None) -> float:
    """Give the optimum over all arcs at once."""
    if fit is None:
        every = arcs(offers, needs)
        rows, columns, shares = every.offers, every.needs, every.shares
    else:
        row_of = {one.key: row for row, one in enumerate(offers)}
        column_of = {one.key: column for column, one in enumerate(needs)}
        rows = np.array([row_of[one.offer] for one in fit])
        columns = np.array([column_of[one.need] for one in fit])
        shares = np.array([one.share for one in fit])
    worth = shares * np.array([one.priority for one in needs], dtype=float)[columns]
    ends = (np.r_[rows, columns + len(offers)], np.tile(np.arange(len(worth)), 2))
    matrix = csr_matrix((np.ones(2 * len(worth)), ends))
    bounds = [one.capacity for one in offers] + [one.quantity for one in needs]
    return -float(linprog(-worth, A_ub=matrix, b_ub=bounds, method="highs-ipm").fun)


def timed(work: Callable[[], float]) -> tuple[float, float, float]:
    """Give the answer with the wall and CPU seconds it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Measure each shape once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also one single kind: 4,000,000 possible pairs")
    large = parser.parse_args().large
    print(f"{'shape':<24}{'arcs':>10}{'wall s':>9}{'CPU s':>8}{'peer CPU s':>12}{'same total':>12}")
    for name, kinds in (("fifteen an offer", 10), ("ten kinds", 10), ("one kind", 1)):
        if name == "one kind" and not large:
            continue
        offers, needs = drawn(kinds)
        fit = fifteen_each(offers, needs) if name == "fifteen an offer" else None
        count = len(fit) if fit is not None else len(arcs(offers, needs).shares)
        total, wall, cpu = timed(lambda o=offers, n=needs, f=fit: allocate(o, n, f).total)
        line = f"{name:<24}{count:>10,}{wall:>9.2f}{cpu:>8.2f}"
        if name == "one kind":
            print(f"{line}{'-':>12}{'-':>12}")
            continue
        peer, _wall, peer_cpu = timed(lambda o=offers, n=needs, f=fit: whole_programme(o, n, f))
        print(f"{line}{peer_cpu:>12.2f}{'yes' if abs(peer - total) < 1e-6 * peer else 'NO':>12}")


if __name__ == "__main__":
    main()
