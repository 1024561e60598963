"""Keep a conversation ready for its next vote: the votes, the counts and where everybody stood at the last fit."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.positions import PRIOR_VOTES
from placeweave.engines.opinion.records import NOWHERE, Config, Flags, Floats, Ints, Model, Signs, Statements, Votes
from placeweave.engines.opinion.tallies import Tallies, tally

VERSION = 1
"""Raised with every change of what ``to_bytes`` writes."""

_ARRAYS = (
    "starts", "topics", "values", "xy", "labels", "included", "axes", "centres", "active", "meta",
    "unmapped", "pending", "fitted_votes", "new_votes", "moderated",
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """Somebody who has voted since the state was made or read."""

    votes: dict[int, int]
    label: int = NOWHERE
    x: float = 0.0
    y: float = 0.0
    included: bool = False


@dataclass(slots=True)
class State:
    """A conversation between two fits. Unlike every other record of the engine it changes in place; see ``update``.

    Attributes
    ----------
    config : Config
    starts, topics, values : votes at the time the state was made, by person: row i is ``starts[i]:starts[i + 1]``
    xy : (P, 2); labels, included : (P,) at that time
    people : whoever has voted since, by number; they outweigh the arrays
    n_participants : people by now
    axes : two lists of loadings; centres : of each group; pull : of the ridge
    mean, all_agree, all_disagree, all_seen : a number for each statement
    agree, disagree, seen : for each group a list with a number for each statement
    sizes : people in each group
    active, meta : a flag for each statement
    shaping : whether a statement shapes the map, being active and no meta statement; n_shaping : how many do
    n_voted, n_zeroed : statements with a vote, and those of them that do not shape the map
    unmapped : whether a statement has been without votes at the last fit, so that the map does not know it
    fitted_votes, new_votes : votes at the last fit, and cast since
    pending, moderated : whether a new statement has had enough votes, and whether moderation has changed
    """

    config: Config
    starts: NDArray[np.int64]
    topics: Ints
    values: Signs
    xy: Floats
    labels: Ints
    included: Flags
    axes: tuple[list[float], list[float]]
    centres: list[tuple[float, float]]
    pull: float
    mean: list[float]
    all_agree: list[int]
    all_disagree: list[int]
    all_seen: list[int]
    agree: list[list[int]]
    disagree: list[list[int]]
    seen: list[list[int]]
    sizes: list[int]
    active: list[bool]
    meta: list[bool]
    unmapped: list[bool]
    fitted_votes: int
    new_votes: int = 0
    pending: bool = False
    moderated: bool = False
    n_participants: int = 0
    shaping: list[bool] = field(default_factory=list)
    n_shaping: int = 0
    n_voted: int = 0
    n_zeroed: int = 0
    people: dict[int, Person] = field(default_factory=dict)

    @classmethod
    def from_model(cls, votes: Votes, model: Model) -> State:
        """Start from a fit and the votes that it was made from."""
        centres = model.centres if (model.labels >= 0).any() else np.zeros((0, 2))
        seen = np.bincount(votes.statement, minlength=votes.n_statements)
        return _assembled(
            model.config, votes, model.statements,
            xy=model.xy, labels=model.labels, included=model.included, axes=model.axes, centres=centres,
            unmapped=seen == 0, fitted_votes=votes.value.size,
        )  # fmt: skip

    @property
    def n_statements(self) -> int:
        """Statements by now."""
        return len(self.active)

    def person(self, number: int) -> Person:
        """Give somebody's votes and place to change, taking them out of the arrays the first time."""
        known = self.people.get(number)
        if known is None:
            known = self.people[number] = self._taken_out(number)
        return known

    def _taken_out(self, number: int) -> Person:
        if number >= self.labels.size:
            return Person({})
        row = slice(int(self.starts[number]), int(self.starts[number + 1]))
        votes = dict(zip(self.topics[row].tolist(), self.values[row].tolist(), strict=True))
        x, y = self.xy[number].tolist()
        return Person(votes, int(self.labels[number]), x, y, bool(self.included[number]))

    def votes(self) -> Votes:
        """Give all standing votes, sorted by person."""
        changed = np.zeros(self.n_participants, np.bool_)
        changed[list(self.people)] = True
        owner = np.repeat(np.arange(self.labels.size), np.diff(self.starts))
        old = ~changed[owner]
        new = [(number, j, v) for number, one in self.people.items() for j, v in one.votes.items()]
        fresh = np.array(new, np.int32).reshape(-1, 3)
        person = np.concatenate([owner[old].astype(np.int32), fresh[:, 0]])
        by_person = np.lexsort((np.concatenate([self.topics[old], fresh[:, 1]]), person))
        topics = np.concatenate([self.topics[old], fresh[:, 1]])[by_person]
        values = np.concatenate([self.values[old], fresh[:, 2].astype(np.int8)])[by_person]
        return Votes(person[by_person], topics, values, self.n_participants, self.n_statements)

    def groups(self) -> Ints:
        """Give everybody's group by now, shape (P,)."""
        return self._places()[1]

    def statements(self) -> Statements:
        """Say which statements count by now."""
        return Statements(np.array(self.active, np.bool_), np.array(self.meta, np.bool_))

    def tallies(self) -> Tallies:
        """Give the counts by now."""
        topics, shape = self.statements(), (len(self.centres), self.n_statements)
        agree, disagree, seen = (
            np.array(rows, np.int32).reshape(shape) for rows in (self.agree, self.disagree, self.seen)
        )
        for_it, against, voted = (np.array(row, np.int32) for row in (self.all_agree, self.all_disagree, self.all_seen))
        sizes = np.array(self.sizes, np.int32)
        return Tallies(
            topics.active, topics.meta, for_it, against, voted, agree, disagree, seen, sizes, self.n_participants
        )

    def to_bytes(self) -> bytes:
        """Write everything as one npz file; the same state gives the same bytes."""
        votes, (xy, labels, included) = self.votes(), self._places()
        starts = np.searchsorted(votes.participant, np.arange(self.n_participants + 1))
        kept = {
            "starts": starts, "topics": votes.statement, "values": votes.value, "xy": xy, "labels": labels,
            "included": included, "axes": self.axes, "centres": np.array(self.centres).reshape(-1, 2),
            "active": self.active, "meta": self.meta, "unmapped": self.unmapped, "pending": self.pending,
            "fitted_votes": self.fitted_votes, "new_votes": self.new_votes, "moderated": self.moderated,
        }  # fmt: skip
        heading = json.dumps({"version": VERSION, "config": asdict(self.config), "pull": self.pull}).encode()
        file = io.BytesIO()
        arrays = {name: np.asarray(kept[name]) for name in _ARRAYS} | {"heading": np.frombuffer(heading, np.uint8)}
        with zipfile.ZipFile(file, "w") as archive:
            for name, array in arrays.items():
                with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w") as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, written: bytes) -> State:
        """Read what ``to_bytes`` wrote.

        Raises
        ------
        ValueError
            If these are no bytes of a state, or of another version: fit anew from the votes then.
        """
        heading, arrays = _read(written)
        starts, topics = arrays["starts"], arrays["topics"]
        owner = np.repeat(np.arange(starts.size - 1, dtype=np.int32), np.diff(starts))
        votes = Votes(owner, topics, arrays["values"], starts.size - 1, arrays["active"].size)
        state = _assembled(
            Config(**heading["config"]), votes, Statements(arrays["active"], arrays["meta"]),
            xy=arrays["xy"], labels=arrays["labels"], included=arrays["included"], axes=arrays["axes"],
            centres=arrays["centres"], unmapped=arrays["unmapped"], fitted_votes=int(arrays["fitted_votes"]),
        )  # fmt: skip
        state.pull, state.new_votes = float(heading["pull"]), int(arrays["new_votes"])
        state.pending, state.moderated = bool(arrays["pending"]), bool(arrays["moderated"])
        return state

    def _places(self) -> tuple[Floats, Ints, Flags]:
        """Give where everybody stands by now: positions, groups, and who is included."""
        added = self.n_participants - self.labels.size
        xy = np.concatenate([self.xy, np.zeros((added, 2))])
        labels = np.concatenate([self.labels, np.full(added, NOWHERE, np.int32)])
        included = np.concatenate([self.included, np.zeros(added, np.bool_)])
        for number, one in self.people.items():
            xy[number], labels[number], included[number] = (one.x, one.y), one.label, one.included
        return xy, labels, included


