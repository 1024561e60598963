"""What no seating can be better than: never above what is found by trying everything."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.grouping.bounds import fewest_pairs, fewest_repeats, fill, pairs
from tests.engines.grouping.made import crew, instance, seatings

SMALL = st.sampled_from([(3, 3), (2, 2, 2), (4, 3), (3, 2, 2), (4, 2)])


@given(st.integers(0, 40), st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_what_is_filled_adds_up_and_no_place_could_give_one_to_another(count: int, room: list[int]) -> None:
    if count > sum(room):
        with pytest.raises(ValueError, match="do not fit"):
            fill(count, room)
        return
    filled = fill(count, room)
    assert sum(filled) == count
    for one, most in zip(filled, room, strict=True):
        assert one <= most
        assert one == most or one >= max(filled) - 1


@given(SMALL, st.lists(st.sampled_from("abc"), min_size=7, max_size=7))
def test_pairs_of_one_organisation_are_never_fewer_than_the_bound(sizes: tuple[int, ...], kinds: list[str]) -> None:
    people = crew(kinds)[: sum(sizes)]
    of = {one.key: one.organisation for one in people}
    fewest = min(
        sum(of[one] == of[other] for table in seated for one, other in combinations(table, 2))
        for seated in seatings(sorted(of), sizes)
    )
    counts = [list(of.values()).count(one) for one in set(of.values())]
    assert fewest_pairs(counts, sizes) <= fewest


@pytest.mark.parametrize(("kinds", "sizes"), [([8], [4] * 6), ([13, 9, 6, 4], [7] * 6), ([12], [7] * 6)])
def test_one_organisation_alone_reaches_it(kinds: list[int], sizes: list[int]) -> None:
    assert fewest_pairs(kinds, sizes) == sum(pairs(fill(one, sizes)) for one in kinds)


def test_pairs_that_a_rule_keeps_at_one_table_raise_it() -> None:
    assert fewest_pairs([2, 3], [3, 3, 3], [1, 0]) == 1
    assert fewest_pairs([4, 3], [3, 3, 3], [1, 3]) == 1 + 3


def test_two_organisations_at_large_tables_are_bound_by_the_tables() -> None:
    assert fewest_pairs([5, 5], [4, 3, 3]) == 4  # 2 + 1 + 1: a table of four holds two and two


@pytest.mark.parametrize("name", ["mixed30_5_5", "mixed22_5_4", "mixed47_8_4"])
def test_the_shared_bounds_follow(name: str) -> None:
    case = instance(name)
    sizes, expected = case["sizes"], case["expect"]
    counts = [case["org"].count(one) for one in set(case["org"])]
    assert fewest_pairs(counts, sizes) * case["rounds"] == expected["min_same_org_meetings"]
    assert fewest_repeats([sizes] * case["rounds"]) == expected["min_repeat_pair_meetings_C(m,2)_any_org"]
