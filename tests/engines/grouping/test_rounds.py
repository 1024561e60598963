"""Tables for several rounds: perfect where that can be had, never below the bound, and always within the rules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from placeweave.engines.grouping.explain import sentence
from placeweave.engines.grouping.judge import as_seats, judge
from placeweave.engines.grouping.records import Impossible, Person, Plan, Rules, Seat, Sitting, Table
from placeweave.engines.grouping.room import Room, prepare
from placeweave.engines.grouping.rounds import even_tables, plan
from tests.engines.grouping.made import (
    affine_plane,
    crew,
    instance,
    met,
    parties,
    recounted,
    seatings,
    skewed,
    strangers,
)

FEW = 80
"""Steps that are enough for a claim that holds for every plan."""


def said(found: Plan) -> str:
    return "\n".join(sentence(one) for one in found.explain)


# --- As good as is known to be possible ------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "size", "rounds"), [(5, 3, 7), (3, 3, 4), (4, 4, 5), (8, 4, 5), (5, 5, 6), (8, 4, 7)]
)
@pytest.mark.parametrize("seed", [0, 1])
def test_social_golfers_never_meet_twice(tables: int, size: int, rounds: int, seed: int) -> None:
    found = plan(strangers(tables * size), even_tables(tables * size, size), rounds, seed=seed)
    assert (found.repeat_cost, found.proved) == (0, True)
    assert set(met(found.rounds).values()) == {1}


@pytest.mark.parametrize(("tables", "size", "rounds"), [(5, 3, 8), (4, 4, 6), (3, 3, 5)])
def test_no_schedule_is_claimed_that_cannot_exist(tables: int, size: int, rounds: int) -> None:
    found = plan(strangers(tables * size), even_tables(tables * size, size), rounds, iterations=200)
    assert found.repeat_cost > 0
    assert not found.proved or found.lower_bound > 0


@pytest.mark.parametrize(("people", "size", "largest"), [(24, 4, 8), (60, 5, 13), (120, 6, 18)])
@pytest.mark.parametrize("rounds", [3, 4, 5])
def test_nearly_everybody_met_is_from_elsewhere_and_new(people: int, size: int, largest: int, rounds: int) -> None:
    found = plan(skewed(people, largest), even_tables(people, size), rounds)
    assert found.contacts_across >= 0.985 * found.bounds.contacts_across
    assert found.contacts_across == recounted(found, skewed(people, largest))[3]


def test_repeats_that_cannot_be_avoided_are_as_few_as_can_be() -> None:
    found = plan(strangers(30), even_tables(30, 6), 5)
    assert (found.repeat_cost, found.lower_bound, found.proved) == (50, 50, True)
    assert found.distinct_contacts >= 320  # 355 could be had, at the price of five couples who always sit together


@pytest.mark.parametrize("q", [3, 5])
def test_affine_planes_are_found(q: int) -> None:
    people, _rounds = affine_plane(q)
    found = plan(people, even_tables(q * q, q), q)
    assert (found.same_organisation_meetings, found.repeat_cost, found.proved) == (0, 0, True)
    assert found.contacts_across == q * q * (q - 1) * q // 2


@pytest.mark.parametrize("q", [2, 3, 5, 7, 11])
def test_affine_planes_are_judged_perfect(q: int) -> None:
    people, rounds = affine_plane(q)
    room = prepare(people, even_tables(q * q, q), q, Rules())
    judged = judge(room, _stacked(room, rounds))
    assert (judged.cost, judged.lower_bound, judged.proved) == (0, 0, True)


@pytest.mark.parametrize("name", ["perfect3", "perfect5", "mixed30_5_5", "mixed22_5_4", "mixed47_8_4"])
def test_the_shared_instances_come_up_to_what_is_expected(name: str) -> None:
    case = instance(name)
    people = crew(case["org"])
    found = plan(people, even_tables(case["people"], -(-case["people"] // case["groups"])), case["rounds"])
    same, repeats, _distinct, across = recounted(found, people)
    expected = case["expect"]
    assert same == expected.get("min_same_org_meetings", 0)
    least = expected.get("min_repeat_pair_meetings_C(m,2)_any_org", 0)
    assert least <= repeats <= 1.05 * least + (2 if name == "mixed22_5_4" else 0)
    assert across >= expected.get("distinct_cross_org_contacts", 0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=6, max_size=6), st.sampled_from([2, 3]))
def test_two_rounds_of_six_are_as_good_as_the_best_of_all(kinds: list[int | None], size: int) -> None:
    people = crew(kinds)
    keys = [one.key for one in people]
    sizes = [one.seats for one in even_tables(6, size)]
    of = {one.key: one.organisation for one in people}

    def cost(*rounds: tuple[tuple[str, ...], ...]) -> int:
        together = met(rounds)
        same = sum(count for (one, other), count in _spread(together) if of[one] and of[one] == of[other])
        return 3 * same + sum(count * (count - 1) // 2 for count in together.values())

    every = list(seatings(keys, sizes))
    best = min(cost(*rounds) for rounds in product(every[:1] if not any(of.values()) else every, every))
    assert plan(people, even_tables(6, size), 2, iterations=900).cost == best


# --- Figures are honest ----------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(parties(), st.integers(2, 6), st.integers(1, 4), st.integers(0, 5))
def test_figures_equal_a_recount_and_never_beat_the_bound(
    people: list[Person], size: int, rounds: int, seed: int
) -> None:
    found = plan(people, even_tables(len(people), size), rounds, seed=seed, iterations=FEW)
    figures = (found.same_organisation_meetings, found.repeat_cost, found.distinct_contacts, found.contacts_across)
    assert figures == recounted(found, people)
    assert found.same_organisation_meetings >= found.bounds.same_organisation_meetings
    assert found.repeat_cost >= found.bounds.repeat_cost
    assert found.contacts_across <= found.bounds.contacts_across
    assert found.cost == 3 * found.same_organisation_meetings + found.repeat_cost >= found.lower_bound
    assert found.proved == (found.cost == found.lower_bound)
    assert len(found.rounds) == rounds
    for one in found.rounds:
        assert sorted(key for table in one for key in table) == [person.key for person in people]
        assert max(map(len, one)) - min(map(len, one)) <= 1


@settings(max_examples=25, deadline=None)
@given(parties(), st.integers(2, 5), st.randoms(use_true_random=False))
def test_the_order_people_come_in_changes_nothing(people: list[Person], size: int, chance: random.Random) -> None:
    before = plan(people, even_tables(len(people), size), 2, seed=4, iterations=FEW)
    chance.shuffle(people)
    assert plan(people, even_tables(len(people), size), 2, seed=4, iterations=FEW) == before


@settings(max_examples=25, deadline=None)
@given(parties(), st.integers(2, 5), st.randoms(use_true_random=False))
def test_a_plan_costs_the_same_whatever_people_are_called(
    people: list[Person], size: int, chance: random.Random
) -> None:
    tables = even_tables(len(people), size)
    found = plan(people, tables, 2, iterations=FEW)
    keys = [one.key for one in people]
    called = dict(zip(keys, chance.sample(keys, len(keys)), strict=True))
    renamed = [Person(called[one.key], one.organisation) for one in people]
    room = prepare(renamed, tables, 2, Rules())
    judged = judge(room, _stacked(room, [[[called[key] for key in table] for table in one] for one in found.rounds]))
    assert (judged.cost, judged.bounds, judged.contacts_across) == (found.cost, found.bounds, found.contacts_across)


def test_two_seeds_differ_and_one_does_not() -> None:
    people, tables = skewed(24, 8), even_tables(24, 4)
    once = plan(people, tables, 3, seed=1)
    assert plan(people, tables, 3, seed=1) == once
    assert plan(people, tables, 3, seed=2).rounds != once.rounds


def test_more_steps_are_never_worse() -> None:
    people, tables = skewed(24, 8), even_tables(24, 4)
    costs = [plan(people, tables, 5, iterations=steps).cost for steps in (0, 10, 100, 1000)]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] > costs[-1]


# --- Rules are kept --------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_rules_are_kept_exactly_or_refused_when_nothing_keeps_them(data: st.DataObject) -> None:
    keys = [f"p{one}" for one in range(6)]
    pair = st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True).map(tuple)
    apart = data.draw(st.lists(pair, max_size=5), label="apart")
    together = data.draw(st.lists(pair, max_size=2), label="together")
    fixed = data.draw(st.lists(st.tuples(st.sampled_from(keys), st.integers(0, 2)), max_size=2), label="fixed")
    stepfree = data.draw(st.sets(st.sampled_from(keys), max_size=3), label="needs")
    people = [Person(key, needs=frozenset({"step-free"} if key in stepfree else ())) for key in keys]
    tables = [Table(2), Table(2, frozenset({"step-free"})), Table(2)]

    def keeps(seated: tuple[tuple[str, ...], ...]) -> bool:
        at = {key: table for table, mates in enumerate(seated) for key in mates}
        return (
            all(at[one] != at[other] for one, other in apart)
            and all(at[one] == at[other] for one, other in together)
            and all(at[key] == table for key, table in fixed)
            and all(at[key] == 1 for key in stepfree)
        )

    rules = Rules(
        apart=apart, together=together, fixed=[Seat(key, number, table) for key, table in fixed for number in (0, 1)]
    )
    if any(keeps(one) for one in seatings(keys, [2, 2, 2])):
        assert all(keeps(one) for one in plan(people, tables, 2, rules=rules, iterations=FEW).rounds)
    else:
        with pytest.raises(Impossible, match="Round 1 cannot be seated at 3 tables of up to 2 seats: "):
            plan(people, tables, 2, rules=rules, iterations=FEW)


def test_a_refusal_names_what_stands_against_what_and_nothing_else() -> None:
    people = [*strangers(8), Person("ann", needs=frozenset({"Polish"})), Person("bob", host_of=0)]
    rules = Rules(apart=[("p000", "p001"), ("ann", "bob")], fixed=[Seat("p003", 0, 1)])
    tables = [Table(5, frozenset({"Polish"})), Table(5)]
    with pytest.raises(Impossible) as refused:
        plan(people, tables, 1, rules=rules)
    assert str(refused.value) == (
        "Round 1 cannot be seated at 2 tables of up to 5 seats: ann and bob are to sit apart; "
        "ann needs Polish, which only table 1 offers; and bob hosts table 1."
    )


def test_more_people_apart_than_there_are_tables_are_named_once() -> None:
    names = ["p000", "p001", "p002", "p003"]
    rules = Rules(apart=[*combinations(names, 2), ("p004", "p005")], together=[("p006", "p007")])
    with pytest.raises(Impossible) as refused:
        plan(strangers(12), even_tables(12, 4), 2, rules=rules)
    assert str(refused.value) == (
        "Round 1 cannot be seated at 3 tables of up to 4 seats: "
        "p000, p001, p002 and p003 are to sit apart from each other."
    )


def test_what_a_host_brings_their_table_offers() -> None:
    speakers = [Person(f"s{one}", needs=frozenset({"Polish"})) for one in range(2)]
    host = Person("host", brings=frozenset({"Polish"}), host_of=1)
    found = plan([*strangers(9), *speakers, host], even_tables(12, 4), 3)
    assert all({"host", "s0", "s1"} <= set(one[1]) for one in found.rounds)


def test_a_need_nobody_meets_is_refused() -> None:
    with pytest.raises(Impossible, match="ann needs a loop, which no table has"):
        plan([*strangers(5), Person("ann", needs=frozenset({"a loop"}))], even_tables(6, 3), 1)


def test_people_who_sit_together_still_meet_others() -> None:
    people = crew([0] * 6 + [1] * 6 + [2] * 6 + list(range(3, 9)))
    found = plan(people, even_tables(24, 4), 4, rules=Rules(together=[("p001", "p013"), ("p013", "p023")]))
    for one in found.rounds:
        assert any({"p001", "p013", "p023"} <= set(table) for table in one)
    fourth = [next(key for table in one if "p001" in table for key in table if key not in
                   {"p001", "p013", "p023"}) for one in found.rounds]  # fmt: skip
    assert len(set(fourth)) == 4


def test_a_table_that_many_need_holds_more_than_the_others() -> None:
    people = [Person(f"n{one}", needs=frozenset({"step-free"})) for one in range(6)] + strangers(6)
    found = plan(people, [Table(6), Table(6), Table(6, frozenset({"step-free"}))], 1)
    assert [len(table) for table in found.rounds[0]] == [3, 3, 6]


def test_uneven_tables_are_filled_as_evenly_as_they_can_be() -> None:
    found = plan(strangers(17), [Table(8), Table(3), Table(8)], 2)
    assert [sorted(map(len, one)) for one in found.rounds] == [[3, 7, 7], [3, 7, 7]]


def test_those_who_met_before_do_not_meet_again() -> None:
    people = strangers(16)
    first = plan(people, even_tables(16, 4), 2)
    later = plan(people, even_tables(16, 4), 3, rules=Rules(history=first.rounds))
    assert set(met([*first.rounds, *later.rounds]).values()) == {1}
    assert later.proved


@settings(max_examples=25, deadline=None)
@given(parties(least=6, most=12), st.integers(0, 20))
def test_repeats_count_past_workshops_and_never_beat_the_bound(people: list[Person], seed: int) -> None:
    tables = even_tables(len(people), 3)
    past = [*plan(people, tables, 2, seed=seed, iterations=0).rounds, (("gone", people[0].key),)]
    found = plan(people, tables, 2, rules=Rules(history=past), iterations=FEW)
    counted = met([*past, *found.rounds])
    del counted[frozenset({"gone", people[0].key})]
    assert found.repeat_cost == sum(count * (count - 1) // 2 for count in counted.values())
    assert found.repeat_cost >= found.bounds.repeat_cost


def test_a_trait_to_be_mixed_is_spread_evenly() -> None:
    people = [Person(f"p{one:02}", f"o{one % 5}", {"sector": "health" if one < 12 else "other"}) for one in range(30)]
    found = plan(people, even_tables(30, 5), 3, rules=Rules(mixed=["sector"]))
    health = [[sum(key < "p12" for key in table) for table in one] for one in found.rounds]
    assert health == [[2] * 6] * 3
    assert found.spread_cost == found.bounds.spread_cost


# --- Six tables of seven ---------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 14), min_size=3, max_size=42))
def test_no_table_has_more_of_an_organisation_than_it_must(parts: list[int]) -> None:
    kinds = [number for number, size in enumerate(parts) for _ in range(size)][:42]
    assume(len(kinds) == 42)
    people = crew(kinds)
    found = plan(people, even_tables(42, 7), 3, iterations=500)
    of = {one.key: one.organisation for one in people}
    for name, one in product(set(of.values()), found.rounds):
        most = -(-list(of.values()).count(name) // 6)
        assert max(sum(of[key] == name for key in table) for table in one) <= most


def test_where_a_table_must_have_three_of_an_organisation_it_is_said_with_names() -> None:
    people = [Person(f"c{one:02}", "Council") for one in range(13)] + [Person(f"x{one:02}") for one in range(29)]
    found = plan(people, even_tables(42, 7), 1)
    assert "Council brings 13 people to 6 tables: a table with 3 of them cannot be avoided, and none has more." in said(
        found
    )
    three = next(table for table in found.rounds[0] if sum(key < "d" for key in table) == 3)
    names = sorted(key for key in three if key < "d")
    assert f"{names[0]}, {names[1]} and {names[2]}" in said(found)


def test_reasons_name_a_fixed_seat_and_those_who_belong_together() -> None:
    people = [Person("ann", "Shed"), Person("bob", "Shed"), Person("cat", "Hall"), Person("dan", "Hall"), *strangers(4)]
    rules = Rules(together=[("ann", "bob")], fixed=[Seat("cat", 0, 0), Seat("dan", 0, 0)])
    told = said(plan(people, even_tables(8, 4), 1, rules=rules))
    assert "In round 1, people of Shed share a table (ann and bob): they are to sit together." in told
    assert "In round 1, people of Hall share a table (cat and dan): each may sit at that one table only." in told


def test_what_the_rules_bring_together_is_no_fault_of_the_plan() -> None:
    people = [*crew([0, 0, 1, 2]), Person("host", "o1", host_of=0), Person("guest", "o1", needs=frozenset({"loop"}))]
    tables = [Table(3, frozenset({"loop"})), Table(3)]
    found = plan(people, tables, 1, rules=Rules(together=[("p000", "p001")]))
    assert (found.same_organisation_meetings, found.proved) == (2, True)


def test_contacts_are_told_beside_the_most_there_can_be() -> None:
    told = said(plan(skewed(24, 8), even_tables(24, 4), 3))
    assert "Pairs from different organisations that meet: 102 of at most 102 (100 %)." in told
    assert "No plan lets people" in said(plan(crew([0] * 6), even_tables(6, 3), 2))


def test_a_plan_says_whether_it_is_proved_best_and_who_met_fewest() -> None:
    assert "Provably best" in said(plan(strangers(9), even_tables(9, 3), 3))
    assert "No two people of one organisation share a table." in said(
        plan(crew([0, 1, 2, 0, 1, 2]), even_tables(6, 3), 1)
    )
    told = said(plan(strangers(15), even_tables(15, 3), 7, iterations=0))
    assert "above the best there can be" in told
    assert "Pairs that meet more than once" in told


# --- What is asked wrongly -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "tables", "rounds", "rules", "words"),
    [
        (strangers(5), [Table(2), Table(2)], 1, Rules(), "5 people do not fit 4 seats"),
        ([*strangers(2), *strangers(1)], [Table(3)], 1, Rules(), "p000 is there twice"),
        ([], [Table(3)], 1, Rules(), "nobody to seat"),
        (strangers(2), [Table(2)], 0, Rules(), "no round"),
        (strangers(2), [], 1, Rules(), "there must be a table"),
        (strangers(2), [Table(2)], 1, Rules(apart=[("p000", "zoe")]), "zoe is to be apart, but is not among"),
        (strangers(2), [Table(2)], 1, Rules(apart=[("p000", "p000")]), "p000 cannot sit apart from themselves"),
        (strangers(2), [Table(2)], 1, Rules(fixed=[Seat("p000", 0, 4)]), "sit at table 5, and there are 1 tables"),
        (strangers(2), [Table(2)], 1, Rules(fixed=[Seat("p000", 2, 0)]), "fixed seat in round 3; there are 1"),
        (strangers(2), [Table(2)], 1, Rules(mixed=["sector"]), "Nobody says what their sector is"),
    ],
)
def test_what_is_unsound_is_refused_in_a_sentence(
    people: list[Person], tables: list[Table], rounds: int, rules: Rules, words: str
) -> None:
    with pytest.raises(Impossible, match=words):
        plan(people, tables, rounds, rules=rules)


def _spread(together: dict[frozenset[str], int]) -> list[tuple[tuple[str, str], int]]:
    return [((min(pair), max(pair)), count) for pair, count in together.items()]


def _stacked(room: Room, rounds: Sequence[Sitting]) -> NDArray[np.int64]:
    return np.array([as_seats(room, one) for one in rounds])


def test_pairs_are_counted_once() -> None:
    assert set(met([(("a", "b", "c"),)])) == {frozenset(pair) for pair in combinations("abc", 2)}
