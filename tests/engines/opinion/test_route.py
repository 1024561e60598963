"""What is asked next: by chance with known odds, better than plain chance, and told why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.opinion import route as routing
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.records import Statements
from placeweave.engines.opinion.route import odds, priority, route
from placeweave.engines.opinion.scores import score
from placeweave.engines.opinion.tallies import Tallies, tallies_of, tally
from tests.engines.opinion.made_models import UNSEEN, conversation, planted, statements_of, table_of, votes_of

NEW = tally(votes_of(np.full((0, 6), UNSEEN)), statements_of(6))
NOTHING_YET = np.zeros(6, bool)


def lively() -> Tallies:
    votes, labels = planted(people=80, statements=12, seed=2, seen=0.5)
    return tally(votes, statements_of(12, out=(3,)), labels)


@pytest.mark.parametrize("mode", ["own", "polis"])
def test_odds_are_not_all_the_same(mode: str) -> None:
    chances = odds(lively(), None, np.zeros(12, bool), mode=mode).weight
    assert chances[3] == 0
    assert np.unique(np.delete(chances, 3).round(9)).size > 5


@pytest.mark.parametrize("mode", ["own", "polis"])
def test_draws_follow_the_odds(mode: str) -> None:
    tallies, nothing = lively(), np.zeros(12, bool)
    wanted = odds(tallies, None, nothing, mode=mode).weight
    drawn = [route(tallies, None, nothing, 1, seed, mode=mode)[0].statement for seed in range(2000)]
    share = np.bincount(drawn, minlength=12) / 2000
    np.testing.assert_allclose(share, wanted / wanted.sum(), atol=4 * np.sqrt(0.25 / 2000))


def test_a_model_and_its_counts_give_the_same_priorities_as_its_scores() -> None:
    votes, _ = planted(people=120, statements=20, seed=3)
    model = fit(votes, statements_of(20))
    scores = score(model)
    assert model.k > 1
    np.testing.assert_allclose(priority(tallies_of(model), scores), scores.priority, rtol=1e-12)
    assert route(model, scores, np.zeros(20, bool), 3, 1) == route(tallies_of(model), scores, np.zeros(20, bool), 3, 1)


def test_a_conversation_without_any_vote_asks_everything_alike_and_says_so() -> None:
    asked = route(NEW, None, NOTHING_YET, 6, seed=4)
    assert sorted(one.statement for one in asked) == list(range(6))
    assert [one.probability for one in asked] == pytest.approx([1 / 6] * 6)
    assert {one.reason for one in asked} == {routing.FEW_ANSWERS}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=12, max_size=12), st.integers(0, 15), st.integers(0, 99))
def test_nobody_is_asked_twice_nor_what_was_moderated_out(voted: list[bool], n: int, seed: int) -> None:
    answered = np.array(voted)
    asked = [one.statement for one in route(lively(), None, answered, n, seed)]
    left = np.flatnonzero(~answered & (np.arange(12) != 3))
    assert len(asked) == len(set(asked)) == min(n, left.size, routing.SITTING)
    assert set(asked) <= set(left.tolist())


def test_every_active_statement_keeps_its_floor() -> None:
    tallies = lively()
    hated = replace(tallies, agree=tallies.agree * 0, all_agree=tallies.all_agree * 0)
    chances = odds(hated, None, np.zeros(12, bool)).weight
    assert (np.delete(chances, 3) >= routing.CHANCE_FOR_ALL / 12).all()
    assert chances.sum() == pytest.approx(1.0)


def test_what_a_group_was_asked_less_than_others_becomes_likelier_for_it_alone() -> None:
    tallies, nothing = lively(), np.zeros(12, bool)
    seen = tallies.seen.copy()
    seen[1, 5] = 0
    unbalanced = replace(
        tallies, seen=seen, agree=np.minimum(tallies.agree, seen), disagree=np.minimum(tallies.disagree, seen)
    )
    behind, ahead, unknown = (odds(unbalanced, None, nothing, group=group).weight[5] for group in (1, 0, None))
    assert behind > 1.2 * unknown
    assert ahead <= unknown
    reasons = [
        one.reason
        for seed in range(40)
        for one in route(unbalanced, None, nothing, 1, seed, group=1)
        if one.statement == 5
    ]
    assert routing.GROUP_BEHIND in reasons


def test_polis_asks_meta_statements_with_its_fixed_priority() -> None:
    meta = Statements(np.ones(6, bool), np.arange(6) == 2)
    tallies = tally(votes_of(np.ones((9, 6), np.int8)), meta)
    assert priority(tallies)[2] == 49.0
    assert (np.delete(priority(tallies), 2) < 49.0).all()


def test_the_same_seed_asks_the_same() -> None:
    tallies, nothing = lively(), np.zeros(12, bool)
    assert route(tallies, None, nothing, 5, seed=8) == route(tallies, None, nothing, 5, seed=8)
    assert len({tuple(route(tallies, None, nothing, 5, seed=seed)) for seed in range(5)}) > 1


def replayed(name: str, seed: int, *, routed: bool, each: int) -> float:
    """Let people come in chance order and answer a few of what they answered in truth; say how much was learnt.

    The measure is the mean, over the second half of the replay, of how many of the true top ten of the group-aware
    consensus (all votes, groups of a fit to all votes) are in the top ten of the votes gathered so far. Both ways of
    asking gather the same number of votes from the same people. Routing knows the counts so far, nothing of the map.
    """
    votes, topics = conversation(name)
    labels, table = fit(votes, topics).labels, table_of(votes)
    truth = top_ten(tally(votes, topics, labels), topics)
    rng = np.random.default_rng(seed)
    counts = np.zeros((3, labels.max() + 1, votes.n_statements), np.int32)
    shares = []
    people = rng.permutation(np.flatnonzero(labels >= 0))
    for turn, person in enumerate(people):
        cannot = (table[person] == UNSEEN) | ~topics.active
        gathered = tallied(counts, topics)
        for one in chosen(gathered, cannot, each, rng, routed=routed):
            counts[table[person, one] + 1, labels[person], one] += 1
        if turn >= people.size // 2 and turn % 7 == 0:
            shares.append(len(truth & top_ten(tallied(counts, topics), topics)) / 10)
    return float(np.mean(shares))


def chosen(gathered: Tallies, cannot: np.ndarray, each: int, rng: np.random.Generator, *, routed: bool) -> list[int]:
    if routed:
        return [one.statement for one in route(gathered, None, cannot, each, int(rng.integers(1 << 30)))]
    left = np.flatnonzero(~cannot)
    return rng.choice(left, min(each, left.size), replace=False).tolist()


def tallied(counts: np.ndarray, topics: Statements) -> Tallies:
    disagree, _, agree = counts
    seen = counts.sum(axis=0)
    everybody = (agree.sum(axis=0), disagree.sum(axis=0), seen.sum(axis=0))
    return Tallies(topics.active, topics.meta, *everybody, agree, disagree, seen, seen.max(axis=1), 1000)


def top_ten(tallies: Tallies, topics: Statements) -> set[int]:
    consensus = ((tallies.agree + 1) / (tallies.seen + 2)).prod(axis=0) * topics.active
    return set(np.argsort(-consensus, kind="stable")[:10].tolist())


@pytest.mark.parametrize("name", ["brexit-consensus", "scoop-hivemind.biodiversity"])
def test_routing_learns_the_consensus_sooner_than_plain_chance(name: str) -> None:
    routed = np.array([replayed(name, seed, routed=True, each=5) for seed in range(4)])
    plain = np.array([replayed(name, seed, routed=False, each=5) for seed in range(4)])
    assert routed.mean() > plain.mean() + 0.03
