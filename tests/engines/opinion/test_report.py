"""The answer of a whole analysis: what it promises, for machines and for people, and what it keeps from everybody."""

from __future__ import annotations

import json

import numpy as np
import pytest

from placeweave.engines.opinion.records import Config, Votes
from placeweave.engines.opinion.report import Ballots, analyse, as_table
from tests.engines.opinion.crowds import unrelated_votes
from tests.engines.opinion.made_models import planted

PROMISED = {
    "mode", "participants", "statements", "votes", "included", "k", "stable", "stability", "groups", "labels",
    "axes_explained", "common_ground", "divisive", "slate", "warnings", "fingerprint", "seconds",
}  # fmt: skip
OF_A_STATEMENT = {
    "id", "agree", "disagree", "pass", "group_aware_consensus", "floor", "divisiveness", "representative_of",
}  # fmt: skip


def ballots_of(votes: Votes, order: np.ndarray | None = None, out: frozenset[str] = frozenset()) -> Ballots:
    rows = np.arange(votes.value.size) if order is None else order
    return Ballots(
        participant=[f"p{one}" for one in votes.participant[rows]],
        statement=[str(one) for one in votes.statement[rows]],
        value=votes.value[rows].tolist(),
        out=out,
    )


def asked(
    votes: Votes, *, public: bool = False, config: Config | None = None, out: frozenset[str] = frozenset()
) -> dict:
    return analyse(ballots_of(votes, out=out), config or Config(), public=public, resamples=25)


def test_the_answer_has_all_that_was_promised_and_is_plain_json() -> None:
    votes, group = planted(200, 30, 2)
    answer = asked(votes)
    assert answer.keys() >= PROMISED
    assert all(row.keys() >= OF_A_STATEMENT for row in answer["statements"])
    assert json.loads(json.dumps(answer)) == answer
    assert (answer["k"], answer["stable"], answer["participants"], answer["votes"]) == (2, True, 200, votes.value.size)
    assert sum(one["size"] for one in answer["groups"]) == answer["included"]
    assert len({(answer["labels"][f"p{person}"], int(one)) for person, one in enumerate(group)}) == 2


@pytest.mark.parametrize("mode", ["own", "polis"])
def test_the_same_votes_and_seed_give_the_same_answer(mode: str) -> None:
    votes, _ = planted(120, 24, 2)
    answers = [asked(votes, config=Config(mode=mode)) for _ in range(2)]
    for answer in answers:
        answer.pop("seconds")
    assert answers[0] == answers[1]


def test_the_order_of_rows_changes_nothing() -> None:
    votes, _ = planted(120, 24, 3)
    order = np.random.default_rng(0).permutation(votes.value.size)
    answers = [analyse(ballots_of(votes, one), Config(), resamples=10) for one in (None, order)]
    for answer in answers:
        answer.pop("seconds")
    assert answers[0] == answers[1]


def test_other_votes_and_other_parameters_have_another_fingerprint() -> None:
    votes, _ = planted(60, 12, 2)
    answers = [
        asked(votes),
        asked(votes, config=Config(seed=1)),
        asked(votes, out=frozenset({"3"})),
        asked(planted(60, 12, 2, 1)[0]),
    ]
    prints = {answer["fingerprint"] for answer in answers}
    assert len(prints) == 4


def test_without_groups_everybody_is_in_none() -> None:
    answer = asked(unrelated_votes(100, 30, 20, 0))
    assert (answer["k"], answer["stable"], answer["groups"], answer["stability"]) == (1, False, [], None)
    assert set(answer["labels"].values()) == {None}
    assert "No stable groups were found." in answer["warnings"]
    assert "No stable groups." in as_table(answer)


def test_the_public_answer_names_nobody_and_no_count_of_a_few() -> None:
    votes, _ = planted(200, 30, 2)
    answer = asked(votes, public=True)
    assert answer["labels"] == {}
    counts = [row[name] for row in answer["statements"] for name in ("agree", "disagree", "pass")]
    assert all(count is None or count == 0 or count >= 5 for count in counts)
    assert any(count for count in counts)
    assert "p1" not in json.dumps(answer)


def test_a_conversation_of_a_few_people_tells_everybody_nothing_of_them() -> None:
    votes, _ = planted(4, 10, 1)
    answer = asked(votes, public=True)
    assert answer["participants"] is answer["included"] is None
    assert all(row["agree"] is None and row["floor"] is None for row in answer["statements"])
    assert "A few people" in as_table(answer)


def test_votes_that_contradict_each_other_are_told() -> None:
    answer = analyse(Ballots(["a", "a", "b"], ["1", "1", "1"], [1, -1, 1]), Config(), resamples=5)
    assert answer["votes"] == 2
    assert any("contradict" in said for said in answer["warnings"])


def test_no_votes_at_all_are_an_answer_too() -> None:
    answer = analyse(Ballots([], [], []), Config(), resamples=5)
    assert (answer["k"], answer["statements"], answer["warnings"]) == (1, [], ["Nobody has voted."])


def test_where_every_statement_is_left_out_nothing_is_found() -> None:
    votes, _ = planted(30, 6, 2)
    answer = asked(votes, out=frozenset(map(str, range(6))))
    assert (answer["k"], answer["included"], answer["common_ground"], answer["slate"]) == (1, 0, [], [])


def test_the_table_shows_groups_picks_and_how_sure_they_are() -> None:
    votes, _ = planted(200, 30, 2)
    text = as_table(asked(votes))
    assert "2 groups, which hold" in text
    assert "Common ground:" in text
    assert "% of variation" in text
    assert "fingerprint" in text
