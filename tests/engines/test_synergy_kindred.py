"""Bodies that a register says the same of: who is laid beside whom, and who is not."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from placeweave.engines.synergy import Body, Finding, Jigsaw, Tie, find

OLDER, YOUNG, DISABLED = "Older people", "Children or young people", "People with disabilities"
HEALTH, LEARNING, POVERTY = "The advancement of health", "The advancement of education", "The relief of poverty"
LUNCH = Body(1, (OLDER,), (HEALTH, POVERTY), "ZE1", (9,), identity="SC900001")
CALLERS = Body(2, (OLDER,), (HEALTH, POVERTY), "ZE1", (9,), identity="SC900002")
CADETS = Body(3, (YOUNG,), (LEARNING,), "ZE2", identity="SC900003")


def kindred(jigsaw: Jigsaw) -> list[Finding]:
    return [one for one in find(jigsaw) if one.kind == "kindred"]


def place_of(bodies: list[Body], ties: tuple[Tie, ...] = (), *, perhaps: tuple[tuple[int, int], ...] = ()) -> Jigsaw:
    return Jigsaw([], [], ties, bodies=bodies, perhaps_one=perhaps)


def test_b6_two_for_the_same_people_are_laid_side_by_side_with_every_reason() -> None:
    (one,) = kindred(place_of([LUNCH, CALLERS, CADETS]))
    assert [fact["code"] for fact in one.reason] == [
        "same_people", "same_purposes", "same_district", "same_funders", "no_tie",
    ]  # fmt: skip
    assert one.reason[0]["people"] == [OLDER]
    assert one.organisations == (1, 2, 9)


@pytest.mark.parametrize("other", [replace(CALLERS, people=(YOUNG,)), replace(CALLERS, purposes=(LEARNING,))])
def test_alike_in_one_respect_alone_is_not_enough(other: Body) -> None:
    assert kindred(place_of([LUNCH, other])) == []


def test_those_who_plan_together_need_no_introduction_and_those_who_know_each_other_may() -> None:
    bodies = [LUNCH, CALLERS]
    assert kindred(place_of(bodies, (Tie(2, 1, 3),))) == []
    (one,) = kindred(place_of(bodies, (Tie(2, 1, 1),)))
    assert one.reason[-1] == {"code": "loose_tie", "organisations": [1, 2], "level": 1}


def test_two_records_that_may_be_one_body_are_not_introduced_to_each_other() -> None:
    assert kindred(place_of([LUNCH, CALLERS], perhaps=((2, 1),))) == []


def test_what_few_say_weighs_more_than_what_most_say() -> None:
    many = [Body(100 + n, (YOUNG,), (LEARNING if n % 2 else POVERTY,)) for n in range(20)]
    rare = [Body(1, (OLDER, YOUNG), (HEALTH,)), Body(2, (OLDER,), (HEALTH,))]
    common = [Body(3, (DISABLED, YOUNG), (HEALTH,)), Body(4, (YOUNG,), (HEALTH,))]
    pairs = {one.organisations for one in kindred(place_of([*many, *rare, *common]))}
    assert (1, 2) in pairs
    assert (3, 4) not in pairs


def test_no_body_fills_the_list() -> None:
    alike = [replace(LUNCH, key=n, identity="", funders=()) for n in range(12)]
    times = Counter(key for one in kindred(place_of(alike)) for key in one.organisations)
    assert set(times) == set(range(12))
    assert max(times.values()) == 3


def test_order_of_records_changes_nothing() -> None:
    chance = random.Random(4)
    bodies = [
        Body(n, tuple(chance.sample([OLDER, YOUNG, DISABLED], 2)), tuple(chance.sample([HEALTH, LEARNING, POVERTY], 2)))
        for n in range(40)
    ]
    found = kindred(place_of(bodies))
    chance.shuffle(bodies)
    assert found
    assert kindred(place_of(bodies)) == found


def test_b6_a_decision_finds_its_suggestion_again_when_the_register_is_brought_in_anew() -> None:
    (before,) = kindred(place_of([LUNCH, CALLERS]))
    (after,) = kindred(place_of([replace(LUNCH, key=71, funders=(99,)), replace(CALLERS, key=70, funders=(99,))]))
    assert (before.signature, before.facts) == (after.signature, after.facts)
    (changed,) = kindred(place_of([replace(LUNCH, purposes=(HEALTH,)), CALLERS]))
    assert (before.signature, before.facts) != (changed.signature, changed.facts)
    assert before.signature == changed.signature
