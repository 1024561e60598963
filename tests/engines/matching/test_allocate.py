"""Offers shared out among needs: optimal, within bounds, and the same in whatever order they come."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment, linprog

from placeweave.engines.matching.allocate import allocate
from placeweave.engines.matching.fit import arcs, likeness
from placeweave.engines.matching.records import Allocation, Fit, Need, Offer

KINDS, PLACES, PEOPLE, HOURS = (
    ("room", "van"),
    ("", "harbour", "brae"),
    ("", "young"),
    ("", "Tuesday evenings", "Sundays"),
)
amounts = st.integers(0, 6).map(float)
offers_drawn = st.lists(
    st.builds(
        Offer,
        key=st.uuids().map(str),
        kind=st.sampled_from(KINDS),
        capacity=amounts,
        place=st.sampled_from(PLACES),
        audience=st.sampled_from(PEOPLE),
        when=st.sampled_from(HOURS),
    ),
    max_size=9,
    unique_by=lambda one: one.key,
)
needs_drawn = st.lists(
    st.builds(
        Need,
        key=st.uuids().map(str),
        kind=st.sampled_from(KINDS),
        quantity=amounts,
        priority=st.sampled_from([1.0, 2.0, 3.0]),
        place=st.sampled_from(PLACES),
        audience=st.sampled_from(PEOPLE),
        when=st.sampled_from(HOURS),
    ),
    max_size=9,
    unique_by=lambda one: one.key,
)


def best_by_linear_programming(offers: Sequence[Offer], needs: Sequence[Need]) -> float:
    """Solve the whole programme in one, on a dense matrix of all pairs."""
    every = arcs(offers, needs)
    if not len(every.shares):
        return 0.0
    worth = every.shares * np.array([needs[column].priority for column in every.needs])
    rows = np.zeros((len(offers) + len(needs), len(worth)))
    rows[every.offers, np.arange(len(worth))] = 1
    rows[len(offers) + every.needs, np.arange(len(worth))] = 1
    bounds = [one.capacity for one in offers] + [one.quantity for one in needs]
    return -float(linprog(-worth, A_ub=rows, b_ub=bounds, method="highs").fun)


def drawn(seed: int, many: int) -> tuple[list[Offer], list[Need]]:
    """Draw offers and needs as varied as a place's."""
    chance = random.Random(seed)

    def said() -> tuple[str, str, str]:
        return chance.choice(PLACES), chance.choice(PEOPLE), chance.choice(HOURS)

    offers = [Offer(f"o{n}", chance.choice(KINDS), float(chance.randint(0, 9)), *said()) for n in range(many)]
    needs = [
        Need(f"n{n}", chance.choice(KINDS), float(chance.randint(0, 9)), float(chance.randint(1, 3)), *said())
        for n in range(many)
    ]
    return offers, needs


