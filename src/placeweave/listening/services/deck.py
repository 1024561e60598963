"""Choose which statements somebody is asked next, from counts that all phones of a process share for a few seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import caches
from django.utils.translation import gettext_lazy, pgettext_lazy

from placeweave.engines.opinion import route as routing
from placeweave.engines.opinion.nearest import nearest_group
from placeweave.engines.opinion.records import Ints
from placeweave.engines.opinion.tallies import Tallies
from placeweave.listening import queries
from placeweave.listening.models import Participant, Room, Statement, Voting
from placeweave.listening.queries import Counted, KnownGroups, Own

SHARED_SECONDS = 4
"""How long counts are taken as they are: six hundred phones do not each count six hundred people's answers."""
MOST = routing.SITTING
"""Statements drawn in one go, at most."""
ON_THE_WALL = gettext_lazy("It stands on the wall just now.")
REASONS = {
    routing.FEW_ANSWERS: gettext_lazy("Few people have answered this yet."),
    routing.GROUP_BEHIND: gettext_lazy("Fewer people who answer as you do have been asked this than others."),
    routing.TELLS_APART: gettext_lazy("Answers to this show best where people differ."),
    routing.MUCH_AGREED: pgettext_lazy("why this statement", "Many people agree with this so far."),
    routing.EQUAL_CHANCE: gettext_lazy("Every statement is asked now and then."),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A statement to ask, and why it is this one."""

    statement: Statement
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The statements of a voting by number, with how they were answered."""

    keys: tuple[int, ...]
    tallies: Tallies


def next_statements(*, voting: Voting, participant: Participant, n: int) -> list[Card]:
    """Draw what somebody is asked next: nothing they have answered, and first what stands on the wall.

    The draw is the same until they answer, so that a page loaded again shows what it showed. Its cost grows with the
    statements of the voting, and with nothing else.
    """
    answered = queries.own_answers(participant)
    wall = _on_the_wall(participant, answered)
    drawn = wall | _drawn(voting, participant, answered, n) | wall
    found = queries.asked(voting.conversation_id, list(drawn)[:n])
    return [Card(found[key], str(drawn[key])) for key in list(drawn)[:n] if key in found]


def _on_the_wall(participant: Participant, answered: dict[int, Own]) -> dict[int, str]:
    room = participant.room
    if room is None or room.closed_at or room.showing != Room.Showing.STATEMENT or room.statement_id in answered:
        return {}
    return {room.statement_id: str(ON_THE_WALL)} if room.statement_id else {}


def _drawn(voting: Voting, participant: Participant, answered: dict[int, Own], n: int) -> dict[int, str]:
    everything = asked_now(voting)
    voted = np.array([key in answered for key in everything.keys], np.bool_)
    routes = routing.route(
        everything.tallies, None, voted, n, _seed(participant, len(answered)),
        group=_group(everything, answered),
    )  # fmt: skip
    return {everything.keys[one.statement]: str(REASONS.get(one.reason, one.reason)) for one in routes}


def _seed(participant: Participant, answered: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{participant.external_id} {answered}".encode()).digest()[:8])


def _group(everything: Asked, answered: dict[int, Own]) -> int | None:
    number = {key: place for place, key in enumerate(everything.keys)}
    answers = {number[key]: own.value for key, own in answered.items() if key in number}
    found = nearest_group(everything.tallies, answers)
    return found.group if found is not None and found.is_clear else None


def asked_now(voting: Voting) -> Asked:
    """Give the statements that are asked now with their counts: by group, where a finding has stable ones."""
    memory, key = caches["memory"], f"asked:{voting.conversation_id}"
    found: Asked | None = memory.get(key)
    if found is None:
        found = _gathered(queries.counted(voting.conversation), queries.known_groups(voting.conversation))
        memory.set(key, found, SHARED_SECONDS)
    return found


def _gathered(counts: Sequence[Counted], groups: KnownGroups | None) -> Asked:
    totals = np.array([(one.agree, one.disagree, one.passed) for one in counts], np.int32).reshape(-1, 3).T
    keys = tuple(one.statement for one in counts)
    sizes = np.array(groups.sizes if groups else (), np.int32)
    cells = _by_group(keys, totals, groups) if groups else np.zeros((3, 0, len(keys)), np.int32)
    active = np.ones(len(keys), np.bool_)
    tallies = Tallies(
        active, ~active, totals[0], totals[1], totals.sum(axis=0), cells[0], cells[1], cells.sum(axis=0), sizes, 0
    )
    return Asked(keys, tallies)


def _by_group(keys: Sequence[int], totals: Ints, groups: KnownGroups) -> Ints:
    """Split counts of now by group as far as the finding shows it; what it holds back is shared out evenly.

    So what a phone is asked or told rests on shown figures alone, and new answers count at once.
    """
    hidden = (None,) * len(groups.sizes)
    rows = [[cell or (-1, -1, -1) for cell in groups.cells.get(key, hidden)] for key in keys]
    shown = np.array(rows, np.int32).reshape(len(keys), len(groups.sizes), 3).T
    known = np.maximum(shown, 0)
    rest = np.maximum(totals - known.sum(axis=1), 0)
    share = np.where((shown < 0).any(axis=1, keepdims=True), shown < 0, np.array(groups.sizes)[None, :, None])
    return np.asarray(known + np.rint(rest[:, None] * share / share.sum(axis=1, keepdims=True)), np.int32)
