"""What is decided before tables are planned: who sits apart or together, who stays where, and what tables offer."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Attendee, Bond, Session, SessionTable
from placeweave.gatherings.queries.hand_over import is_run_by
from placeweave.gatherings.services import attending
from placeweave.gatherings.services.seat_room import MOST_TABLES, lay_tables
from placeweave.kit import audit
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member

MOST_BONDS = 200


def _row(session: Session, person: str) -> Attendee:
    return attending.row_of(session, attending.one_of(session, person))


def _note(session: Session, *, by: Member) -> None:
    """Keep that something was decided about tables, and nothing about whom."""
    audit.write(by=by, place_id=session.place_id, verb="decided about tables", subject=session, summary=session.title)


@transaction.atomic
def bind(*, session: Session, kind: str, one: str, other: str, by: Member) -> Bond:
    """Keep two at one table always, or never; what was decided about them before no longer holds."""
    session = attending.opened(session, by)
    if one == other:
        raise Unsound(_("Choose two different people."))
    first, second = sorted((_row(session, one), _row(session, other)), key=lambda row: row.pk)
    if session.bonds.count() >= MOST_BONDS:
        raise Unsound(_("At most %(most)s of these can be kept.") % {"most": MOST_BONDS})
    bond, _made = Bond.objects.update_or_create(
        one=first, other=second, defaults={"session": session, "kind": Bond.Kind(kind)}
    )
    _note(session, by=by)
    return bond


@transaction.atomic
def unbind(*, session: Session, bond: int, by: Member) -> None:
    """Let two sit as it comes again."""
    session = attending.opened(session, by)
    session.bonds.filter(pk=bond).delete()
    _note(session, by=by)


@transaction.atomic
def stay(*, session: Session, person: str, table: int | None, by: Member) -> None:
    """Let somebody stay at one table in every round, as its host; no table lets them move with the others."""
    session = attending.opened(session, by)
    row = _row(session, person)
    row.stays_at = None if table is None else _numbered(session, table)
    row.save(update_fields=["stays_at"])
    _note(session, by=by)


def _numbered(session: Session, number: int) -> SessionTable:
    if not 0 <= number < MOST_TABLES:
        raise Unsound(_("There is no such table."))
    return lay_tables(session, number + 1)[number]


@transaction.atomic
def need(*, session: Session, person: str, needs: Sequence[str], by: Member) -> None:
    """Note what somebody's table must offer.

    Raises
    ------
    Refused
        To everybody but whoever runs the session: what people need is told to them alone.
    """
    session = attending.opened(session, by)
    if not is_run_by(session, by):
        raise Refused(_("What somebody needs is read and noted by whoever runs the session alone."))
    row = _row(session, person)
    row.needs = list(needs)
    row.save(update_fields=["needs"])
    _note(session, by=by)


@transaction.atomic
def furnish(*, session: Session, table: int, name: str, offers: Sequence[str], by: Member) -> SessionTable:
    """Name a table, and say what it offers: near the door, a hearing loop, a language spoken at it."""
    session = attending.opened(session, by)
    if name and session.tables.filter(~Q(number=table), name__iexact=name).exists():
        raise NotReady(_("Another table has this name already."))
    row = _numbered(session, table)
    row.name, row.offers = name, list(offers)
    row.save(update_fields=["name", "offers"])
    _note(session, by=by)
    return row
