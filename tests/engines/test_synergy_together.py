"""Introductions with two columns, programmes alike, difficulties shared, issues on one, and who knocks where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placeweave.engines.synergy import (
    Difficulty,
    Finding,
    Issue,
    Jigsaw,
    Need,
    Partner,
    Piece,
    Programme,
    Tie,
    find,
)

BUS = Piece(1, 10, "vehicle_equipment", "Minibus, 14 seats", when="Tuesday evenings", sharability="open")
LIFT = Need(1, "vehicle_equipment", "A van on Tuesday evenings", asked_by=20, when="Tuesday evenings")
PARTNERS = [Partner(10, "fire"), Partner(20, "third"), Partner(30, "fire"), Partner(40, "third"), Partner(50, "health")]


def of_kind(jigsaw: Jigsaw, kind: str) -> list[Finding]:
    return [one for one in find(jigsaw) if one.kind == kind]


def codes(finding: Finding) -> list[object]:
    return [fact["code"] for fact in finding.reason]


def test_b13_an_introduction_tells_likely_and_valuable_apart() -> None:
    ties = [Tie(10, 50, 4), Tie(20, 50, 4)]
    met = of_kind(Jigsaw([BUS], [LIFT], ties, partners=PARTNERS[:2] + PARTNERS[4:]), "meeting")
    (one,) = met
    assert set(one.organisations) == {10, 20, 50}
    assert one.likely == pytest.approx(0.5)
    assert one.valuable
    assert codes(one)[:2] == ["would_meet", "common"]
    assert one.need == LIFT.key


def test_nobody_is_introduced_to_those_they_work_with() -> None:
    jigsaw = Jigsaw([BUS], [LIFT], [Tie(10, 20, 4)], partners=PARTNERS[:2])
    assert not of_kind(jigsaw, "meeting")


def test_an_introduction_whose_contacts_changed_rests_on_other_facts() -> None:
    partners = [*PARTNERS[:2], PARTNERS[4], Partner(60, "police")]
    ties = [Tie(10, 50, 4), Tie(20, 50, 4)]
    before = of_kind(Jigsaw([BUS], [LIFT], ties, partners=partners), "meeting")
    after = of_kind(Jigsaw([BUS], [LIFT], [*ties, Tie(10, 60, 4), Tie(20, 60, 4)], partners=partners), "meeting")
    first = {one.signature: one.facts for one in before}
    later = {one.signature: one.facts for one in after}
    assert any(later.get(key) not in {None, facts} for key, facts in first.items())


def test_b16_two_programmes_with_partners_and_outcomes_in_common_are_told() -> None:
    outcomes = ((1, "Buses"), (2, "Rooms"))
    programmes = [Programme(1, "Warm", (10, 20, 30), outcomes), Programme(2, "Winter", (20, 30, 40), outcomes[:1])]
    (one,) = of_kind(Jigsaw([], [], programmes=programmes), "joint")
    assert one.organisations == (20, 30)
    assert one.reason[2]["outcomes"] == [[1, "Buses"]]
    apart = [programmes[0], replace(programmes[1], outcomes=())]
    assert not of_kind(Jigsaw([], [], programmes=apart), "joint")


def test_a17_a_difficulty_is_shared_from_three_partners_on() -> None:
    jigsaw = Jigsaw([], [], partners=PARTNERS, difficulties=[Difficulty(1, "Forms", (10, 20, 30))])
    (one,) = of_kind(jigsaw, "shared")
    assert (one.reason[0]["count"], one.reason[0]["of"]) == (3, 5)
    few = replace(jigsaw, difficulties=[Difficulty(1, "Forms", (10, 20))])
    assert not of_kind(few, "shared")


def test_a2_an_issue_on_one_names_who_might_join_and_why() -> None:
    serves = Piece(2, 30, "building_land", "Hall", issues=(7,))
    near = Piece(3, 40, "building_land", "Room", neighbourhood=5)
    closed = Piece(4, 20, "building_land", "Store", neighbourhood=5, sharability="no")
    jigsaw = Jigsaw([serves, near, closed], [], issues=[Issue(7, "Winter", (10,), (5,)), Issue(8, "Two", (10, 20))])
    (one,) = of_kind(jigsaw, "alone")
    assert one.issue == 7
    assert [fact.get("organisations") for fact in one.reason] == [[10], [30], [40]]


def test_b22_two_who_visit_the_same_homes_are_told_so_and_not_where_a_place_parts_them() -> None:
    fire = Piece(1, 10, "service", "Home safety visits", "At the door, on request", neighbourhood=5)
    care = Piece(2, 20, "service", "Warmth visits to homes", "At the door, in winter", neighbourhood=5)
    (one,) = of_kind(Jigsaw([fire, care], []), "overlap")
    assert "same_doors" in codes(one)
    apart = of_kind(Jigsaw([fire, replace(care, neighbourhood=6)], []), "overlap")
    assert all("same_doors" not in codes(found) for found in apart)


def test_a_suggestion_keeps_its_name_when_a_file_is_brought_in_again() -> None:
    bus, lift = replace(BUS, identity="bus-1"), replace(LIFT, identity="lift-1")
    again = Jigsaw([replace(bus, key=91)], [replace(lift, key=92)])
    first = {one.kind: one.signature for one in find(Jigsaw([bus], [lift]))}
    assert {one.kind: one.signature for one in find(again)} == first
