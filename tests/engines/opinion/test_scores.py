"""What is shared, what divides, and why: each figure with the property it is named for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, false_discovery_control

from placeweave.engines.opinion.fit import fit, regrouped
from placeweave.engines.opinion.proportions import adjusted, bound
from placeweave.engines.opinion.records import NOWHERE, Model
from placeweave.engines.opinion.scores import META_PRIORITY, score
from placeweave.engines.opinion.select import DIVISIVE_P, SHARED, select
from tests.engines.opinion.crowds import everything, unrelated_votes
from tests.engines.opinion.made_models import UNSEEN, model_of, planted, statements_of, table_of, votes_of

HALVES = np.repeat([0, 1], 20).astype(np.int32)


def two_groups() -> Model:
    """Make two groups of twenty: alike on 0 and 1, apart on 2; the second has not seen 3, one person has seen 4."""
    table = np.full((40, 8), 1)
    table[:, 1] = -1
    table[HALVES == 1, 2] = -1
    table[HALVES == 1, 3] = UNSEEN
    table[1:, 4] = UNSEEN
    table[:, 5] = np.where(np.arange(40) % 2, 1, -1)
    table[:, 6] = 0
    table[::3, 7] = -1
    return regrouped(model_of(votes_of(table), HALVES), votes_of(table), HALVES)


def test_the_floor_is_that_of_the_group_least_sure() -> None:
    model = two_groups()
    scores = score(model)
    assert scores.floor[0] == pytest.approx(beta.ppf(0.05, 21, 1))
    assert scores.floor_against[1] == pytest.approx(beta.ppf(0.05, 21, 1))
    assert scores.floor[2] == pytest.approx(beta.ppf(0.05, 1, 21))
    assert scores.weakest[2] == 1


def test_a_statement_a_group_has_not_seen_is_no_common_ground_though_its_product_is_high() -> None:
    model = two_groups()
    scores = score(model)
    assert scores.gac[3] > scores.gac[5]
    assert scores.floor[3] < SHARED
    assert scores.weakest[3] == 1
    assert 3 not in [pick.statement for pick in select(model, scores, "common_ground", limit=8)]


def test_common_ground_is_both_what_all_agree_with_and_what_all_disagree_with() -> None:
    model = two_groups()
    picks = {pick.statement: pick for pick in select(model, score(model), "common_ground", limit=8)}
    assert (picks[0].side, picks[1].side) == ("agree", "disagree")
    assert picks[0].low == pytest.approx(picks[0].value)
    assert picks[0].low < 20 / 20 <= picks[0].high + 0.01
    assert "20 of 20" in picks[0].reasons[0]


def test_the_divisive_statement_comes_first_with_both_shares() -> None:
    model = two_groups()
    scores = score(model)
    picks = select(model, scores, "divisive")
    assert [pick.statement for pick in picks] == [2]
    assert scores.divisiveness[2] == pytest.approx(21 / 22 - 1 / 22)
    assert picks[0].low < picks[0].value < picks[0].high
    assert scores.divisive_p[2] < 1e-6


def test_what_one_person_saw_divides_nobody() -> None:
    assert np.isnan(score(two_groups()).divisiveness[4])


def test_a_statement_along_the_map_bridges_less_than_its_floor() -> None:
    votes, _ = planted(200, 30, 2)
    scores = score(fit(votes, everything(votes)))
    assert (scores.bridging <= scores.floor).all()
    assert (scores.bridging >= 0).all()


def test_passes_count_as_not_agreeing() -> None:
    scores = score(two_groups())
    assert scores.floor[6] < 0.05
    assert scores.consensus[0] > 0 > scores.consensus[1]


def test_without_groups_nothing_divides_and_nothing_represents() -> None:
    votes = unrelated_votes(100, 20, 15, 0)
    model = fit(votes, everything(votes))
    scores = score(model)
    assert (model.labels == NOWHERE).all()
    assert np.isnan(scores.divisiveness).all()
    assert select(model, scores, "representative") == select(model, scores, "divisive") == []
    assert np.isfinite(scores.floor).all()


def test_statements_nobody_saw_have_no_floor() -> None:
    table = table_of(planted(60, 10, 2)[0])
    table[:, 4] = UNSEEN
    scores = score(fit(votes_of(table), statements_of(10)))
    assert np.isnan([scores.floor[4], scores.consensus[4]]).all()
    assert scores.weakest[4] == NOWHERE


def test_statements_left_out_are_never_picked() -> None:
    votes, _ = planted(200, 30, 2)
    out = tuple(range(0, 30, 2))
    model = fit(votes, statements_of(30, out))
    scores = score(model)
    picked = {pick.statement for kind in ("common_ground", "divisive", "consensus", "representative")
              for pick in select(model, scores, kind, limit=30)}  # fmt: skip
    assert picked
    assert not picked & set(out)


def test_statements_about_oneself_have_the_fixed_weight_of_polis() -> None:
    votes, _ = planted(60, 10, 2)
    states = statements_of(10)
    states.meta[2] = True
    weights = score(fit(votes, states)).priority
    assert weights[2] == META_PRIORITY
    assert len(np.unique(np.delete(weights, 2))) > 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_p_values_are_adjusted_as_scipy_adjusts_them(values: list[float]) -> None:
    assert adjusted(np.array(values)) == pytest.approx(false_discovery_control(values))


def test_what_was_not_tested_is_not_adjusted() -> None:
    assert adjusted(np.array([[0.01, np.nan], [0.04, np.nan]])).ravel() == pytest.approx(
        [0.02, np.nan, 0.04, np.nan], nan_ok=True
    )


def test_chance_alone_seldom_divides() -> None:
    votes = unrelated_votes(400, 200, 60, 0)
    labels = np.random.default_rng(1).integers(0, 2, 400).astype(np.int32)
    model = regrouped(fit(votes, everything(votes)), votes, labels)
    assert (score(model).divisive_p <= DIVISIVE_P).sum() <= 2


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_bound_lies_below_the_share_and_rises_with_certainty(agreed: int, others: int) -> None:
    n = agreed + others
    low = float(bound(np.array(agreed), np.array(n)))
    assert 0 < low < (agreed + 1) / (n + 2)
    assert float(bound(np.array(10 * agreed), np.array(10 * n))) >= low or agreed < others
