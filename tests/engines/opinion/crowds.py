"""Crowds to fit: the shared conversations with their reference, planted groups, and votes without any."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from placeweave.engines.opinion.records import Floats, Ints, Statements, Votes
from placeweave.engines.opinion.votes import Longs, votes_from_events
from placeweave.formats import archives
from placeweave.formats.polis import read_polis
from tests.shared_data import shared

CONVERSATIONS = ("london.youth.policing", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A shared conversation with what red-dwarf finds in it."""

    votes: Votes
    statements: Statements
    participants: Longs
    topics: Longs
    reference: dict[str, Any]

    @property
    def labels(self) -> Ints:
        return self.of_people("labels", -1).astype(np.int32)

    def of_people(self, key: str, missing: Any) -> Floats:
        return np.array([self.reference[key].get(str(one), missing) for one in self.participants], np.float64)

    def of_topics(self, key: str) -> Floats:
        return np.array([self.reference[key].get(str(one), np.nan) for one in self.topics], np.float64)


def conversation(name: str) -> Conversation:
    folder = shared(f"opinion/{name}")
    export = read_polis(archives.read_path(folder))
    columns = [(int(vote.participant), int(vote.statement), vote.value) for vote in export.standing]
    numbered = votes_from_events(*np.array(columns).T)
    out = {int(one.external_id) for one in export.statements if one.moderated == -1}
    active = ~np.isin(numbered.statements, list(out))
    reference = json.loads((folder / "reference_reddwarf.json").read_text(encoding="utf-8"))
    return Conversation(
        numbered.votes, Statements(active, np.zeros_like(active)), numbered.participants, numbered.statements, reference
    )


def everything(votes: Votes) -> Statements:
    return Statements(np.ones(votes.n_statements, np.bool_), np.zeros(votes.n_statements, np.bool_))


def planted_crowd(people: int, topics: int, mean_votes: int, seed: int) -> tuple[Votes, Ints]:
    """Draw three groups, one of 8 %: votes geometric in number, most on few statements. Gives who is in which."""
    rng = np.random.default_rng(seed)
    group = rng.choice(3, people, p=[0.46, 0.46, 0.08])
    appeal, effect = rng.normal(0.3, 0.8, topics), rng.normal(0, 1.2, (3, topics))
    times = np.clip(rng.geometric(1 / mean_votes, people), 1, topics)
    pair = np.unique(
        np.repeat(np.arange(people), times) * topics + (rng.random(times.sum()) ** 1.5 * topics).astype(int)
    )
    person, topic = np.divmod(pair, topics)
    latent = appeal[topic] + effect[group[person], topic] + rng.normal(0, 1, pair.size)
    value = np.where(rng.random(pair.size) < 0.15, 0, np.sign(latent)).astype(int)
    numbered = votes_from_events(person, topic, value)
    return numbered.votes, group[numbered.participants].astype(np.int32)


def unrelated_votes(people: int, topics: int, votes_each: int, seed: int) -> Votes:
    """Draw each vote by itself, from its statement's own shares."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([2, 1, 2], topics).cumsum(axis=1)
    topic = np.concatenate([rng.permutation(topics)[:votes_each] for _ in range(people)])
    person = np.repeat(np.arange(people), votes_each)
    value = (rng.random(topic.size)[:, None] > shares[topic, :2]).sum(axis=1) - 1
    return votes_from_events(person, topic, value).votes
