"""A room and its wall: where the run sheet is, who is here, how the statement on the wall is answered."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from placeweave.kit import smallnumbers
from placeweave.listening.models import Conversation, Participant, Room, Statement, Vote, Voting
from placeweave.listening.queries.statements import Tally, tally_of

Showing = Room.Showing
A_GLANCE = 1.0
"""Seconds for which one process counts all votes of a conversation no more than once."""
MOST_AGREED = 5


@dataclass(frozen=True)
class Stop:
    """One line of the run sheet."""

    showing: str
    statement: Statement | None
    number: int | None
    is_here: bool


@dataclass(frozen=True)
class Here:
    """Who is in a room."""

    joined: int
    voted: int


@dataclass(frozen=True)
class Standing:
    """Where everybody stands: what is agreed most, and what most agree with though the exact split is not shown."""

    agreed: Sequence[Tally]
    also: Sequence[Statement]


@dataclass(frozen=True)
class Wall:
    """What a projector shows, and nothing that it does not."""

    room: Room
    number: int | None
    joined: int
    tally: Tally | None
    standing: Standing | None
    threshold: int

    @property
    def mark(self) -> str:
        """Name this state of the wall, so that one unchanged need not be sent again."""
        shown = self.tally and (self.tally.agree, self.tally.disagree, self.tally.passed, self.tally.answered)
        agreed = self.standing and [(one.statement.pk, one.agree, one.answered) for one in self.standing.agreed]
        also = self.standing and [one.pk for one in self.standing.also]
        seen = repr((self.room.pk, self.room.version, self.joined, shown, agreed, also))
        return f'"{hashlib.sha256(seen.encode()).hexdigest()[:24]}"'


def numbers(conversation_id: int) -> dict[int, int]:
    """Number the statements of a conversation as they stand on paper; a number never passes to another statement."""
    keys = Statement.objects.filter(conversation_id=conversation_id).order_by("pk").values_list("pk", flat=True)
    return {key: number for number, key in enumerate(keys, start=1)}


def numbered(conversation_id: int) -> list[tuple[int, Statement]]:
    """List the statements that are asked, each with its number."""
    found = Statement.objects.filter(conversation_id=conversation_id).order_by("pk")
    return [
        (number, one) for number, one in enumerate(found, start=1) if one.moderation == Statement.Moderation.ACCEPTED
    ]


def open_room_of(voting: Voting) -> Room | None:
    """Find the room that is open now."""
    return voting.rooms.filter(closed_at=None).select_related("statement", "voting__conversation__place").first()


def run_of(room: Room) -> list[Stop]:
    """Lay out the run sheet of a room: the door, its statements, where we stand."""
    known = numbered(room.voting.conversation_id)
    if room.run_sheet:
        by_key = {one.pk: (number, one) for number, one in known}
        known = [by_key[key] for key in room.run_sheet if key in by_key]
    stops = [
        Stop(Showing.STATEMENT, one, number, room.showing == Showing.STATEMENT and room.statement_id == one.pk)
        for number, one in known
    ]
    door = Stop(Showing.DOOR, None, None, room.showing == Showing.DOOR)
    return [door, *stops, Stop(Showing.RESULTS, None, None, room.showing == Showing.RESULTS)]


def here(room: Room) -> Here:
    """Count who has come into a room, and who of them has answered anything."""
    answered = Exists(Vote.objects.filter(participant=OuterRef("pk"), is_standing=True))
    found = Participant.objects.filter(room=room).aggregate(joined=Count("pk"), voted=Count("pk", filter=Q(answered)))
    return Here(found["joined"], found["voted"])


def answers_to(statement: Statement, *, threshold: int | None) -> Tally:
    """Count the answers to one statement, from the room and from everywhere else."""
    rows = Vote.objects.filter(statement=statement, is_standing=True).order_by().values_list("value")
    return _tallied(statement, dict(rows.annotate(found=Count("pk"))), threshold)


def _tallied(statement: Statement, found: Mapping[int, int], threshold: int | None) -> Tally:
    agree, disagree, passed = (found.get(one, 0) for one in (Vote.Value.AGREE, Vote.Value.DISAGREE, Vote.Value.PASS))
    return tally_of(statement, {"agree": agree, "disagree": disagree, "passed": passed}, threshold)


def answered_in_room(room: Room) -> int:
    """Count who of a room has answered the statement on its wall."""
    if room.statement_id is None:
        return 0
    return Vote.objects.filter(participant__room=room, statement_id=room.statement_id, is_standing=True).count()


def where_we_stand(conversation: Conversation, *, threshold: int) -> Standing:
    """Find what most of those who answered agree with, for the wall and for whoever comes to a closed door.

    Nothing is ranked whose exact split could point at a few. That most agree with it is told all the same where so
    many answered that those who do not need not be a few.
    """
    votes = Vote.objects.filter(statement__conversation=conversation, is_standing=True).order_by()
    found: dict[int, dict[int, int]] = {}
    for statement, value, count in votes.values_list("statement", "value").annotate(found=Count("pk")):
        found.setdefault(statement, {})[value] = count
    accepted = conversation.statements.filter(moderation=Statement.Moderation.ACCEPTED)
    pairs = [(one, found[one.pk]) for one in accepted if sum(found.get(one.pk, {}).values()) >= threshold]
    agreeing = [pair for pair in pairs if 2 * pair[1].get(Vote.Value.AGREE, 0) > sum(pair[1].values())]
    tallies = [_tallied(one, counts, threshold) for one, counts in agreeing]
    shown = [one for one in tallies if one.agree is not None and one.answered]
    shown.sort(key=lambda one: -(one.agree or 0) / (one.answered or 1))
    also = [
        one.statement
        for one in tallies
        if one.agree is None and smallnumbers.leaves_room(one.answered or 0, threshold=threshold)
    ]
    return Standing(shown[:MOST_AGREED], also[:MOST_AGREED])


_glances: dict[int, tuple[float, Standing]] = {}


def _glance(conversation: Conversation, threshold: int) -> Standing:
    """Count all votes of a conversation at most once a second in this process, however many walls look."""
    now = time.monotonic()
    kept = _glances.get(conversation.pk)
    if kept is None or now - kept[0] >= A_GLANCE:
        _glances.clear()  # a process holds the last conversation that was looked at, and no more
        kept = (now, where_we_stand(conversation, threshold=threshold))
        _glances[conversation.pk] = kept
    return kept[1]


def wall(room_key: int) -> Wall | None:
    """Gather what stands on the wall of an open room, small counts hidden; three queries at most."""
    earlier = Statement.objects.filter(
        conversation=OuterRef("voting__conversation"), pk__lte=OuterRef("statement")
    ).order_by()
    counted = earlier.values("conversation").annotate(found=Count("pk")).values("found")
    people = Participant.objects.filter(room=OuterRef("pk")).order_by().values("room")
    rows = Room.objects.select_related("voting__conversation__place", "statement").annotate(
        number=counted, joined=people.annotate(found=Count("pk")).values("found")
    )
    room = rows.filter(pk=room_key, closed_at=None).first()
    if room is None:
        return None
    conversation = room.voting.conversation
    threshold = conversation.place.threshold
    is_asked = room.statement is not None and room.statement.moderation == Statement.Moderation.ACCEPTED
    tally = answers_to(room.statement, threshold=threshold) if room.statement and is_asked else None
    results = room.showing == Showing.RESULTS and room.is_revealed
    return Wall(
        room=room,
        number=room.number,
        joined=room.joined or 0,
        tally=tally if room.is_revealed else tally and _how_many(tally),
        standing=_glance(conversation, threshold) if results else None,
        threshold=threshold,
    )


def _how_many(tally: Tally) -> Tally:
    """Keep only how many answered, while the split is still hidden."""
    return Tally(tally.statement, None, None, None, tally.answered)
