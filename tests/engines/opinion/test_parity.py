"""Given the same groups, every figure of Polis comes out the same; and so do its map and its mode."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.stats import spearmanr

from placeweave.engines.opinion.fit import fit, regrouped
from placeweave.engines.opinion.likeness import alike
from placeweave.engines.opinion.proportions import sides
from placeweave.engines.opinion.records import Config, Model
from placeweave.engines.opinion.scores import score
from placeweave.engines.opinion.select import consensus, representative
from tests.engines.opinion.crowds import CONVERSATIONS, Conversation, conversation

pytestmark = pytest.mark.parametrize("name", CONVERSATIONS)
POSITION_ERROR = dict(zip(CONVERSATIONS, (1e-6, 1e-6, 1e-3, 1e-3), strict=True))
"""The reference was written with six decimals, and computed with a solver that leaves an error in the larger two."""


@cache
def known(name: str) -> tuple[Conversation, Model, Model]:
    """Give a conversation, its fit in Polis mode, and the same with the groups of the reference."""
    talk = conversation(name)
    model = fit(talk.votes, talk.statements, Config(mode="polis"))
    return talk, model, regrouped(model, talk.votes, talk.labels)


def test_the_axes_and_means_are_those_of_the_reference(name: str) -> None:
    talk, model, _ = known(name)
    reference = np.stack([talk.of_topics("pc1"), talk.of_topics("pc2")])
    cosine = (reference * model.axes).sum(axis=1) / np.linalg.norm(reference, axis=1)
    assert np.abs(cosine).min() >= 0.9999
    assert np.abs(model.mean - talk.of_topics("mean")).max() <= 1e-9
    positions = talk.of_people("xy", [np.nan, np.nan])
    assert np.nanmax(np.abs(model.xy * np.sign(cosine) - positions)) <= POSITION_ERROR[name]


def test_those_placed_are_those_of_the_reference(name: str) -> None:
    talk, model, _ = known(name)
    assert np.array_equal(model.included, talk.labels >= 0)


def test_group_aware_consensus_is_that_of_the_reference(name: str) -> None:
    talk, _, grouped = known(name)
    assert np.abs(score(grouped).gac - talk.of_topics("group_aware_consensus_agree")).max() <= 1e-9


def test_priorities_are_those_of_the_reference(name: str) -> None:
    talk, _, grouped = known(name)
    reference = talk.of_topics("priority")
    error = np.abs(score(grouped).priority - reference) / np.maximum(1, reference)
    assert error.max() <= (1e-6 if POSITION_ERROR[name] < 1e-4 else 1e-4)


def test_representative_statements_and_their_figures_are_those_of_the_reference(name: str) -> None:
    talk, _, grouped = known(name)
    agree, disagree = sides(grouped)
    for group in range(grouped.k):
        expected = talk.reference["repness"][str(group)]
        picks = representative(grouped, group)
        assert [int(talk.topics[pick.statement]) for pick in picks] == [row["tid"] for row in expected]
        for pick, row in zip(picks, expected, strict=True):
            side = agree if pick.side == "agree" else disagree
            place = group, pick.statement
            assert pick.side == row["repful-for"]
            figures = [side.share[place], side.against_half[place], side.ratio[place], side.against_rest[place]]
            wanted = [row["p-success"], row["p-test"], row["repness"], row["repness-test"]]
            assert figures == pytest.approx(wanted, abs=1e-8)


def test_consensus_statements_are_those_of_the_reference_up_to_ties(name: str) -> None:
    talk, _, grouped = known(name)
    picks = consensus(grouped)
    for side in ("agree", "disagree"):
        values = [pick.value for pick in picks if pick.side == side]
        expected = [row["p-success"] for row in talk.reference["consensus"][side]]
        assert values == pytest.approx(expected, abs=1e-8)


def test_our_own_map_orders_what_is_shared_as_the_reference_does(name: str) -> None:
    talk, _, _ = known(name)
    own = regrouped(fit(talk.votes, talk.statements), talk.votes, talk.labels)
    assert spearmanr(score(own).gac, talk.of_topics("group_aware_consensus_agree")).statistic >= 0.93


def test_polis_mode_finds_much_the_same_groups(name: str) -> None:
    talk, model, _ = known(name)
    both = (model.labels >= 0) & (talk.labels >= 0)
    assert alike(model.labels[both], talk.labels[both]) >= 0.5
