"""The search for synergies: what fits, why, and that nothing hangs on order or chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.synergy import Finding, Jigsaw, Need, Piece, Tie, find
from placeweave.engines.synergy.times import slots
from placeweave.engines.synergy.words import stem

FIRE, SHED, COUNCIL, HSCP, TRUST = 1, 2, 3, 4, 5
BRAE, TERRACE = 11, 12
EVENINGS = "Tuesday and Thursday evenings"

PIECES = [
    Piece(1, FIRE, "vehicle_equipment", "Station minibus, 14 seats", "Cold.", f"{EVENINGS} from 18:30", BRAE, "open"),
    Piece(2, FIRE, "people_skills", "Four crew licensed to drive the minibus", "", EVENINGS, BRAE, "open", "fresh"),
    Piece(3, COUNCIL, "vehicle_equipment", "Portable generator", "For emergencies first.", "", None, "ask"),
    Piece(4, COUNCIL, "building_land", "Library with the radiator", "", "Wednesday afternoons", BRAE, "open"),
    Piece(5, FIRE, "data", "Streets planned for home safety visits, week by week", "", "", None, "ask"),
    Piece(6, HSCP, "data", "Streets planned for winter warmth calls, week by week", "", "", None, "ask"),
    Piece(7, TRUST, "people_skills", "People who can mend most things", "", "", None, "open"),
    Piece(8, HSCP, "people_skills", "Home carers who notice", "", "", None, "no"),
]  # fmt: skip
NEEDS = [
    Need(1, "vehicle_equipment", "A driver and a van on two evenings", "", SHED, "", EVENINGS, TERRACE, 3),
    Need(2, "people_skills", "Somebody to talk to at night", "A human.", None, "People awake", "Every night", None, 3),
    Need(3, "mandate", "A bus that takes a double buggy", "", None, "Parents", "", None, 1),
]  # fmt: skip
WHOLE = Jigsaw(PIECES, NEEDS, [Tie(FIRE, HSCP, 1), Tie(HSCP, FIRE, 2)], ["Harbour Terrace"])


def codes(finding: Finding) -> list[object]:
    return [fact["code"] for fact in finding.reason]


def of_kind(kind: str, jigsaw: Jigsaw = WHOLE) -> list[Finding]:
    return [one for one in find(jigsaw) if one.kind == kind]


def test_b6_the_idle_minibus_meets_the_need_for_a_van_first() -> None:
    best = of_kind("match")[0]
    assert (best.need, best.pieces, best.organisations) == (1, (1,), (FIRE, SHED))
    assert {"hours", "no_tie", "also_holds", "shares_open"} <= set(codes(best))
    assert next(fact for fact in best.reason if fact["code"] == "also_holds")["piece"] == 2
    assert next(fact for fact in best.reason if fact["code"] == "hours")["slots"] == [
        "thursday evening",
        "tuesday evening",
    ]


def test_b6_what_nobody_holds_is_a_gap_and_the_most_pressing_comes_first() -> None:
    gaps = of_kind("gap")
    assert (gaps[0].need, codes(gaps[0])) == (2, ["none_fits"])
    assert next(one for one in gaps if one.need == 3).reason[0]["code"] == "none_of_kind"


def test_a2_a_need_only_one_could_meet_is_told_so() -> None:
    thin = next(one for one in of_kind("gap") if one.need == 1)
    assert codes(thin) == ["one_holder"]
    assert thin.pieces == (1,)


def test_b6_two_who_hold_alike_and_do_not_plan_together_overlap() -> None:
    overlap = of_kind("overlap")[0]
    assert overlap.pieces == (5, 6)
    assert "loose_tie" in codes(overlap)


def test_those_who_coordinate_already_do_not_overlap() -> None:
    assert not of_kind("overlap", replace(WHOLE, ties=[Tie(HSCP, FIRE, 3)]))


def test_what_is_not_to_be_shared_is_never_offered() -> None:
    kept = [replace(one, sharability="no") for one in PIECES]
    assert not of_kind("match", replace(WHOLE, pieces=kept))


def test_kinds_are_never_mixed() -> None:
    kinds = {piece.key: piece.kind for piece in PIECES}
    for one in of_kind("match"):
        need = next(need for need in NEEDS if need.key == one.need)
        assert all(kinds[key] == need.kind for key in one.pieces)


def test_nobody_is_offered_their_own() -> None:
    own = [replace(NEEDS[0], asked_by=FIRE)]
    assert not of_kind("match", replace(WHOLE, needs=own))


@settings(max_examples=25, deadline=None)
@given(st.permutations(PIECES), st.permutations(NEEDS), st.permutations(list(WHOLE.ties)))
def test_the_order_of_records_changes_nothing(pieces: list[Piece], needs: list[Need], ties: list[Tie]) -> None:
    assert find(Jigsaw(pieces, needs, ties, WHOLE.place_names)) == find(WHOLE)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["fresh", "known", "stale"]), st.sampled_from(["open", "ask"]))
def test_an_overlap_is_the_same_from_either_side(age: str, sharability: str) -> None:
    one = replace(PIECES[4], age=age, sharability=sharability)  # type: ignore[arg-type]
    other = PIECES[5]
    swapped = [replace(other, key=one.key), replace(one, key=other.key)]
    here, there = of_kind("overlap", Jigsaw([one, other], [])), of_kind("overlap", Jigsaw(swapped, []))
    assert [f.score for f in here] == pytest.approx([f.score for f in there])


def test_a_signature_outlives_new_words_and_the_facts_do_not() -> None:
    before = of_kind("match")[0]
    changed = [replace(PIECES[0], note="Sold."), *PIECES[1:]]
    after = next(one for one in of_kind("match", replace(WHOLE, pieces=changed)) if one.pieces == (1,))
    assert after.signature == before.signature
    assert after.facts != before.facts


def test_being_checked_again_is_no_new_fact() -> None:
    checked = [replace(one, age="stale") for one in PIECES]
    after = next(one for one in of_kind("match", replace(WHOLE, pieces=checked)) if one.pieces == (1,))
    assert after.facts == of_kind("match")[0].facts


def test_nothing_written_down_gives_nothing() -> None:
    assert find(Jigsaw([], [])) == []


@pytest.mark.parametrize(
    ("written", "slot", "there"),
    [
        ("Tuesday and Thursday evenings from 18:30", ("thursday", "evening"), True),
        ("Tuesday and Thursday evenings from 18:30", ("monday", "evening"), False),
        ("Weekday evenings", ("friday", "evening"), True),
        ("Any evening but Monday", ("monday", "evening"), False),
        ("Any evening but Monday", ("sunday", "evening"), True),
        ("Evenings and Sundays", ("tuesday", "evening"), True),
        ("Every night, midnight to six", ("monday", "night"), True),
        ("Wednesday afternoons, Saturday mornings", ("saturday", "afternoon"), False),
        ("Monday to Thursday, an hour a day", ("wednesday", "morning"), True),
        ("Any day; Thursdays already promised", ("thursday", "morning"), False),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, slot: tuple[str, str], there: bool) -> None:
    found = slots(written)
    assert found is not None
    assert (slot in found) is there


@pytest.mark.parametrize("written", ["", "Before the next storm", "Not in a westerly", "今週"])
def test_what_names_no_hours_is_not_guessed(written: str) -> None:
    assert slots(written) is None


@pytest.mark.parametrize(("word", "root"), [("buses", "bus"), ("drivers", "driv"), ("drive", "driv"), ("bus", "bus")])
def test_words_meet_in_their_stems(word: str, root: str) -> None:
    assert stem(word) == root
