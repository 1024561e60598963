"""Shares in tenths: true, and never so narrow that a count of a few could be proved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.opinion.coarse import tenths

minimums = st.integers(3, 10)


@given(st.integers(0, 400), st.integers(0, 400), minimums)
def test_the_share_lies_in_its_stretch(one: int, other: int, minimum: int) -> None:
    of = one + other
    told = tenths(one, of, minimum)
    if told is not None:
        assert told[0] * of <= one * 10 <= told[1] * of


@given(st.integers(0, 400), st.integers(0, 400), minimums)
def test_i3_who_knows_the_stretch_and_the_total_can_prove_no_count_of_a_few(one: int, other: int, minimum: int) -> None:
    of = one + other
    told = tenths(one, of, minimum)
    if told is None:
        return
    possible = [count for count in range(of + 1) if tenths(count, of, minimum) == told]
    assert max(possible) >= minimum
    assert of - min(possible) >= minimum


@given(st.integers(0, 19), minimums)
def test_nothing_is_told_of_too_few_people(count: int, minimum: int) -> None:
    assert tenths(min(count, 2 * minimum - 1), 2 * minimum - 1, minimum) is None
