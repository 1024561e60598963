"""A cohort chosen: the fewest quotas missed, then by waiting time; and an answer for everybody who waits."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.grouping.applicants import Applicant, Cohort, Quota, Selection
from placeweave.engines.grouping.cohort import in_order, select
from placeweave.engines.grouping.quotas import each_of, short
from placeweave.engines.grouping.records import Impossible
from placeweave.engines.grouping.waiting import next_in

ASPECTS = {"sector": ["health", "fire", "third"], "place": ["north", "south"], "organisation": ["A", "B", ""]}


@st.composite
def pools(draw: st.DrawFn, most: int = 9) -> list[Applicant]:
    told = draw(
        st.lists(
            st.tuples(st.integers(0, 6), *[st.sampled_from(values) for values in ASPECTS.values()]),
            min_size=1,
            max_size=most,
        )
    )
    return [
        Applicant(f"a{number}", float(waited), dict(zip(ASPECTS, values, strict=True)))
        for number, (waited, *values) in enumerate(told)
    ]


@st.composite
def wishes(draw: st.DrawFn) -> list[Quota]:
    asked = [(aspect, value) for aspect, values in ASPECTS.items() for value in [*values, "*"] if value]
    chosen = draw(st.lists(st.sampled_from(asked), unique=True, max_size=5))
    found = []
    for aspect, value in chosen:
        least = draw(st.integers(0, 3))
        found.append(Quota(aspect, value, least, draw(st.one_of(st.none(), st.integers(least, 4)))))
    return found


def missed(group: Iterable[Applicant], quotas: Sequence[Quota]) -> int:
    members = list(group)
    counted = [(one, sum(person.traits[one.aspect] == one.value for person in members)) for one in quotas]
    return sum(found[1] for one, count in counted if (found := short(one, count)))


def members(found: Selection) -> set[str]:
    return {key for group in found.members for key in group}


def pool(size: int, seed: int = 0) -> list[Applicant]:
    chance = random.Random(seed)
    return [
        Applicant(
            f"a{number:04}",
            float(chance.randrange(200)),
            {
                "sector": chance.choices(["health", "police", "council", "fire", "third"], [30, 12, 25, 6, 20])[0],
                "place": chance.choice(["north", "south", "east", "west"]),
                "organisation": f"o{int(chance.paretovariate(0.8)) % 40}",
            },
        )
        for number in range(size)
    ]


HARD = [
    *[Quota("sector", one, 4, 6) for one in ("health", "police", "council", "fire", "third")],
    *[Quota("place", one, 5, 7) for one in ("north", "south", "east", "west")],
    Quota("organisation", "*", 0, 2),
]


@settings(max_examples=60, deadline=None)
@given(pools(), st.integers(1, 6), wishes(), st.integers(0, 3))
def test_no_choice_of_all_there_are_is_better(
    people: list[Applicant], places: int, quotas: list[Quota], seed: int
) -> None:
    found = select(people, [Cohort("A", places)], quotas, seed=seed)
    order = in_order(people, seed)
    full = each_of(quotas, people)
    best = min(
        combinations(range(len(order)), min(places, len(order))),
        key=lambda some: (missed([order[one] for one in some], full), some),
    )
    assert found.members == (tuple(order[one].key for one in best),)
    assert found.proved


@settings(max_examples=20, deadline=None)
@given(pools(), wishes())
def test_two_cohorts_miss_as_little_as_can_be_and_the_longest_waiting_are_in_the_first(
    people: list[Applicant], quotas: list[Quota]
) -> None:
    found = select(people, [Cohort("A", 2), Cohort("B", 2)], quotas)
    order, full = in_order(people, 0), each_of(quotas, people)
    first, second = min(len(order), 2), max(0, min(len(order) - 2, 2))
    best = min(
        (missed([order[n] for n in one], full) + missed([order[n] for n in two], full), sorted(one + two), one)
        for one in combinations(range(len(order)), first)
        for two in combinations([n for n in range(len(order)) if n not in one], second)
    )
    assert sorted(members(found)) == sorted(order[n].key for n in best[1])
    assert found.members[0] == tuple(order[n].key for n in best[2])


@settings(max_examples=20, deadline=None)
@given(pools(), st.integers(1, 5), wishes(), st.randoms(use_true_random=False))
def test_the_order_they_come_in_changes_nothing(
    people: list[Applicant], places: int, quotas: list[Quota], chance: random.Random
) -> None:
    before = select(people, [Cohort("A", places)], quotas)
    chance.shuffle(people)
    assert select(people, [Cohort("A", places)], quotas) == before


@settings(max_examples=30, deadline=None)
@given(pools(), st.integers(1, 5), wishes())
def test_everybody_is_in_or_waits_once_and_every_shortfall_is_named(
    people: list[Applicant], places: int, quotas: list[Quota]
) -> None:
    found = select(people, [Cohort("A", places)], quotas)
    waiting = [one.key for one in found.waiting]
    assert sorted([*found.members[0], *waiting]) == sorted(one.key for one in people)
    group = [one for one in people if one.key in members(found)]
    full = each_of(quotas, people)
    assert sum(abs(one.wanted - one.got) for one in found.shortfalls) == missed(group, full)
    for one in found.shortfalls:
        assert one.applied == sum(person.traits[one.aspect] == one.value for person in people)
        assert one.got == sum(person.traits[one.aspect] == one.value for person in group)


@settings(max_examples=30, deadline=None)
@given(pools(), st.integers(1, 5), wishes())
def test_whoever_waits_is_told_why_and_it_is_so(people: list[Applicant], places: int, quotas: list[Quota]) -> None:
    found = select(people, [Cohort("A", places)], quotas)
    order = [one.key for one in in_order(people, 0)]
    last = max((order.index(key) for key in found.members[0]), default=-1)
    for rank in found.waiting:
        assert rank.of_all == order.index(rank.key) + 1
        assert rank.shorter == sum(order.index(key) > order.index(rank.key) for key in found.members[0])
        if order.index(rank.key) > last:
            assert rank.kept in {"all_longer", "lot"}
        else:
            assert rank.kept == "quotas"
            assert rank.quotas


def test_the_first_of_each_sector_come_first_on_the_waiting_list() -> None:
    people = [
        *[Applicant(f"h{one}", 100.0 - one, {"sector": "health"}) for one in range(4)],
        *[Applicant(f"f{one}", 50.0 - one, {"sector": "fire"}) for one in range(3)],
    ]
    found = select(people, [Cohort("A", 2)], [Quota("place", "north"), Quota("sector", "fire", 1)])
    assert found.members == (("h0", "f0"),)
    assert [(one.key, one.line, one.in_line) for one in found.waiting] == [
        ("h1", "health", 1), ("f1", "fire", 1), ("h2", "health", 2), ("f2", "fire", 2), ("h3", "health", 3),
    ]  # fmt: skip


def test_a_place_that_opens_is_offered_to_the_same_sector_and_never_worsens_the_mix() -> None:
    people = [
        *[Applicant(f"h{one}", 100.0 - one, {"sector": "health", "place": "north"}) for one in range(3)],
        *[Applicant(f"f{one}", 50.0 - one, {"sector": "fire", "place": "south"}) for one in range(3)],
    ]
    quotas = [Quota("sector", "fire", 1, 1)]
    found = select(people, [Cohort("A", 2)], quotas)
    waiting = [one.key for one in found.waiting]
    assert next_in(people, waiting, found.members[0], "f0", quotas) == ["f1", "f2", "h1", "h2"]
    assert next_in(people, waiting, found.members[0], "h0", quotas) == ["h1", "h2", "f1", "f2"]


def test_those_who_waited_as_long_are_drawn_by_lot_and_the_seed_decides() -> None:
    people = [Applicant(f"a{one}") for one in range(12)]
    drawn = {select(people, [Cohort("A", 4)], seed=seed).members[0] for seed in range(6)}
    assert len(drawn) > 1
    assert all(one.kept == "lot" for one in select(people, [Cohort("A", 4)]).waiting)


def test_a_shortfall_says_why() -> None:
    people = [Applicant(f"h{one}", traits={"sector": "health", "place": "north"}) for one in range(5)]
    people += [Applicant("f", traits={"sector": "fire", "place": "north"})]
    quotas = [Quota("sector", "fire", 2), Quota("sector", "health", 0, 2), Quota("place", "north", 0, 4)]
    found = select(people, [Cohort("A", 4)], quotas)
    assert [(one.value, one.side, one.wanted, one.got, one.because) for one in found.shortfalls] == [
        ("fire", "least", 2, 1, "few_applied"),
        ("health", "most", 2, 3, "few_others"),
    ]
    torn = [Quota("sector", "fire", 1), Quota("sector", "health", 1)]
    assert [one.because for one in select(people, [Cohort("A", 1)], torn).shortfalls] == ["other_quotas"]


def test_a_quota_for_each_organisation_gives_way_to_one_of_its_own() -> None:
    people = [Applicant(f"{org}{one}", 9.0 - one, {"organisation": org}) for org in "AB" for one in range(4)]
    quotas = [Quota("organisation", "*", 0, 1), Quota("organisation", "B", 0, 3)]
    found = select(people, [Cohort("A", 4)], quotas)
    assert sorted(found.members[0]) == ["A0", "B0", "B1", "B2"]


@pytest.mark.parametrize(("size", "cohorts"), [(60, 1), (120, 2), (300, 1)])
def test_pools_of_a_real_size_are_settled_with_proof(size: int, cohorts: int) -> None:
    found = select(pool(size), [Cohort(f"c{one}", 24) for one in range(cohorts)], HARD)
    assert found.proved
    assert len(members(found)) == 24 * cohorts


def test_a_search_that_ends_before_it_is_settled_says_so_and_still_fills_every_place() -> None:
    found = select(pool(400), [Cohort(f"c{one}", 24) for one in range(3)], HARD, seconds=0.0)
    assert not found.proved
    assert [len(one) for one in found.members] == [24] * 3
    assert len(found.waiting) == 400 - 72
    assert {one.kept for one in found.waiting} <= {"all_longer", "lot", "unsettled"}
    assert all(one.because in {"few_applied", "few_others", "unsettled"} for one in found.shortfalls)


@pytest.mark.parametrize("nodes", [0, 1])
def test_where_no_branch_may_be_looked_at_every_place_is_filled_all_the_same(nodes: int) -> None:
    found = select(pool(90), [Cohort("A", 24), Cohort("B", 24)], HARD, nodes=nodes)
    assert [len(one) for one in found.members] == [24, 24]
    assert select(pool(90), [Cohort("A", 24), Cohort("B", 24)], HARD, nodes=nodes) == found


def test_nobody_applied_and_nobody_is_in() -> None:
    assert select([], [Cohort("A", 3)], HARD) == Selection(((),), (), _all_short(HARD), proved=True)


def _all_short(quotas: Sequence[Quota]) -> tuple[object, ...]:
    return select([], [Cohort("A", 3)], quotas).shortfalls


@pytest.mark.parametrize(
    ("people", "cohorts", "quotas", "words"),
    [
        ([Applicant("a"), Applicant("a")], [Cohort("A", 1)], [], "a is there twice"),
        ([Applicant("a")], [], [], "at least one place"),
        ([Applicant("a")], [Cohort("A", 0)], [], "at least one place"),
        ([Applicant("a", float("nan"))], [Cohort("A", 1)], [], "How long a has waited is not a number"),
        ([], [Cohort("A", 1)], [Quota("sector", "x", 3, 2)], "at least 3 and at most 2, which nothing meets"),
        ([], [Cohort("A", 1)], [Quota("sector", "x", -1)], "sector x is below 0"),
        ([], [Cohort("A", 1)], [Quota("sector", "x", 1), Quota("sector", "x", 2)], "two quotas for sector x"),
    ],
)
def test_what_is_unsound_is_refused_in_a_sentence(
    people: list[Applicant], cohorts: list[Cohort], quotas: list[Quota], words: str
) -> None:
    with pytest.raises(Impossible, match=words):
        select(people, cohorts, quotas)
