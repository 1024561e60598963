"""Who may speak for a piece or a need."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Need, Piece
from placeweave.kit.access import may
from placeweave.kit.errors import Refused
from placeweave.places.models import Member, Organisation


def may_change_piece(piece: Piece, by: Member) -> bool:
    """Tell whether a member speaks for the holder of a piece, or holds the space. Residents and partners alike."""
    return _may_change(piece.organisation_id, piece.added_by_id, "jigsaw.add_piece", by)


def may_change_need(need: Need, by: Member) -> bool:
    """Tell whether a member speaks for those who ask, wrote the need down, or holds the space."""
    return _may_change(need.asked_by_id, need.added_by_id, "jigsaw.add_need", by)


def _may_change(organisation_id: int | None, added_by_id: int | None, permission: str, by: Member) -> bool:
    if may(by, "jigsaw.edit_any"):
        return True
    if not may(by, permission):
        return False
    own = by.organisation is not None and organisation_id == by.organisation.pk
    return own or (organisation_id is None and added_by_id == by.pk)


def require_own_body(organisation: Organisation | None, by: Member) -> None:
    """Refuse to put words into the mouth of an organisation one does not speak for."""
    if organisation is None or may(by, "jigsaw.edit_any"):
        return
    if by.organisation is None or by.organisation.pk != organisation.pk:
        raise Refused(
            _("You can speak for your own organisation. For %(name)s, ask them or a facilitator.")
            % {"name": organisation.name}
        )
