"""A convener's own two lines: written, and taken away again, by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import ContactNote
from placeweave.kit import audit
from placeweave.kit.access import require
from placeweave.kit.errors import Refused, Unsound
from placeweave.places.models import Member, Organisation


@dataclass(frozen=True)
class NoteSaid:
    """Whom a convener spoke with, what shifted, and how it goes."""

    spoke_with: str
    organisations: Sequence[Organisation]
    happened_on: date
    shifted: str = ""
    feel: str = ContactNote.Feel.FINE


@transaction.atomic
def note_contact(*, said: NoteSaid, by: Member) -> ContactNote:
    """Keep two lines. The log of the place says nothing of it: even that somebody was spoken with is the convener's."""
    require(by, "jigsaw.keep_log")
    if said.happened_on > timezone.localdate():
        raise Unsound(_("That day is still to come."))
    if any(one.place_id != by.place_id for one in said.organisations):
        raise Unsound(_("Every partner must belong to this place."))
    note = ContactNote.objects.create(
        author=by, spoke_with=said.spoke_with, shifted=said.shifted, feel=said.feel, happened_on=said.happened_on
    )
    note.organisations.set(said.organisations)
    audit.write(by=by, place_id=None, verb="noted", subject=note)
    return note


@transaction.atomic
def forget_contact(*, note: ContactNote, by: Member) -> None:
    """Take two lines away for good."""
    require(by, "jigsaw.keep_log")
    if note.author_id != by.pk:
        raise Refused(_("Only whoever wrote a note can take it away."))
    audit.write(by=by, place_id=None, verb="took away", subject=note)
    note.delete()


def end_notes(member: Member) -> None:
    """Take all of a convener's notes away with the membership: nobody else was ever to read them."""
    ContactNote.objects.filter(author=member).delete()
