"""Hold a room: open it, choose what stands on the wall, reveal, pause, step back, close.

Two facilitators may hold one room. Every step may say which ``seen`` version of the room it starts from; a step from
an older one is refused with a sentence, so that two who press "next" together do not leave a statement out.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening import queries
from placeweave.listening.models import Room, Statement, Voting
from placeweave.places.models import Member

Showing = Room.Showing
_ON_THE_WALL = ("showing", "statement_id", "is_revealed", "is_paused")


@transaction.atomic
def open_room(*, voting: Voting, title: str, by: Member) -> Room:
    """Begin a sitting with people together; one room of a voting is open at a time."""
    access.require(by, "listening.hold_voting")
    kept = Voting.objects.select_for_update().get(pk=voting.pk, conversation__place_id=by.place_id)
    if not kept.is_open:
        raise NotReady(_("Open the voting first, so that people can come in."))
    if kept.rooms.filter(closed_at=None).exists():
        raise NotReady(_("A room is open already. Go on with it, or close it first."))
    made = Room.objects.create(voting=kept, title=title, opened_by=by)
    audit.write(by=by, place_id=by.place_id, verb="opened a room", subject=made, summary=title)
    return made


@transaction.atomic
def show(*, room: Room, showing: str, statement: Statement | None = None, seen: int | None = None, by: Member) -> Room:
    """Put something on the wall. A new statement is hidden results first: people answer before they see others."""
    kept = _locked(room, by, seen)
    _put_up(kept, showing, statement)
    return _saved(kept)


@transaction.atomic
def step(*, room: Room, by_stops: int, seen: int | None = None, by: Member) -> Room:
    """Go along the run sheet by so many stops, back where the number is negative; it ends at its ends."""
    kept = _locked(room, by, seen)
    stops = queries.run_of(kept)
    here = next((number for number, stop in enumerate(stops) if stop.is_here), 0)
    target = stops[min(max(here + by_stops, 0), len(stops) - 1)]
    if not target.is_here:
        _put_up(kept, target.showing, target.statement)
    return _saved(kept)


@transaction.atomic
def reveal(*, room: Room, revealed: bool, seen: int | None = None, by: Member) -> Room:
    """Show the results of what stands on the wall, or hide them again."""
    kept = _locked(room, by, seen)
    _remember(kept)
    kept.is_revealed = revealed
    return _saved(kept)


@transaction.atomic
def pause_room(*, room: Room, paused: bool, seen: int | None = None, by: Member) -> Room:
    """Ask phones to wait, or to go on."""
    kept = _locked(room, by, seen)
    _remember(kept)
    kept.is_paused = paused
    return _saved(kept)


@transaction.atomic
def step_back(*, room: Room, seen: int | None = None, by: Member) -> Room:
    """Undo the last step, whoever took it; undoing again takes it anew.

    Raises
    ------
    NotReady
        If no step was taken yet, or the statement that stood there has been taken out since.
    """
    kept = _locked(room, by, seen)
    if not kept.before:
        raise NotReady(_("Nothing was done in this room yet, so there is nothing to undo."))
    earlier = dict(kept.before)
    gone = earlier["showing"] == Showing.STATEMENT and not _may_stand_on_the_wall(
        kept, Statement.objects.filter(pk=earlier["statement_id"]).first()
    )
    if gone:
        raise NotReady(_("The statement that stood there before is no longer asked."))
    _remember(kept)
    for name in _ON_THE_WALL:
        setattr(kept, name, earlier[name])
    return _saved(kept)


@transaction.atomic
def order(*, room: Room, statements: Sequence[int], seen: int | None = None, by: Member) -> Room:
    """Choose which statements this room goes through, and in which order; none chosen means all, by their number."""
    kept = _locked(room, by, seen)
    asked = set(
        Statement.objects.filter(
            conversation_id=kept.voting.conversation_id, moderation=Statement.Moderation.ACCEPTED
        ).values_list("pk", flat=True)
    )
    kept.run_sheet = [key for key in dict.fromkeys(statements) if key in asked]
    return _saved(kept)


@transaction.atomic
def close_room(*, room: Room, by: Member) -> Room:
    """End the sitting; the voting itself stays open."""
    kept = _locked(room, by)
    kept.closed_at = timezone.now()
    audit.write(by=by, place_id=by.place_id, verb="closed a room", subject=kept, summary=kept.title)
    return _saved(kept)


def _put_up(room: Room, showing: str, statement: Statement | None) -> None:
    if showing not in Showing:
        raise Unsound(_("That cannot stand on the wall."))
    if showing == Showing.STATEMENT and not _may_stand_on_the_wall(room, statement):
        raise Unsound(_("Only a statement of this conversation that was let in can stand on the wall."))
    _remember(room)
    room.showing = showing
    room.statement = statement if showing == Showing.STATEMENT else None
    room.is_revealed = False


def _remember(room: Room) -> None:
    room.before = {name: getattr(room, name) for name in _ON_THE_WALL}


def _may_stand_on_the_wall(room: Room, statement: Statement | None) -> bool:
    return (
        statement is not None
        and statement.conversation_id == room.voting.conversation_id
        and statement.moderation == Statement.Moderation.ACCEPTED
    )


def _locked(room: Room, by: Member, seen: int | None = None) -> Room:
    access.require(by, "listening.hold_voting")
    rows = Room.objects.select_related("voting").select_for_update(of=("self",))
    kept = rows.get(pk=room.pk, voting__conversation__place_id=by.place_id)
    if kept.closed_at is not None:
        raise NotReady(_("This room is closed."))
    if seen is not None and kept.version != seen:
        raise NotReady(_("Somebody moved this room on meanwhile, so nothing was done. This is how it stands now."))
    return kept


def _saved(room: Room) -> Room:
    room.version += 1
    room.save()
    return room
