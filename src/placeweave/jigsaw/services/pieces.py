"""Saying what an organisation holds, that it still does, and that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.points import read_point
from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.services.speaking import may_change_piece, require_own_body
from placeweave.kit import audit, versions
from placeweave.kit.access import require
from placeweave.kit.errors import Refused, Unsound
from placeweave.places.models import Member, Organisation, Place


@dataclass(frozen=True)
class PieceSaid:
    """What is said of a piece, by a form or a file."""

    title: str
    kind: str
    organisation: Organisation | None = None
    sharability: str = Piece.Sharability.ASK
    note: str = ""
    amount: Decimal | None = None
    currency: str = ""
    quantity: str = ""
    when: str = ""
    neighbourhood: Place | None = None
    point: str = ""
    hours_a_month: Decimal | None = None
    expires_on: date | None = None
    what_stops: str = ""


FIELDS = tuple(PieceSaid.__dataclass_fields__)
LABELS = {
    "title": gettext_lazy("What it is"),
    "organisation": gettext_lazy("Who holds it"),
    "kind": gettext_lazy("Kind"),
    "sharability": gettext_lazy("May others use it?"),
    "when": gettext_lazy("When"),
    "quantity": gettext_lazy("How much"),
    "amount": gettext_lazy("Amount of money"),
    "currency": gettext_lazy("Currency"),
    "neighbourhood": gettext_lazy("Neighbourhood"),
    "point": gettext_lazy("Point on the map"),
    "hours_a_month": gettext_lazy("Hours a month"),
    "expires_on": gettext_lazy("Until when"),
    "what_stops": gettext_lazy("What stops then"),
    "note": gettext_lazy("Note"),
}
CHANGES = ("changed", "let go", "brought back")


def _check(said: PieceSaid, *, place_id: int, by: Member) -> None:
    if by.place_id != place_id:
        raise Refused(_("You have no standing in that place."))
    if (said.kind == PieceKind.IN_BETWEEN) != (said.organisation is None):
        raise Unsound(
            _("What lies in between belongs to nobody. Leave the holder empty for it, and name one for all else.")
        )
    if said.organisation is not None and said.organisation.place_id != place_id:
        raise Unsound(_("That organisation belongs to another place."))
    if said.neighbourhood is not None and said.neighbourhood.parent_workspace_id != place_id:
        raise Unsound(_("That neighbourhood belongs to another place."))
    if (said.amount is None) != (not said.currency):
        raise Unsound(_("An amount of money needs both a number and a currency, such as 500 and GBP."))
    if said.point and read_point(said.point) is None:
        raise Unsound(_("A point is a latitude and a longitude in degrees, such as 56.1165, -3.7936."))
    require_own_body(said.organisation, by)


@transaction.atomic
def add_piece(*, place: Place, said: PieceSaid, by: Member) -> Piece:
    """Write down something a partner holds, or a space in between; whoever does so has just looked."""
    require(by, "jigsaw.add_piece")
    _check(said, place_id=place.pk, by=by)
    piece = Piece(place=place, added_by=by, last_checked_on=timezone.localdate())
    _take(piece, said)
    piece.save()
    audit.write(by=by, place_id=place.pk, verb="added", subject=piece, summary=piece.title)
    return piece


def _take(piece: Piece, said: PieceSaid) -> None:
    for name in FIELDS:
        setattr(piece, name, getattr(said, name))
    point = read_point(said.point)
    piece.point = point.written if point else ""


def _own(piece: Piece, by: Member) -> Piece:
    locked = Piece.objects.select_for_update().get(pk=piece.pk)
    if not may_change_piece(locked, by):
        raise Refused(_("Only those who hold this piece, or a facilitator, can change it."))
    return locked


@transaction.atomic
def edit_piece(*, piece: Piece, said: PieceSaid, version: int, by: Member) -> Piece:
    """Change what is said of a piece.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; both wordings are given.
    """
    current = _own(piece, by)
    _check(said, place_id=current.place_id, by=by)
    versions.require_version(current, version, said=vars(said), labels=LABELS, verbs=CHANGES)
    _take(current, said)
    current.version += 1
    current.last_checked_on = timezone.localdate()
    current.save()
    audit.write(by=by, place_id=current.place_id, verb="changed", subject=current, summary=current.title)
    return current


@transaction.atomic
def check_piece(*, piece: Piece, by: Member) -> Piece:
    """Say that a piece is still as written; what is written does not change, so nobody's edit is disturbed."""
    current = _own(piece, by)
    current.last_checked_on = timezone.localdate()
    current.save(update_fields=["last_checked_on"])
    audit.write(by=by, place_id=current.place_id, verb="checked", subject=current, summary=current.title)
    return current


@transaction.atomic
def set_gone(*, piece: Piece, gone: bool, by: Member) -> Piece:
    """Say that a piece is no longer there, or is there again. It is kept either way: promises may rest on it."""
    current = _own(piece, by)
    if current.is_gone != gone:
        current.is_gone = gone
        current.version += 1
        current.save(update_fields=["is_gone", "version"])
        verb = "let go" if gone else "brought back"
        audit.write(by=by, place_id=current.place_id, verb=verb, subject=current, summary=current.title)
    return current
