"""What a convener's own notes say of her relationships: who has gone quiet, where it is tense, who is owed thanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from placeweave.jigsaw.models import ContactNote
from placeweave.places.models import Member, Organisation

QUIET_AFTER = timedelta(days=42)
NAMED = 12
"""How many silences one page names."""


@dataclass(frozen=True)
class Contact:
    """One partner, and when its convener last spoke with it."""

    organisation: Organisation
    last: date | None
    feel: str

    @property
    def is_quiet(self) -> bool:
        """Whether six weeks have gone by without a word."""
        return self.last is None or self.last < timezone.localdate() - QUIET_AFTER


def notes(author: Member) -> QuerySet[ContactNote]:
    """Give a convener's own notes, newest first; nobody else's are ever read."""
    return ContactNote.objects.filter(author=author).prefetch_related("organisations")


def contacts(author: Member) -> Sequence[Contact]:
    """Give every partner with the last contact of this convener, the longest silence first."""
    own = ContactNote.objects.filter(author=author, organisations=OuterRef("pk")).order_by("-happened_on", "-pk")
    partners = Organisation.objects.filter(place=author.place_id, is_partner=True).annotate(
        last=Subquery(own.values("happened_on")[:1]), feel=Subquery(own.values("feel")[:1])
    )
    found = [Contact(one, one.last, one.feel or "") for one in partners]
    return sorted(found, key=lambda one: (one.last or date.min, one.organisation.name))
