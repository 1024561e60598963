"""Comparing everything with everything: nothing is lost, nothing depends on order, and chains are left to people."""

from __future__ import annotations

import random

import pytest

from placeweave.engines.linkage import Number, Record, propose
from placeweave.engines.linkage.blocking import MOST_IN_A_GROUP, candidates
from placeweave.engines.linkage.features import features_of
from placeweave.engines.linkage.judge import judge
from placeweave.engines.linkage.nearest import nearest, vectors_of
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


def test_blocking_loses_no_pair_that_a_tier_would_take() -> None:
    records = sorted({one.key: one for pair in labelled() for one in pair[:2]}.values(), key=lambda one: one.key)
    weights = weigh(records)
    near = set(candidates([features_of(one, weights) for one in records]))
    lost = [
        (one, other)
        for one in range(len(records))
        for other in range(one + 1, len(records))
        if judge(records[one], records[other], weights) and (one, other) not in near
    ]
    # Names that many records share come in groups too large to pair up; here each record stands in several pairs.
    assert len(lost) <= 0.025 * len(near)


def test_a_crowd_at_one_postcode_is_not_paired_up() -> None:
    names = [f"{letter}{other}" * 3 for letter in "bcdfgh" for other in "jklmnp"]
    crowd = [org(name, at="ZE1 0AA") for name in names]
    weights = weigh(crowd)
    assert len(crowd) > MOST_IN_A_GROUP
    assert not candidates([features_of(one, weights) for one in crowd])


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
    ready = [features_of(one, weigh(many)) for one in many]
    assert 300 <= len(candidates(ready)) < 300 * 60


def test_one_key_for_two_records_is_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        propose([TWINS[0], TWINS[0]])


def test_nothing_at_all_gives_nothing() -> None:
    assert propose([]) == []
    assert propose([Record("1", ""), Record("2", "()")]) == []
    assert list(nearest(["", ""])) == []


def test_the_nearest_are_those_spelt_alike() -> None:
    names = ["otter watch", "otter wotch", "credit union", "otters watching"]
    assert (0, 1) in set(nearest(names))
    assert not {(0, 2), (1, 2), (2, 3)} & set(nearest(names))


def test_rows_of_letters_have_length_one_or_none() -> None:
    lengths = vectors_of(["otter", "otter watch", ""]).power(2).sum(axis=1).A1
    assert lengths.round(9).tolist() == [1, 1, 0]