@given(offers_drawn, needs_drawn)
def test_the_total_equals_a_linear_programming_optimum(offers: list[Offer], needs: list[Need]) -> None:
    assert allocate(offers, needs).total == pytest.approx(best_by_linear_programming(offers, needs), abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_so_it_does_where_the_first_arcs_are_not_enough(seed: int) -> None:
    offers, needs = drawn(seed, 60)
    assert allocate(offers, needs).total == pytest.approx(best_by_linear_programming(offers, needs), rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_so_it_does_where_many_say_the_same_and_none_is_paired_with_another_twice(seed: int) -> None:
    chance = random.Random(seed)
    offers = [
        Offer(f"o{n}", chance.choice(KINDS), float(chance.randint(0, 5)), chance.choice(PLACES)) for n in range(40)
    ]
    needs = [Need(f"n{n}", chance.choice(KINDS), float(chance.randint(0, 5)), 1.0 + n % 2) for n in range(40)]
    answer = allocate(offers, needs)
    assert answer.total == pytest.approx(best_by_linear_programming(offers, needs), rel=1e-9)
    assert answer.total == pytest.approx(sum(one.weight for one in answer.pairs))
    assert len({(one.offer, one.need) for one in answer.pairs}) == len(answer.pairs)


@pytest.mark.parametrize("together", [1, 30, 10_000])
def test_so_it_does_however_the_parts_that_share_no_arc_are_put_together(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("placeweave.engines.matching.allocate.SOLVED_TOGETHER", together)
    offers = [Offer(f"o{n}", f"k{n % 7}", float(n % 5), PLACES[n % 3]) for n in range(60)]
    needs = [Need(f"n{n}", f"k{n % 8}", float(n % 4), 1.0 + n % 3, PLACES[n % 2]) for n in range(60)]
    assert allocate(offers, needs).total == pytest.approx(best_by_linear_programming(offers, needs), rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_with_one_of_each_it_equals_the_hungarian_method(seed: int) -> None:
    worth = np.random.default_rng(seed).random((40, 40))
    fit = [Fit(f"o{row}", f"n{column}", float(worth[row, column])) for row in range(40) for column in range(40)]
    answer = allocate(
        [Offer(f"o{n}", "") for n in range(40)], [Need(f"n{n}", "", priority=1.0) for n in range(40)], fit
    )
    rows, columns = linear_sum_assignment(worth, maximize=True)
    assert answer.total == pytest.approx(worth[rows, columns].sum(), rel=1e-6)
    assert {one.amount for one in answer.pairs} == {1.0}


@given(offers_drawn, needs_drawn)
def test_nothing_is_given_twice_and_all_is_accounted_for(offers: list[Offer], needs: list[Need]) -> None:
    answer = allocate(offers, needs)
    given_by, given_to = _sums(answer)
    spare = {one.key: one.left for one in answer.spare}
    unmet = {one.key: one.left for one in answer.unmet}
    assert {one.key: one.capacity for one in offers} == {
        one.key: given_by[one.key] + spare.get(one.key, 0.0) for one in offers
    }
    assert {one.key: one.quantity for one in needs} == {
        one.key: given_to[one.key] + unmet.get(one.key, 0.0) for one in needs
    }


def _sums(answer: Allocation) -> tuple[dict[str, float], dict[str, float]]:
    by: dict[str, float] = defaultdict(float)
    to: dict[str, float] = defaultdict(float)
    for pair in answer.pairs:
        by[pair.offer] += pair.amount
        to[pair.need] += pair.amount
    return by, to


@given(offers_drawn, needs_drawn, st.randoms(use_true_random=False))
def test_the_order_they_come_in_changes_nothing(offers: list[Offer], needs: list[Need], chance: random.Random) -> None:
    before = allocate(offers, needs)
    chance.shuffle(offers)
    chance.shuffle(needs)
    assert allocate(offers, needs) == before


@given(offers_drawn, needs_drawn)
def test_whole_amounts_stay_whole_and_kinds_are_never_mixed(offers: list[Offer], needs: list[Need]) -> None:
    kinds = {one.key: one.kind for one in [*offers, *needs]}
    for pair in allocate(offers, needs).pairs:
        assert pair.amount == int(pair.amount)
        assert kinds[pair.offer] == kinds[pair.need]


def test_the_more_pressing_need_is_met_first_and_the_other_named() -> None:
    answer = allocate([Offer("bus", "seats", 14)], [Need("choir", "seats", 11, 2), Need("shed", "seats", 6, 3)])
    assert [(one.need, one.amount) for one in answer.pairs] == [("shed", 6), ("choir", 8)]
    assert [(one.key, one.left, one.of) for one in answer.unmet] == [("choir", 3, 11)]


@pytest.mark.parametrize(
    ("offer", "need", "share"),
    [
        (Offer("o", "room", place="Harbour"), Need("n", "ROOM", place=" harbour "), 0.64),
        (Offer("o", "room", place="brae"), Need("n", "room", place="harbour"), 0.32),
        (Offer("o", "room", when="weekday evenings"), Need("n", "room", when="Tuesday evenings"), 0.64),
        (Offer("o", "room", when="Sundays"), Need("n", "room", when="Tuesday evenings"), 0.192),
    ],
)
def test_fit_is_a_product_of_what_both_say(offer: Offer, need: Need, share: float) -> None:
    assert float(arcs([offer], [need]).shares[0]) == pytest.approx(share)


def test_each_respect_can_be_told() -> None:
    offer = Offer("o", "room", place="harbour", when="Sundays")
    need = Need("n", "room", place="harbour", when="Tuesday evenings")
    assert [likeness(one, offer, need) for one in ("place", "audience", "hours")] == ["same", "unsaid", "other"]


@pytest.mark.parametrize(
    ("offers", "needs", "fit", "words"),
    [
        ([Offer("a", "room"), Offer("a", "van")], [], None, "offer a is there twice"),
        ([Offer("a", "room", -1)], [], None, "capacity of a is -1"),
        ([], [Need("b", "room", float("nan"))], None, "quantity of b is nan"),
        ([], [Need("b", "room", 1, -2)], None, "priority of b is -2"),
        ([Offer("a", "room")], [], [Fit("a", "b", 1.0)], "a and b, which are not both there"),
    ],
)
def test_unsound_records_are_refused_in_a_sentence(
    offers: list[Offer], needs: list[Need], fit: list[Fit] | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        allocate(offers, needs, fit)
