"""The walk always knows what each swap would change, and groups that are varied are found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from placeweave.engines.grouping.diverse import spread
from placeweave.engines.grouping.records import Impossible
from placeweave.engines.grouping.search import NEVER, Task, _Walk, cost_of, search
from tests.shared_data import shared

ILP_AND_FOUND = {
    "RanInt_n010_ds_07": (1221, 1221),
    "RanReal_n010_ss_10": (1195.92, 1195.92),
    "RanInt_n012_ss_03": (993, 993),
    "Geo_n010_ss_10": (3752.03, 3752.03),
    "RanInt_n010_ss_10": (1112, 1112),
    "RanInt_n030_ss_05": (5496, 5500),
    "Geo_n030_ds_08": (13282, 13368.86),
    "Geo_n060_ss_04": (45971.80, 46217.76),
    "RanReal_n060_ss_04": (18050.80, 18856.55),
    "RanInt_n060_ds_03": (17041, 19828),
}


def drawn(seed: int, people: int, tables: int, rounds: int) -> tuple[Task, NDArray[np.int64]]:
    """Draw costs, meetings of the past, forbidden seats and a seating that uses none of them."""
    chance = np.random.default_rng(seed)
    pair = chance.integers(0, 5, (people, people)).astype(float)
    pair = np.triu(pair, 1) + np.triu(pair, 1).T
    met = np.triu(chance.integers(0, 3, (people, people)).astype(float), 1)
    seats = np.array([chance.permutation(np.arange(people) % tables) for _ in range(rounds)])
    place = chance.integers(0, 4, (rounds, people, tables)).astype(float)
    place[chance.random(place.shape) < 0.2] = NEVER
    np.put_along_axis(place, seats[:, :, None], 1.0, axis=2)
    held = chance.random(people) < 0.1
    return Task(pair, place, met + met.T, 1.0, held, np.zeros(tables, dtype=np.int64)), seats


sizes = st.tuples(st.integers(0, 10_000), st.integers(4, 12), st.integers(2, 4), st.integers(1, 4))


@given(sizes, st.integers(0, 12))
def test_the_change_of_every_swap_equals_a_full_recount(drawn_from: tuple[int, int, int, int], steps: int) -> None:
    task, start = drawn(*drawn_from)
    walk = _Walk(task, start)
    chance = np.random.default_rng(1)
    for _ in range(steps):
        walk.go(chance, NEVER)
    assert walk.cost == pytest.approx(cost_of(task, walk.seats))
    changes = walk._changes()
    for number, one, other in np.ndindex(changes.shape):
        seats = walk.seats.copy()
        seats[number, [one, other]] = seats[number, [other, one]]
        moves = seats[number, one] != walk.seats[number, one]
        if not moves or (task.held[one] or task.held[other]):
            assert changes[number, one, other] == NEVER
        else:
            assert changes[number, one, other] == pytest.approx(cost_of(task, seats) - walk.cost)


@given(sizes)
def test_sizes_held_people_and_forbidden_seats_stay(drawn_from: tuple[int, int, int, int]) -> None:
    task, start = drawn(*drawn_from)
    found = search(task, lambda _chance: start, seed=3, iterations=60)
    assert found.cost == pytest.approx(cost_of(task, found.seats))
    assert found.cost <= cost_of(task, start)
    assert np.isfinite(np.take_along_axis(task.place, found.seats[:, :, None], axis=2)).all()
    assert (found.seats[:, task.held] == start[:, task.held]).all()
    tables = task.place.shape[2]
    for before, after in zip(start, found.seats, strict=True):
        assert np.bincount(before, minlength=tables).tolist() == np.bincount(after, minlength=tables).tolist()


def test_the_clock_ends_a_search_that_has_steps_left() -> None:
    task, start = drawn(0, 12, 3, 3)
    assert search(task, lambda _chance: start, seed=0, iterations=10**9, seconds=0.05).steps < 10**9


# --- Varied groups ---------------------------------------------------------------------------------


def mdgp(name: str) -> tuple[NDArray[np.float64], list[int], list[int]]:
    """Read an instance of the maximally diverse grouping problem: differences, least and most of each group."""
    head, *lines = shared(f"systems/mdgp/{name}.txt").read_text().splitlines()
    people, _groups, _kind, *limits = head.split()
    unlike = np.zeros((int(people), int(people)))
    for one, other, differ in (line.split() for line in lines if line.strip()):
        unlike[int(one), int(other)] = unlike[int(other), int(one)] = float(differ)
    return unlike, [int(one) for one in limits[::2]], [int(one) for one in limits[1::2]]


@pytest.mark.parametrize("name", ILP_AND_FOUND)
def test_published_instances_reach_what_is_known(name: str) -> None:
    unlike, least, most = mdgp(name)
    found = spread(unlike, least, most, iterations=4_000)
    by_programme, by_search = ILP_AND_FOUND[name]
    assert found.total >= by_programme - 0.005
    assert found.total >= 0.995 * by_search
    counts = np.bincount(found.group, minlength=len(least))
    assert all(low <= count <= high for low, count, high in zip(least, counts, most, strict=True))
    inside = found.group[:, None] == found.group[None, :]
    assert found.total == pytest.approx((unlike * inside).sum() / 2)


@settings(max_examples=25)
@given(st.integers(0, 1000), st.sampled_from([([2, 2], [4, 4]), ([1, 1, 1], [3, 4, 5]), ([3, 3], [3, 3])]))
def test_small_ones_are_solved_whatever_the_sizes(seed: int, limits: tuple[list[int], list[int]]) -> None:
    unlike = np.random.default_rng(seed).random((6, 6))
    unlike = np.triu(unlike, 1) + np.triu(unlike, 1).T
    least, most = limits
    best = 0.0
    for group in np.ndindex(*[len(least)] * 6):
        counts = np.bincount(group, minlength=len(least))
        if all(low <= count <= high for low, count, high in zip(least, counts, most, strict=True)):
            here = np.array(group)
            best = max(best, float((unlike * (here[:, None] == here)).sum() / 2))
    assert spread(unlike, least, most, seed=seed, iterations=600).total == pytest.approx(best)


def test_groups_that_cannot_hold_everybody_are_refused() -> None:
    with pytest.raises(Impossible, match=r"3 people do not fit groups of \[2, 2\] to \[2, 2\]"):
        spread(np.zeros((3, 3)), [2, 2], [2, 2])