def _assembled(
    config: Config, votes: Votes, statements: Statements, *, xy: Floats, labels: Ints, included: Flags, axes: Floats,
    centres: Floats, unmapped: Flags, fitted_votes: int,
) -> State:  # fmt: skip
    """Count what can be counted, so that only what cannot is ever written down."""
    by_person = np.lexsort((votes.statement, votes.participant))
    starts = np.searchsorted(votes.participant[by_person], np.arange(votes.n_participants + 1))
    n_groups = centres.shape[0]
    counted = tally(votes, statements, labels if n_groups else None, n_groups=n_groups)
    mean = (counted.all_agree - counted.all_disagree) / np.maximum(counted.all_seen, 1)
    shaping, voted = statements.active & ~statements.meta, counted.all_seen > 0
    return State(
        config, starts, votes.statement[by_person], votes.value[by_person], xy, labels, included,
        axes=(axes[0].tolist(), axes[1].tolist()), centres=[(x, y) for x, y in centres.tolist()],
        pull=PRIOR_VOTES / max(1, int(shaping.sum())), mean=mean.tolist(), all_agree=counted.all_agree.tolist(),
        all_disagree=counted.all_disagree.tolist(), all_seen=counted.all_seen.tolist(), agree=counted.agree.tolist(),
        disagree=counted.disagree.tolist(), seen=counted.seen.tolist(), sizes=counted.sizes.tolist(),
        active=statements.active.tolist(), meta=statements.meta.tolist(), unmapped=unmapped.tolist(),
        fitted_votes=fitted_votes, n_participants=votes.n_participants, shaping=shaping.tolist(),
        n_shaping=int(shaping.sum()), n_voted=int(voted.sum()), n_zeroed=int((voted & ~shaping).sum()),
    )  # fmt: skip


def _read(written: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    try:
        with np.load(io.BytesIO(written), allow_pickle=False) as file:
            heading = json.loads(bytes(file["heading"]))
            arrays = {name: file[name] for name in _ARRAYS}
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError("This is not a kept state of a conversation; fit anew from its votes.") from error
    if heading["version"] != VERSION:
        raise ValueError("This state was kept by another version of the engine; fit anew from the votes.")
    return heading, arrays
