"""A plan mended: few move, nobody is lost, and what is over or fixed stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.grouping.bounds import fill
from placeweave.engines.grouping.explain import sentence
from placeweave.engines.grouping.records import Impossible, Move, Person, Rules, Seat, Table
from placeweave.engines.grouping.repair import repair
from placeweave.engines.grouping.rounds import even_tables, plan
from tests.engines.grouping.made import crew, skewed, strangers

SEVEN = [Table(7)] * 6
FEW = 60


def test_where_nothing_has_changed_nobody_moves() -> None:
    people = skewed(24, 8)
    found = plan(people, even_tables(24, 4), 3)
    mended = repair(found.rounds, people, even_tables(24, 4))
    assert mended.rounds == found.rounds
    assert (mended.moved, mended.has_fewest_moves) == ((), True)
    assert "Nobody has to move." in [sentence(one) for one in mended.explain]


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 19), max_size=8), st.integers(0, 5), st.integers(0, 9))
def test_no_more_move_than_must_to_even_out_the_tables(gone: set[int], late: int, seed: int) -> None:
    found = plan(strangers(20), even_tables(20, 5), 2, seed=seed, iterations=0)
    people = [one for number, one in enumerate(strangers(20)) if number not in gone]
    people += [Person(f"late{one}") for one in range(late)]
    mended = repair(found.rounds, people, [Table(7)] * 4, iterations=FEW)
    here = {one.key for one in people}
    expected = 0
    for before, after in zip(found.rounds, mended.rounds, strict=True):
        assert sorted(key for table in after for key in table) == sorted(here)
        assert max(map(len, after)) - min(map(len, after)) <= 1
        left = sorted((len(here.intersection(table)) for table in before), reverse=True)
        expected += sum(max(0, have - want) for have, want in zip(left, fill(len(people), [7] * 4), strict=True))
    assert len(mended.moved) == expected
    assert mended.has_fewest_moves


def test_moves_are_told_with_both_tables() -> None:
    given_plan = [[["p000", "p001", "p002"], ["p003", "p004", "p005"]]]
    people = [one for one in strangers(6) if one.key not in {"p004", "p005"}]
    mended = repair(given_plan, people, [Table(3)] * 2)
    (moved,) = mended.moved
    assert moved == Move(moved.person, 0, 0, 1)
    assert f"{moved.person} moves to table 2 in round 1." in [sentence(one) for one in mended.explain]


def test_among_those_who_could_move_the_one_moves_who_meets_others() -> None:
    people = [*crew([0, 0, 1, 2]), Person("x"), Person("y")]
    mended = repair([[["p000", "p001", "p002", "p003"], ["x", "y"]]], people, [Table(4)] * 2)
    assert len(mended.moved) == 1
    assert mended.moved[0].person in {"p000", "p001"}  # two of one organisation shared that table
    assert mended.same_organisation_meetings == 0


def test_after_no_shows_no_table_of_six_has_more_of_an_organisation_than_it_must() -> None:
    people = crew([0] * 13 + [1] * 9 + [2] * 6 + [3] * 4 + list(range(4, 14)))
    found = plan(people, SEVEN, 4)
    here = [one for one in people if one.key not in {"p001", "p002", "p015", "p020", "p030"}]
    here += [Person("late1", "o0"), Person("late2", "o1")]
    mended = repair(found.rounds, here, SEVEN, played=1)
    of = {one.key: one.organisation for one in here}
    assert mended.rounds[0] == found.rounds[0]
    for one in mended.rounds[1:]:
        assert sorted(map(len, one)) == [6, 6, 6, 7, 7, 7]
        assert max(sum(of[key] == "o0" for key in table) for table in one) == 2
    assert len(mended.moved) <= 3
    assert mended.has_fewest_moves


def test_rounds_that_are_over_stay_and_count_as_met() -> None:
    people = strangers(9)
    found = plan(people, even_tables(9, 3), 3)
    here = [*people[:-1], Person("late")]
    mended = repair(found.rounds, here, even_tables(9, 3), played=2)
    assert mended.rounds[:2] == found.rounds[:2]
    assert all(move.round == 2 for move in mended.moved)
    assert mended.repeat_cost == 0


def test_what_was_dragged_and_fixed_stays_and_the_rest_gives_way() -> None:
    people = strangers(12)
    found = plan(people, even_tables(12, 4), 1)
    someone = found.rounds[0][0][0]
    dragged = [[key for key in table if key != someone] for table in found.rounds[0]]
    dragged[2].append(someone)
    mended = repair([dragged], people, even_tables(12, 4), rules=Rules(fixed=[Seat(someone, 0, 2)]))
    assert someone in mended.rounds[0][2]
    assert len(mended.moved) == 1
    assert mended.moved[0].after == 0
    assert [len(table) for table in mended.rounds[0]] == [4, 4, 4]


def test_pairs_apart_are_parted_with_one_move() -> None:
    people = strangers(8)
    given_plan = [[["p000", "p001", "p002", "p003"], ["p004", "p005", "p006", "p007"]]]
    mended = repair(given_plan, people, [Table(5)] * 2, rules=Rules(apart=[("p000", "p001")]))
    at = [{key: table for table, keys in enumerate(one) for key in keys} for one in mended.rounds]
    assert at[0]["p000"] != at[0]["p001"]
    assert len(mended.moved) == 2  # one goes, one comes back: the tables stay even


def test_a_repair_is_the_same_each_time() -> None:
    people = skewed(24, 8)
    found = plan(people, even_tables(24, 4), 3)
    assert repair(found.rounds, people[2:], [Table(4)] * 6) == repair(found.rounds, people[2:], [Table(4)] * 6)


def test_what_cannot_be_repaired_is_refused() -> None:
    found = plan(strangers(6), even_tables(6, 3), 2)
    with pytest.raises(Impossible, match="All rounds are over"):
        repair(found.rounds, strangers(6), even_tables(6, 3), played=2)
    with pytest.raises(Impossible, match="The plan has 2 tables, and there are 1 now"):
        repair(found.rounds, strangers(6), [Table(6)])
