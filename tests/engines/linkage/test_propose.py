"""Comparing everything with everything: nothing is lost, nothing depends on order, and chains are left to people."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.linkage import Number, Record, propose
from placeweave.engines.linkage.blocking import MOST_IN_A_GROUP, MOST_PAIRED_UP, candidates
from placeweave.engines.linkage.features import features_of
from placeweave.engines.linkage.judge import judge
from placeweave.engines.linkage.weights import weigh
from tests.engines.linkage.made import BYSTANDERS, codes, decided, labelled, org

TWINS = [
    org("Clachan Otter Watch", "GB-SC-SC000001", at="ZE1 0AA"),
    org("The Clachan Otter Watch SCIO", at="ZE1 0AA"),
    org("Otter Hall", at="ZE1 0AB"),
    org("Otter Hall", at="KW1 1AA"),
]


def verdicts(records: list[Record]) -> dict[tuple[str, str], str]:
    return {(pair.one, pair.other): pair.verdict for pair in propose([*records, *BYSTANDERS])}


def test_row_order_changes_nothing() -> None:
    records = [*TWINS, *BYSTANDERS]
    before = propose(records)
    random.Random(1).shuffle(records)
    assert propose(records) == before
    assert [pair.verdict for pair in before][:2] == ["automatic", "review"]


def passed_over(records: list[Record]) -> list[tuple[int, int]]:
    """Give the pairs that a verdict speaks of and the search does not compare."""
    weights = weigh(records)
    near = set(candidates([features_of(one, weights) for one in records], weights))
    every = combinations(range(len(records)), 2)
    return [pair for pair in every if judge(*(records[one] for one in pair), weights) and pair not in near]


def test_no_pair_that_a_tier_would_take_of_real_records_is_passed_over() -> None:
    records = sorted({one.key: one for pair in labelled() for one in pair[:2]}.values(), key=lambda one: one.key)
    assert not passed_over(records)


WORDS = "clachan norwick otter eagle watch trust hall group club friends of and".split()
CODES = ("", "", "ZE1 0AA", "ZE1 0AB", "ZE1 0AC", "ZE2 9AA", "ZE2 9AB", "KW1 1AA")
names_drawn = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
records_drawn = st.lists(st.tuples(names_drawn, st.sampled_from(CODES), st.just("") | names_drawn), max_size=25)


@given(records_drawn)
def test_no_pair_that_a_tier_would_take_of_drawn_records_is_passed_over(drawn: list[tuple[str, str, str]]) -> None:
    records = [
        org(name, at=code, key=f"{number:02}", also=(other,) if other else ())
        for number, (name, code, other) in enumerate(drawn)
    ]
    assert not passed_over(records)


@given(names_drawn, names_drawn)
def test_names_that_overlap_share_a_telling_word(one: str, other: str) -> None:
    weights = weigh(BYSTANDERS)
    ours, theirs = frozenset(one.split()), frozenset(other.split())
    for share in (0.2, 0.5, 0.8):
        shared = set(weights.telling(ours, share)) & set(weights.telling(theirs, share))
        assert shared or weights.overlap(ours, theirs) < share


def test_a_crowd_at_one_postcode_is_not_paired_up() -> None:
    names = [f"{letter}{other}" * 3 for letter in "bcdfgh" for other in "jklmnp"]
    crowd = [org(name, at="ZE1 0AA") for name in names]
    assert len(crowd) > MOST_IN_A_GROUP
    assert not compared(crowd)


def compared(records: list[Record]) -> int:
    weights = weigh(records)
    return len(candidates([features_of(one, weights) for one in records], weights))


@pytest.mark.parametrize("code", ["", "ZE1 {}AA"])
def test_a_name_that_hundreds_bear_is_compared_with_few_of_them(code: str) -> None:
    many = [org("Otter Hall", at=code.format(n), key=f"{n:03}") for n in range(MOST_PAIRED_UP + 1)]
    assert len(many) - 1 <= compared(many) < len(many) * MOST_IN_A_GROUP


def test_a_common_name_brings_nobody_together_from_far_away() -> None:
    many = [org("Otter Hall", at=f"ZE{n} 1AA") for n in range(MOST_IN_A_GROUP + 1)]
    assert compared(many[1:]) > 0
    assert compared(many) == 0


def test_a_chain_with_one_weak_link_does_not_become_one() -> None:
    one = org("Otter Watch", "GB-SC-SC000001", at="ZE1 0AA")
    middle = org("Otter Watch (Sea Eagle Fund)", "GB-SC-SC000001", "GB-COH-00000001", at="ZE1 0AA")
    far = org("Sea Eagle Fund", "GB-COH-00000001", at="KW1 1AA")
    found = propose([one, middle, far, *BYSTANDERS])
    assert {pair.verdict for pair in found} == {"suggested"}
    assert all("stands_in_a_chain" in codes(pair) for pair in found)
    assert (one.key, far.key) not in {(pair.one, pair.other) for pair in found}


def test_three_that_all_agree_are_one() -> None:
    three = [org("Otter Watch", at="ZE1 0AA", key=key) for key in "abc"]
    assert set(verdicts(three).values()) == {"automatic"}


def test_nothing_joins_what_was_put_together_unless_it_agrees_with_every_part() -> None:
    parts = (org("Otter Watch", at="ZE1 0AA"), org("Sea Eagle Fund", at="ZE1 0AB"))
    whole = Record("whole", "Otter Watch", (), ("ZE1 0AA", "ZE1 0AB"), ("Sea Eagle Fund",), parts)
    [pair] = propose([whole, org("Otter Watch", at="ZE1 0AA", key="new"), *BYSTANDERS])
    assert pair.verdict == "suggested"
    assert codes(pair)[-1] == "parts_disagree"


def test_a_register_that_links_two_numbers_brings_them_before_a_person_and_goes_no_further() -> None:
    one, other = org("Otter Watch", "GB-SC-SC000001"), org("Lutra Trust", "GB-CHC-1000001")
    third = org("Eagle Fund", "GB-COH-00000009")
    links = [(one.numbers[0], other.numbers[0]), (other.numbers[0], third.numbers[0])]
    found = {(pair.one, pair.other): pair.verdict for pair in propose([one, other, third, *BYSTANDERS], links=links)}
    assert set(found.values()) == {"review"}
    assert len(found) == 2


def test_what_somebody_parted_stays_apart_among_many() -> None:
    no = decided(TWINS[0], TWINS[1], is_same=False)
    found = propose([*TWINS, *BYSTANDERS], remembered=[no])
    assert [pair.verdict for pair in found if pair.one == min(TWINS[0].key, TWINS[1].key)] == ["different"]


def test_what_somebody_joined_is_found_again_though_nothing_else_brings_it_together() -> None:
    one, other = org("British Humanist Association", "GB-CHC-285987"), org("Humanists UK", at="ZE1 0AA")
    assert propose([one, other, *BYSTANDERS]) == []
    [pair] = propose([one, other, *BYSTANDERS], remembered=[decided(one, other, is_same=True)])
    assert pair.verdict == "automatic"


def test_a_number_that_hundreds_share_is_still_asked_about_with_bounded_work() -> None:
    many = [Record(f"{n:04}", f"Body {n}", (Number("GB-SC", "SC000001"),)) for n in range(300)]
    assert 300 <= compared(many) < 300 * 60


def test_one_key_for_two_records_is_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        propose([TWINS[0], TWINS[0]])


def test_nothing_at_all_gives_nothing() -> None:
    assert propose([]) == []
    assert propose([Record("1", ""), Record("2", "()")]) == []
