"""Scores are told honestly, and no subtraction of figures that are shown makes out a few people."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.listening.queries.spread import Scores, Spread, spread, spreads

SCORES = st.tuples(*[st.integers(0, 4)] * 7).map(lambda people: dict(enumerate(people, start=1)))
THRESHOLDS = st.integers(3, 10)
GROUPS = st.lists(SCORES, min_size=1, max_size=5)
WAVES = st.lists(GROUPS, min_size=2, max_size=2)


def people(scores: Scores) -> int:
    return sum(scores.values())


def by_group(groups: list[dict[int, int]]) -> dict[int | None, dict[int, int]]:
    """The last group stands for those who named none."""
    return {None if number == len(groups) - 1 else number: scores for number, scores in enumerate(groups)}


def shown(groups: list[dict[int, int]], threshold: int) -> list[tuple[int, Spread]]:
    """Give everything that is told of one heading, with the number of people it truly rests on."""
    whole, parts = spreads(by_group(groups), threshold=threshold)
    told = [(people(by_group(groups)[key]), one) for key, one in parts.items()]
    return [(n, one) for n, one in [(sum(map(people, groups)), whole), *told] if one is not None]


@given(SCORES, THRESHOLDS)
def test_b38_median_and_quartiles_are_those_another_program_gives(scores: dict[int, int], threshold: int) -> None:
    values = list(Counter(scores).elements())
    found = spread(scores, threshold=threshold)
    if len(values) < threshold:
        assert found is None
    else:
        assert found is not None
        assert [found.low, found.median, found.high] == pytest.approx(np.percentile(values, [25, 50, 75]))


@given(GROUPS, THRESHOLDS)
def test_i3_nothing_is_told_of_fewer_people_than_the_threshold(groups: list[dict[int, int]], threshold: int) -> None:
    for n, one in shown(groups, threshold):
        assert n >= threshold
        assert one.at_least <= n <= one.at_most


@given(GROUPS, THRESHOLDS)
def test_i3_what_is_left_out_cannot_be_made_out_from_the_total(groups: list[dict[int, int]], threshold: int) -> None:
    whole, parts = spreads(by_group(groups), threshold=threshold)
    sizes = {key: people(scores) for key, scores in by_group(groups).items()}
    hidden = [size for key, size in sizes.items() if parts[key] is None and size]
    if whole is not None and hidden:
        assert sum(hidden) >= threshold
        assert len(hidden) >= 2


@given(WAVES, THRESHOLDS)
def test_i3_no_two_numbers_of_people_differ_by_a_few(waves: list[list[dict[int, int]]], threshold: int) -> None:
    told = [one.at_least for groups in waves for _n, one in shown(groups, threshold)]
    steps = {abs(a - b) for a, b in itertools.combinations(told, 2)}
    assert all(step == 0 or step >= threshold for step in steps)


@given(GROUPS, THRESHOLDS, st.integers(0, 4), st.integers(1, 7))
def test_i3_one_more_answer_shows_as_no_more_than_a_step(
    groups: list[dict[int, int]], threshold: int, at: int, score: int
) -> None:
    """What is told of others never says exactly how many stand in a group that is left out."""
    key = at % len(groups)
    more = [dict(one) for one in groups]
    more[key][score] = more[key].get(score, 0) + 1
    before, after = spreads(by_group(groups), threshold=threshold), spreads(by_group(more), threshold=threshold)
    name = list(by_group(groups))[key]
    if before[1][name] is None and after[1][name] is None and before[0] and after[0]:
        moved = after[0].at_least - before[0].at_least
        assert moved in {0, threshold}


def test_blanks_change_no_median() -> None:
    assert spread({1: 0, 3: 2, 5: 3}, threshold=5) == spread({3: 2, 5: 3}, threshold=5)


def test_a_group_of_four_takes_the_next_smallest_with_it() -> None:
    whole, parts = spreads({"young": {2: 4}, "work": {5: 6}, "live": {4: 20}, None: {}}, threshold=5)
    assert whole is not None
    assert whole.people == "30 to 34"
    assert {name: one is not None for name, one in parts.items()} == {
        "young": False, "work": False, "live": True, None: False,
    }  # fmt: skip
