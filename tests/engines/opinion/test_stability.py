"""How far findings hold when people are drawn anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placeweave.engines.opinion import redraws
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.likeness import adjusted_rand, alike, crossed, jaccard_of_pairs
from placeweave.engines.opinion.records import NOWHERE, Config, Model
from placeweave.engines.opinion.scores import score
from placeweave.engines.opinion.select import select
from placeweave.engines.opinion.stability import PICKED, stability
from tests.engines.opinion.made_models import conversation, model_of, permuted, planted, statements_of, votes_of

labellings = arrays(np.int32, 12, elements=st.integers(0, 2))


def test_groups_that_are_far_apart_hold() -> None:
    votes, labels = planted(people=150, statements=30, seed=1)
    model = fit(votes, statements_of(30))
    assert alike(model.labels, labels) > 0.9
    held = stability(votes, model, resamples=50, cold=0)
    assert held.overall > 0.9
    assert (held.groups > 0.8).all()
    assert np.nanmedian(held.members) == 1.0


def test_groups_made_up_of_noise_do_not() -> None:
    rng = np.random.default_rng(2)
    noise = votes_of(rng.choice(np.array([-1, 0, 1], np.int8), (150, 30)))
    model = fit(noise, statements_of(30), Config(allow_one_group=False))
    planted_votes, labels = planted(people=150, statements=30, seed=1)
    real = stability(planted_votes, model_of(planted_votes, labels), resamples=50, cold=0)
    made_up = stability(noise, model, resamples=50, cold=0)
    assert made_up.overall < 0.6 < real.overall
    assert np.nanmean(made_up.members) < np.nanmean(real.members)


def test_whoever_stands_between_two_groups_is_the_least_sure_member() -> None:
    votes, labels = planted(people=120, statements=24, seed=4)
    model = model_of(votes, labels)
    held = stability(votes, model, resamples=100, cold=0)
    apart = np.abs(np.linalg.norm(model.xy[:, None] - model.centres, axis=2) @ [1, -1])
    unsure = held.members < 0.9
    assert unsure.any()
    assert apart[unsure].mean() < apart[~unsure].mean()


@pytest.mark.parametrize("mode", ["own", "polis"])
def test_numbering_people_and_statements_otherwise_changes_nothing(mode: str) -> None:
    votes, _ = planted(people=90, statements=21, groups=3, seed=6)
    rng = np.random.default_rng(1)
    people, statements = rng.permutation(90).astype(np.int32), rng.permutation(21).astype(np.int32)
    model = fit(votes, statements_of(21), Config(mode=mode))
    other_votes = permuted(votes, people, statements)
    other_model = renumbered(model, people, statements)
    one, other = (stability(v, m, resamples=30, cold=3) for v, m in ((votes, model), (other_votes, other_model)))
    assert other.overall == pytest.approx(one.overall, abs=1e-9)
    np.testing.assert_allclose(other.members[people], one.members, atol=1e-9)
    np.testing.assert_allclose(other.groups, one.groups, atol=1e-9)
    for kind, shares in one.picks.items():
        assert {int(statements[j]): share for j, share in shares.items()} == other.picks[kind]
    if mode == "own":
        assert other.k_seen == one.k_seen


def renumbered(model: Model, people: np.ndarray, statements: np.ndarray) -> Model:
    was, asked = np.argsort(people), np.argsort(statements)
    by_person = {name: getattr(model, name)[was] for name in ("xy", "xy_cov", "included", "labels")}
    counts = ("mean", "axes", "agree", "disagree", "seen", "all_agree", "all_disagree", "all_seen")
    by_statement = {name: getattr(model, name)[..., asked] for name in counts}
    return replace(model, **by_person, **by_statement)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    votes, labels = planted(people=80, statements=20, seed=3)
    model = model_of(votes, labels)
    one, same, other = (stability(votes, model, resamples=20, seed=seed, cold=0) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.members, same.members)
    assert one.picks == same.picks
    assert not np.array_equal(one.members, other.members)


def test_without_groups_only_the_picks_are_redrawn() -> None:
    votes, _ = planted(people=60, statements=15, groups=1, seed=3)
    held = stability(votes, model_of(votes), resamples=20, cold=0)
    assert np.isnan(held.overall)
    assert np.isnan(held.members).all()
    assert held.picks["common_ground"]
    assert held.picks["divisive"] == {}


def test_who_has_voted_too_little_is_in_no_group_and_has_no_share() -> None:
    votes, labels = planted(people=80, statements=12, seed=3, seen=0.6)
    model = model_of(votes, labels)
    assert (model.labels == NOWHERE).any()
    held = stability(votes, model, resamples=10, cold=0)
    assert np.array_equal(np.isnan(held.members), model.labels == NOWHERE)


def test_redraws_from_nothing_count_the_groups_again() -> None:
    votes, _ = planted(people=150, statements=30, groups=3, seed=1)
    held = stability(votes, fit(votes, statements_of(30)), resamples=5, cold=8)
    assert sum(held.k_seen.values()) == 8
    assert max(held.k_seen, key=lambda k: held.k_seen[k]) == 3


def test_a_conversation_too_large_to_fill_in_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    votes, labels = planted(people=80, statements=20, seed=3)
    model = model_of(votes, labels)
    dense = stability(votes, model, resamples=20, cold=0)
    monkeypatch.setattr(redraws, "_DENSE_CELLS", 0)
    sparse = stability(votes, model, resamples=20, cold=0)
    np.testing.assert_allclose(sparse.members, dense.members, atol=0.051)
    assert sparse.overall == pytest.approx(dense.overall, abs=0.05)


@pytest.mark.parametrize("name", ["brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"])
def test_what_is_picked_first_in_a_real_conversation_is_kept_in_most_redraws(name: str) -> None:
    votes, topics = conversation(name)
    model = fit(votes, topics)
    held = stability(votes, model, resamples=100, cold=0)
    for kind in ("common_ground", "divisive"):
        first = select(model, score(model), kind, limit=1)[0].statement
        assert held.picks[kind][first] > 0.5
        assert sum(held.picks[kind].values()) <= PICKED + 1e-9
    assert held.overall > 0.7


@given(labellings, labellings)
@settings(deadline=None)
def test_likeness_is_that_of_pairs_counted_one_by_one(one: np.ndarray, other: np.ndarray) -> None:
    pairs = [(i, j) for i in range(12) for j in range(i)]
    first = np.array([one[i] == one[j] for i, j in pairs])
    second = np.array([other[i] == other[j] for i, j in pairs])
    both, expected, most = (first & second).sum(), first.sum() * second.sum() / 66, (first.sum() + second.sum()) / 2
    wanted = 1.0 if most == expected else (both - expected) / (most - expected)
    table = crossed(one, other, (3, 3))
    assert adjusted_rand(table)[0] == pytest.approx(wanted)
    for group in range(3):
        touching = np.array([group in {one[i], one[j]} for i, j in pairs])
        own = np.array([one[i] == one[j] == group for i, j in pairs])
        either = own | (second & touching)
        share = (own & second).sum() / either.sum() if either.any() else np.nan
        assert jaccard_of_pairs(table)[0, group] == pytest.approx(share, nan_ok=True)


def test_groupings_are_alike_whatever_their_numbers() -> None:
    one = np.array([0, 0, 1, 1, 2, -1])
    assert alike(one, np.array([2, 2, 0, 0, 1, 0])) == 1.0
    assert np.isnan(alike(one, np.full(6, -1)))
