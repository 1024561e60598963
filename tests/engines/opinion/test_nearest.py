"""Whom somebody answers most like is read from counts, and left open where the answers leave it open."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.opinion.nearest import nearest_group
from placeweave.engines.opinion.records import Config
from placeweave.engines.opinion.tallies import Tallies

TOPICS = 10


def tallies(agree: list[list[int]], seen: int = 20) -> Tallies:
    """Groups of twenty, in which everybody has answered everything with agree or disagree."""
    for_it = np.array(agree, np.int32).reshape(len(agree), TOPICS)
    asked = np.full_like(for_it, seen)
    active = np.ones(TOPICS, np.bool_)
    sizes = np.full(len(agree), seen, np.int32)
    return Tallies(
        active, ~active, for_it.sum(0), (asked - for_it).sum(0), asked.sum(0), for_it, asked - for_it, asked, sizes, 40
    )


OPPOSED = tallies([[18] * TOPICS, [2] * TOPICS])


@pytest.mark.parametrize(("value", "group"), [(1, 0), (-1, 1)])
def test_answers_lead_to_the_group_that_gave_them(value: int, group: int) -> None:
    found = nearest_group(OPPOSED, dict.fromkeys(range(8), value))
    assert found is not None
    assert (found.group, found.is_clear) == (group, True)


def test_passes_alone_tell_no_group_from_another() -> None:
    found = nearest_group(OPPOSED, dict.fromkeys(range(8), 0))
    assert found is not None
    assert not found.is_clear
    assert found.chance == pytest.approx(0.5)


def test_nobody_is_placed_on_few_answers() -> None:
    assert nearest_group(OPPOSED, dict.fromkeys(range(6), 1)) is None
    assert nearest_group(OPPOSED, dict.fromkeys(range(7), 1)) is not None


def test_as_many_answers_are_asked_for_as_in_a_fit() -> None:
    from placeweave.engines.opinion.nearest import FEWEST

    assert Config().min_votes == FEWEST


def test_without_two_groups_nobody_is_near_one() -> None:
    assert nearest_group(tallies([[18] * TOPICS]), dict.fromkeys(range(8), 1)) is None
    assert nearest_group(tallies([]), dict.fromkeys(range(8), 1)) is None


def test_a_statement_taken_out_counts_for_nothing() -> None:
    out = tallies([[18] * TOPICS, [2] * TOPICS])
    out.active[:4] = False
    assert nearest_group(out, dict.fromkeys(range(8), 1)) is None


@given(
    st.lists(st.lists(st.integers(0, 20), min_size=TOPICS, max_size=TOPICS), min_size=2, max_size=5),
    st.dictionaries(st.integers(0, TOPICS - 1), st.sampled_from([-1, 0, 1]), min_size=7),
)
def test_the_chance_is_that_of_the_likeliest_group(agree: list[list[int]], answers: dict[int, int]) -> None:
    found = nearest_group(tallies(agree), answers)
    assert found is not None
    assert 1 / len(agree) - 1e-9 <= found.chance <= 1
