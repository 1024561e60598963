"""Conversations and models made by hand, so that a claim rests on votes one can see."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from placeweave.engines.opinion.records import Config, Ints, Model, Statements, Votes
from placeweave.engines.opinion.tallies import tally
from tests.shared_data import shared

SHARED = ("london.youth.policing", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
UNSEEN = 9


def votes_of(table: ArrayLike) -> Votes:
    """Read votes from a table of people by statements; ``UNSEEN`` is no vote."""
    grid = np.asarray(table, np.int8)
    person, statement = np.nonzero(grid != UNSEEN)
    return Votes(person.astype(np.int32), statement.astype(np.int32), grid[person, statement], *grid.shape)


def table_of(votes: Votes) -> np.ndarray:
    grid = np.full((votes.n_participants, votes.n_statements), UNSEEN, np.int8)
    grid[votes.participant, votes.statement] = votes.value
    return grid


def statements_of(count: int, out: tuple[int, ...] = ()) -> Statements:
    return Statements(~np.isin(np.arange(count), out), np.zeros(count, bool))


def planted(
    people: int = 120, statements: int = 24, groups: int = 2, seed: int = 0, seen: float = 0.8
) -> tuple[Votes, Ints]:
    """Draw groups of people who answer alike, and say who is in which."""
    rng = np.random.default_rng(seed)
    labels = np.sort(rng.integers(0, groups, people)).astype(np.int32)
    leaning = rng.normal(0, 1.4, (groups, statements)) + rng.normal(0.2, 0.5, statements)
    latent = leaning[labels] + rng.normal(0, 1, (people, statements))
    table = np.where(rng.random(latent.shape) < 0.12, 0, np.sign(latent)).astype(np.int8)
    table[rng.random(latent.shape) > seen] = UNSEEN
    return votes_of(table), labels


def conversation(name: str) -> tuple[Votes, Statements]:
    """Read a shared conversation: the last vote of each person on each statement, and what was moderated out."""
    folder = shared(f"opinion/{name}")
    with (folder / "votes.csv").open(newline="", encoding="utf-8") as file:
        rows = [
            [int(row[key]) for key in ("timestamp", "voter-id", "comment-id", "vote")] for row in csv.DictReader(file)
        ]
    last = {(person, topic): value for _, person, topic, value in sorted(rows, key=lambda row: row[0])}
    pairs = np.array(list(last))
    people, person = np.unique(pairs[:, 0], return_inverse=True)
    topics, statement = np.unique(pairs[:, 1], return_inverse=True)
    with (folder / "comments.csv").open(newline="", encoding="utf-8") as file:
        out = {int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"].strip() == "-1"}
    value = np.array(list(last.values()), np.int8)
    votes = Votes(person.astype(np.int32), statement.astype(np.int32), value, people.size, topics.size)
    return votes, Statements(~np.isin(topics, list(out)), np.zeros(topics.size, bool))


def model_of(votes: Votes, labels: Ints | None = None, statements: Statements | None = None) -> Model:
    """Make a model with given groups: axes by a plain singular value decomposition, positions by the ridge."""
    topics = statements or statements_of(votes.n_statements)
    counted = tally(votes, topics)
    mean = np.where(topics.active, (counted.all_agree - counted.all_disagree) / np.maximum(counted.all_seen, 1), 0.0)
    grid = np.zeros((votes.n_participants, votes.n_statements))
    grid[votes.participant, votes.statement] = votes.value - mean[votes.statement]
    grid[:, ~topics.active] = 0
    _, singular, right = np.linalg.svd(grid, full_matrices=False)
    axes = right[:2] * np.sign(right[[0, 1], np.abs(right[:2]).argmax(axis=1)])[:, None]
    voted = (table_of(votes) != UNSEEN) & topics.active
    inner = np.einsum("ij,aj,bj->iab", voted, axes, axes) + 4.0 / topics.active.sum() * np.eye(2)
    xy = np.linalg.solve(inner, (grid @ axes.T)[:, :, None])[:, :, 0]
    included = voted.sum(axis=1) >= min(7, topics.active.sum())
    grouped = np.where(included, -1 if labels is None else labels, -1).astype(np.int32)
    k = max(1, int(grouped.max()) + 1)
    by_group = tally(votes, topics, grouped)
    centres = np.array([xy[grouped == g].mean(axis=0) for g in range(k)]) if labels is not None else np.zeros((1, 2))
    return Model(
        config=Config(), statements=topics, mean=mean, axes=axes, singular=singular[:2],
        explained=singular[:2] ** 2 / max((singular**2).sum(), 1e-12), xy=xy, xy_cov=np.linalg.inv(inner),
        included=included, labels=grouped, k=k, silhouette={k: 0.5}, centres=centres,
        agree=by_group.agree, disagree=by_group.disagree, seen=by_group.seen,
        all_agree=counted.all_agree, all_disagree=counted.all_disagree, all_seen=counted.all_seen,
    )  # fmt: skip


def permuted(votes: Votes, people: Ints, statements: Ints) -> Votes:
    """Give person i the number ``people[i]`` and statement j ``statements[j]``, and shuffle the rows."""
    order = np.random.default_rng(3).permutation(votes.value.size)
    return replace(
        votes,
        participant=people[votes.participant][order].astype(np.int32),
        statement=statements[votes.statement][order].astype(np.int32),
        value=votes.value[order],
    )
