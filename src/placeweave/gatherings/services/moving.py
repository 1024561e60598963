"""Move somebody to another table by hand, and lock a seat so that no repair touches it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Arrangement, Attendee, Seat, Session, SessionTable
from placeweave.gatherings.queries import seating as queries
from placeweave.gatherings.queries.people import Comer
from placeweave.gatherings.services import attending
from placeweave.gatherings.services.seating import VERBS
from placeweave.kit import audit
from placeweave.kit.errors import Conflict, NotReady, Unsound
from placeweave.places.models import Member


def _held(session: Session, number: int) -> Arrangement:
    held = queries.current(session)
    if held is None:
        raise NotReady(_("There are no tables yet. Plan them first."))
    if not 1 <= number <= held.rounds:
        raise Unsound(_("There is no such round."))
    return held


def _table(held: Arrangement, number: int | None) -> SessionTable:
    there = held.session.tables.filter(number__lt=held.tables)
    found = next((one for one in there if one.number == number), None)
    if found is None:
        raise Unsound(_("There is no such table. Choose one of those on the page."))
    return found


@transaction.atomic
def move(*, session: Session, person: str, number: int, table: int | None, seen: int | None, by: Member) -> Comer:
    """Seat somebody at another table in one round, and lock the seat: what a person decided, a repair leaves alone.

    Two people may move others at the same time, and both keep what they did. ``seen`` is the table at which this
    person saw them, none where they had no seat.

    Raises
    ------
    Conflict
        If somebody else has moved them since.
    """
    session = attending.opened(session, by)
    held = _held(session, number)
    target, found = _table(held, table), attending.one_of(session, person)
    row = attending.row_of(session, found)
    seat = held.seats.select_related("table").filter(attendee=row, round=number).first()
    at = seat.table.number if seat else None
    if at == target.number:
        return found
    if at != seen:
        raise _moved_meanwhile(held, seat, target, found)
    _sit(held, row, number, target)
    held.hand_moves += 1
    _note(held, by=by, verb="moved at tables", summary=_("round %(round)s") % {"round": number})
    return found


def _sit(held: Arrangement, row: Attendee, number: int, target: SessionTable) -> None:
    Seat.objects.update_or_create(
        arrangement=held, attendee=row, round=number, defaults={"table": target, "is_locked": True}
    )


def _moved_meanwhile(held: Arrangement, seat: Seat | None, target: SessionTable, found: Comer) -> Conflict:
    who = audit.who_changed(held, title=_("the tables"), verbs=VERBS)
    there = str(seat.table) if seat else _("no table")
    sentence = _("%(name)s is at %(there)s now, and was not moved to %(table)s.") % {
        "name": found.name,
        "there": there,
        "table": target,
    }
    theirs, yours = {found.name: there}, {found.name: str(target)}
    return Conflict(f"{who} {sentence}", theirs=theirs, yours=yours, version=held.mark)


def _note(held: Arrangement, *, by: Member, verb: str, summary: str) -> None:
    held.version += 1
    held.save(update_fields=["version", "hand_moves"])
    audit.write(by=by, place_id=held.session.place_id, verb=verb, subject=held, summary=summary)


@transaction.atomic
def lock(*, session: Session, person: str, number: int, is_locked: bool, by: Member) -> Comer:
    """Keep somebody's seat in one round whatever is repaired, or let it go again."""
    session = attending.opened(session, by)
    held = _held(session, number)
    found = attending.one_of(session, person)
    seat = held.seats.filter(attendee=found.attendee, round=number).first() if found.attendee else None
    if seat is None:
        raise NotReady(_("%(name)s has no seat in this round yet.") % {"name": found.name})
    if seat.is_locked != is_locked:
        seat.is_locked = is_locked
        seat.save(update_fields=["is_locked"])
        _note(held, by=by, verb="locked at tables", summary=_("round %(round)s") % {"round": number})
    return found
