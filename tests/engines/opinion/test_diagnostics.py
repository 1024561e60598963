"""What a finding leans on: moderation, a few busy people, copied answers, unclear words, who was asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placeweave.engines.opinion.diagnostics import (
    COPIED_VOTES,
    coverage,
    influence,
    moderation_effect,
    near_identical,
    not_asked,
    unclear,
)
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.records import Votes
from placeweave.engines.opinion.tallies import tallies_of, tally
from tests.engines.opinion.made_models import (
    UNSEEN,
    conversation,
    model_of,
    permuted,
    planted,
    statements_of,
    table_of,
    votes_of,
)


def without(votes: Votes, person: int) -> Votes:
    kept = votes.participant != person
    return replace(votes, participant=votes.participant[kept], statement=votes.statement[kept], value=votes.value[kept])


def test_moderating_nothing_changes_nothing() -> None:
    votes, _ = planted(people=120, statements=24, seed=1)
    effect = moderation_effect(votes, statements_of(24))
    assert (effect.moderated, effect.likeness) == (0, 1.0)
    assert effect.groups_with == effect.groups_without == 2


def test_moderating_out_what_divides_people_takes_their_groups_away() -> None:
    rng = np.random.default_rng(4)
    dividing, _ = planted(people=120, statements=12, seed=1, seen=1.0)
    shared = np.where(rng.random((120, 12)) < 0.9, 1, -1)
    votes = votes_of(np.hstack([table_of(dividing), shared]))
    effect = moderation_effect(votes, statements_of(24, out=tuple(range(12))))
    assert effect.moderated == 12
    assert effect.groups_with == 2
    assert effect.groups_without != 2 or effect.likeness < 0.5


def test_copied_answers_are_found_and_chance_is_not() -> None:
    votes, _ = planted(people=100, statements=40, seed=2)
    table = table_of(votes)
    assert near_identical(votes) == ()
    table[[20, 60]] = table[5]
    table[60, np.flatnonzero(table[60] != UNSEEN)[0]] *= -1
    table[70] = table[8]
    assert near_identical(votes_of(table), share=0.9) == ((5, 20, 60), (8, 70))


def test_few_answers_are_never_called_copied() -> None:
    table = np.full((10, 30), UNSEEN)
    table[:, : COPIED_VOTES - 1] = 1
    assert near_identical(votes_of(table)) == ()
    table[:, COPIED_VOTES - 1] = 1
    assert near_identical(votes_of(table)) == (tuple(range(10)),)


def test_copies_are_found_whatever_the_order() -> None:
    votes, _ = planted(people=60, statements=40, seed=2)
    table = table_of(votes)
    table[[30, 31]] = table[5]
    people, statements = np.random.default_rng(1).permutation(60), np.random.default_rng(2).permutation(40)
    found = near_identical(permuted(votes_of(table), people, statements))
    assert [set(one) for one in found] == [set(people[[5, 30, 31]].tolist())]


def test_a_statement_that_is_passed_on_a_lot_is_perhaps_unclear() -> None:
    votes, _ = planted(people=100, statements=12, seed=3)
    table = table_of(votes)
    table[:60, 4] = 0
    table[:45, 7] = 0
    assert unclear(tally(votes_of(table), statements_of(12))).tolist() == [4, 7]
    assert unclear(tally(votes_of(table), statements_of(12, out=(4,)))).tolist() == [7]


def test_two_passes_of_three_are_no_sign_yet() -> None:
    table = np.ones((40, 6), np.int8)
    table[3:, 2] = UNSEEN
    table[:2, 2] = 0
    assert unclear(tally(votes_of(table), statements_of(6))).size == 0


def test_coverage_and_what_a_group_was_not_asked() -> None:
    table = np.array([[1, 1, UNSEEN]] * 6 + [[1, UNSEEN, UNSEEN]] * 4)
    tallies = tally(votes_of(table), statements_of(3, out=(2,)), np.array([0] * 6 + [1] * 4))
    assert coverage(tallies).tolist() == [[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    assert [row.tolist() for row in not_asked(tallies)] == [[], [0, 1]]


def test_influence_is_told_of_the_busiest_and_the_map_turns_as_far_as_it_says() -> None:
    votes, _ = planted(people=60, statements=24, seed=5, seen=0.5)
    table = table_of(votes)
    table[9] = np.random.default_rng(8).choice(np.array([-1, 1], np.int8), 24)
    votes = votes_of(table)
    first, *others = influence(votes, fit(votes, statements_of(24)))
    assert (first.participant, first.votes, len(others)) == (9, 24, 9)
    assert first.share == pytest.approx(24 / votes.value.size)
    assert first.turn == pytest.approx(turned(votes, 9), rel=0.8)
    assert first.turn > 1


def turned(votes: Votes, person: int) -> float:
    one, other = model_of(votes).axes, model_of(without(votes, person)).axes
    return float(np.degrees(np.arccos(np.linalg.svd(one @ other.T, compute_uv=False).min())))


def test_one_of_two_thousand_hardly_turns_the_map() -> None:
    votes, topics = conversation("vtaiwan.uberx")
    model = fit(votes, topics)
    found = influence(votes, model)
    assert len(found) == 10
    assert all(one.turn < 2 and one.swapped <= 1 for one in found)
    assert len(unclear(tallies_of(model))) > 0


def test_the_likeness_of_a_real_conversation_with_and_without_moderation_is_told() -> None:
    votes, topics = conversation("scoop-hivemind.biodiversity")
    effect = moderation_effect(votes, topics)
    assert effect.moderated == 160
    assert effect.compared > 400
    assert 0 < effect.likeness < 1
