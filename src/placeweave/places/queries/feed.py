"""What was done in a place, newest first."""

from __future__ import annotations

from django.db.models import QuerySet

from placeweave.kit.models import AuditEntry
from placeweave.places.models import Place

_PEOPLE = ("edited own profile", "joined", "left", "removed member", "changed standing")
_ORGANISATIONS = (
    "added organisation",
    "edited organisation",
    "added number",
    "added name",
    "added site",
    "merged organisations",
    "parted organisations",
)


def entries(place: Place, *, who: str = "", what: str = "") -> QuerySet[AuditEntry]:
    """Every deed in a place, by whom and of what sort where asked."""
    found = AuditEntry.objects.filter(place_id=place.pk)
    if who:
        found = found.filter(actor_name__icontains=who)
    if what:
        found = found.filter(verb=what)
    return found


def changes(place: Place, limit: int = 8) -> QuerySet[AuditEntry]:
    """The latest changes people made to the directory: their own entries, and organisations'."""
    return AuditEntry.objects.filter(place_id=place.pk, verb__in=_PEOPLE + _ORGANISATIONS)[:limit]
