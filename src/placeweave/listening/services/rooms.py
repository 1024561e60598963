"""Hold a room: open it, choose what stands on the wall, reveal, pause, close."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import Room, Statement, Voting
from placeweave.places.models import Member

Showing = Room.Showing


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
def show(*, room: Room, showing: str, statement: Statement | None = None, by: Member) -> Room:
    """Put something on the wall. A new statement is hidden results first: people answer before they see others."""
    kept = _locked(room, by)
    if showing == Showing.STATEMENT and not _may_stand_on_the_wall(kept, statement):
        raise Unsound(_("Only a statement of this conversation that was let in can stand on the wall."))
    kept.showing = showing
    kept.statement = statement if showing == Showing.STATEMENT else None
    kept.is_revealed = False
    return _saved(kept)


@transaction.atomic
def reveal(*, room: Room, revealed: bool, by: Member) -> Room:
    """Show the results of what stands on the wall, or hide them again."""
    kept = _locked(room, by)
    kept.is_revealed = revealed
    return _saved(kept)


@transaction.atomic
def pause_room(*, room: Room, paused: bool, by: Member) -> Room:
    """Ask phones to wait, or to go on."""
    kept = _locked(room, by)
    kept.is_paused = paused
    return _saved(kept)


@transaction.atomic
def close_room(*, room: Room, by: Member) -> Room:
    """End the sitting; the voting itself stays open."""
    kept = _locked(room, by)
    kept.closed_at = timezone.now()
    audit.write(by=by, place_id=by.place_id, verb="closed a room", subject=kept, summary=kept.title)
    return _saved(kept)


def _may_stand_on_the_wall(room: Room, statement: Statement | None) -> bool:
    return (
        statement is not None
        and statement.conversation_id == room.voting.conversation_id
        and statement.moderation == Statement.Moderation.ACCEPTED
    )


def _locked(room: Room, by: Member) -> Room:
    access.require(by, "listening.hold_voting")
    rows = Room.objects.select_related("voting").select_for_update(of=("self",))
    kept = rows.get(pk=room.pk, voting__conversation__place_id=by.place_id)
    if kept.closed_at is not None:
        raise NotReady(_("This room is closed."))
    return kept


def _saved(room: Room) -> Room:
    room.version += 1
    room.save()
    return room
