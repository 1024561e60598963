"""The verdict on a pair: real pairs first, then the cases that taught somebody something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.linkage import Pair, Record, is_automatic, judge
from placeweave.engines.linkage.wording import in_english
from tests.engines.linkage.made import codes, decided, grant_weights, judged, labelled, org, verdict


def _of_labelled() -> list[tuple[Pair | None, bool]]:
    return [(judge(one, other, grant_weights()), same) for one, other, same in labelled()]


# --- Acceptance on pairs that people judged ---------------------------------------------------------------------------


def test_what_is_taken_as_one_is_one() -> None:
    taken = [same for pair, same in _of_labelled() if pair and is_automatic(pair)]
    assert sum(taken) / len(taken) >= 0.97


def test_nearly_half_is_found_without_a_person_and_three_quarters_with_one() -> None:
    there = [pair for pair, same in _of_labelled() if same]
    taken = [pair for pair in there if pair and is_automatic(pair)]
    put = [pair for pair in there if pair and pair.verdict != "different"]
    assert len(taken) / len(there) >= 0.45
    assert len(put) / len(there) >= 0.75


def test_none_that_were_judged_different_is_merged_by_itself_though_the_number_is_equal() -> None:
    shared = [(one, other) for one, other, same in labelled() if not same and set(one.numbers) & set(other.numbers)]
    assert len(shared) == 5
    assert {pair.verdict for one, other in shared if (pair := judge(one, other, grant_weights()))} == {"conflict"}


def test_every_real_verdict_is_the_same_both_ways_round_and_says_why() -> None:
    for one, other, _same in labelled():
        there, back = judge(one, other, grant_weights()), judge(other, one, grant_weights())
        assert there == back
        assert there is None or all(in_english(reason) for reason in there.reasons)


@pytest.mark.parametrize(("tier", "pairs"), [("A", 20), ("AB", 23), ("ABC", 27), ("ABCD", 30)])
def test_the_tiers_take_as_many_real_pairs_as_when_they_were_devised_and_no_wrong_one(tier: str, pairs: int) -> None:
    taken = [same for pair, same in _of_labelled() if pair and pair.tier and pair.tier in tier]
    assert len(taken) == pairs
    assert all(taken)


# --- Hard negatives ---------------------------------------------------------------------------------------------------


def test_equal_names_in_different_towns_are_never_merged() -> None:
    pair = judged(org("Hope", at="ZE1 0AA"), org("Hope", at="KW15 1AA"))
    assert pair is not None
    assert (pair.verdict, pair.tier) == ("review", "D")
    assert "other_district" in codes(pair)


def test_unrelated_groups_at_one_address_stay_apart() -> None:
    hub = "ZE1 0BB"
    assert verdict(org("Lerna Befriending Scheme", at=hub), org("Uyea Otter Watch", at=hub)) == ""
    near = judged(org("Lerna Community Drama", at=hub), org("Lerna Community Larder", at=hub))
    assert near is None or near.verdict == "review"


def test_branches_of_different_federations_in_one_town_are_not_suggested_as_one() -> None:
    for one, other in (("Mind - Clachan", "Scope - Clachan"), ("Age Concern Clachan", "Relate Clachan")):
        assert verdict(org(one, at="ZE1 0AA"), org(other, at="ZE1 0AB")) in {"", "review"}


def test_branches_of_one_federation_in_two_towns_are_not_one() -> None:
    pair = judged(org("Citizens Advice Bureau Voe", at="ZE2 9XX"), org("Citizens Advice Bureau Aith", at="ZE2 9YY"))
    assert pair is None or pair.verdict == "review"


def test_one_number_on_strangers_is_a_question_even_at_one_postcode() -> None:
    number = "GB-CHC-271297"
    pair = judged(org("Lerna Legal Fund", number, at="N1 1AA"), org("Otter Watch", number, at="N1 1AA"))
    assert pair is not None
    assert pair.verdict == "conflict"
    assert codes(pair)[0] == "same_number"
    assert codes(pair)[-1] == "renamed_or_wrong_number"


def test_registered_anew_is_suggested_with_its_question_and_not_merged() -> None:
    pair = judged(
        org("Govan Law Centre", "GB-SC-SC030193", at="G51 3UW"), org("Govan Law Centre", "GB-SC-SC047423", at="G51 3UW")
    )
    assert pair is not None
    assert pair.verdict == "suggested"
    assert {"numbers_differ", "registered_anew_or_mistyped"} <= set(codes(pair))


def test_a_charity_and_a_company_number_are_no_contradiction() -> None:
    one = org("Aith Lifeboat Trust", "GB-SC-SC012345", at="ZE2 9AA")
    assert verdict(one, org("Aith Lifeboat Trust Ltd", "GB-COH-SC123456", at="ZE2 9AA")) == "automatic"


def test_an_equal_number_does_not_outweigh_two_different_ones_of_another_register() -> None:
    one = org("Aith Trust", "GB-COH-00123456", "GB-CHC-1000001", at="ZE2 9AA")
    other = org("Aith Trust", "GB-COH-00123456", "GB-CHC-1000002", at="ZE2 9AA")
    assert verdict(one, other) == "suggested"


def test_a_missing_postcode_is_suggested_and_not_merged() -> None:
    assert verdict(org("Skeld Otter Watch", at="ZE2 9AA"), org("Skeld Otter Watch")) == "suggested"


def test_an_id_of_one_publisher_joins_nobody() -> None:
    one, other = org("Lerna Choir", "360G-abct-17"), org("Uyea Boat Club", "360G-abct-17")
    assert verdict(one, other) == ""


def test_a_postcode_is_never_told() -> None:
    pair = judged(org("Otter Watch", at="ZE2 9QQ"), org("Otter Watch", at="ZE2 9QQ"))
    assert pair is not None
    assert not any("9QQ" in in_english(reason) for reason in pair.reasons)


# --- What people decided ----------------------------------------------------------------------------------------------


def test_not_the_same_holds_whatever_speaks_against_it_and_survives_case_and_spaces() -> None:
    one, other = org("Otter Watch", "GB-SC-SC012345", at="ZE1 0AA"), org("Otter  watch", "GB-SC-SC012345", at="ZE1 0AA")
    assert verdict(one, other) == "automatic"
    no = decided(one, other, is_same=False)
    assert verdict(one, other, no) == "different"
    assert verdict(org("OTTER   WATCH", "GB-SC-SC012345", at="ZE1 0AA"), other, no) == "different"


def test_not_the_same_survives_a_new_name_under_the_same_number() -> None:
    one, other = org("Otter Watch", "GB-SC-SC012345"), org("Otter Watch", "GB-SC-SC054321")
    no = decided(one, other, is_same=False)
    renamed = org("Otter Watch Scotland", "GB-SC-SC012345")
    assert verdict(renamed, other, no) == "different"


def test_a_decision_says_nothing_of_a_third_with_the_same_name() -> None:
    one, other = org("Hope", "GB-SC-SC012345", at="ZE1 0AA"), org("Hope", "GB-SC-SC054321", at="ZE1 0AB")
    no = decided(one, other, is_same=False)
    third = org("Hope", "GB-SC-SC099999", at="ZE1 0AC")
    assert verdict(one, third, no) == "suggested"


def test_the_same_holds_for_those_whose_names_are_strangers() -> None:
    one, other = org("British Humanist Association", "GB-CHC-285987"), org("Humanists UK")
    assert verdict(one, other) == ""
    pair = judged(one, other, decided(one, other, is_same=True))
    assert pair is not None
    assert (pair.verdict, codes(pair)[0]) == ("automatic", "decided_same")


# --- Whatever the records ---------------------------------------------------------------------------------------------

words = st.lists(
    st.sampled_from("Hope Otter Watch Lerna Clachan Trust Community The (Scotland) & Shed".split()), max_size=5
)
records = st.builds(
    lambda said, numbers, places: Record("", " ".join(said), tuple(sorted(numbers)), tuple(places)),
    words,
    st.sets(st.sampled_from(sorted(org("", f"GB-SC-SC00000{n}").numbers[0] for n in range(4))), max_size=2),
    st.lists(st.sampled_from(["ZE1 0AA", "ze10aa", "ZE1 0AB", "KW1 1AA"]), max_size=2),
)


@given(records, records)
def test_it_never_matters_which_comes_first_and_there_is_always_a_reason(one: Record, other: Record) -> None:
    one = Record("1", one.name, one.numbers, one.postcodes)
    other = Record("2", other.name, other.numbers, other.postcodes)
    there, back = judged(one, other), judged(other, one)
    assert there == back
    assert there is None or (there.reasons and 0 <= there.score <= 1)


@given(records, records)
def test_different_numbers_of_one_register_are_never_merged_by_themselves(one: Record, other: Record) -> None:
    if one.numbers and other.numbers and not set(one.numbers) & set(other.numbers):
        assert verdict(Record("1", one.name, one.numbers), Record("2", other.name, other.numbers)) != "automatic"
