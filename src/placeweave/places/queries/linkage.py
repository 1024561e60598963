"""Organisations that may be one, those that were put together, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from placeweave.kit import analyses
from placeweave.kit.models import Analysis, AuditEntry
from placeweave.places.models import Merge, Organisation, Pairing, Place, Remembered, SourceRecord
from placeweave.places.wording import spoken

KIND = "linkage"
_SUBJECTS = ("places.organisation", "places.remembered", "kit.batch")
State, Kind = Pairing.State, Pairing.Kind
LISTS = ("suggested", "asked", "alike", "later")
_SORTS: Mapping[str, Q] = {
    "suggested": Q(state=State.OPEN, is_suggested=True),
    "asked": Q(state=State.OPEN, is_suggested=False) & ~Q(kind=Kind.NAMES),
    "alike": Q(state=State.OPEN, is_suggested=False, kind=Kind.NAMES),
    "later": Q(state=State.LATER),
}


@dataclass(frozen=True)
class InWords:
    """One pair as a person reads it: both organisations with all that is known of them, and every reason."""

    pairing: Pairing
    one: Organisation
    other: Organisation
    reasons: Sequence[str]

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        """The two, in the order they stand."""
        return self.one, self.other


def linkage_counts(place: Place) -> dict[str, int]:
    """Count the pairs of each list, in one reading."""
    asked = {name: Count("pk", filter=chosen) for name, chosen in _SORTS.items()}
    return Pairing.objects.filter(place=place).aggregate(**asked)


def pairings(place: Place, sort: str) -> QuerySet[Pairing]:
    """Give the pairs of one list, those most alike first."""
    return Pairing.objects.filter(_SORTS[sort], place=place).order_by("tier", "-score", "pk")


def pairings_in_words(rows: Iterable[Pairing], *, beside: Sequence[str] = ()) -> list[InWords]:
    """Lay pairs out for reading; a few queries, whatever their number. ``beside`` names what else is shown of each."""
    found = list(rows)
    keys = {key for one in found for key in (one.one_id, one.other_id)}
    written = Prefetch("records", SourceRecord.objects.select_related("batch"))
    whole = Organisation.ever.select_related("batch").prefetch_related("identifiers", "sites", written, *beside)
    bodies = whole.in_bulk(keys)
    return [InWords(one, bodies[one.one_id], bodies[one.other_id], spoken(one.reasons)) for one in found]


def pairing_page(place: Place, pk: int) -> InWords | None:
    """Give one pair of a place."""
    found = Pairing.objects.filter(place=place, pk=pk).select_related("decided_by__person")
    return next(iter(pairings_in_words(found, beside=["names"])), None)


def merges(place: Place) -> QuerySet[Merge]:
    """What was put together and stands, newest first."""
    found = Merge.objects.filter(place=place, undone_at=None)
    return found.select_related("survivor", "gone", "by__person")


def merges_of(organisation: Organisation) -> list[tuple[Merge, Sequence[str]]]:
    """Give what one organisation was put together from, each with the reasons."""
    found = Merge.objects.filter(survivor=organisation, undone_at=None).select_related("gone", "survivor", "by__person")
    return [(one, spoken(one.reasons)) for one in found]


def decisions(place: Place) -> QuerySet[Remembered]:
    """What was decided and holds, newest first."""
    return Remembered.objects.filter(place=place, lifted_at=None).select_related("by__person")


def latest_look(place: Place) -> Analysis | None:
    """Give the newest comparison of the organisations of a place."""
    return analyses.latest_run(place.pk, KIND)


def changes_since_look(analysis: Analysis | None) -> int:
    """Count what was done to organisations and decisions since they were compared, as the log has it.

    An import counts as one. Reading all that the comparison rests on would take seconds where there are thousands.
    """
    if analysis is None or analysis.finished_at is None:
        return 0
    rows = AuditEntry.objects.filter(place_id=analysis.place_id, created_at__gt=analysis.finished_at)
    return rows.filter(subject_type__in=_SUBJECTS).exclude(verb="exported").count()


def gone_into(place: Place, pk: int) -> int | None:
    """Give the key of the organisation that stands for one which was put together with it."""
    gone = Organisation.ever.filter(place=place, pk=pk).first()
    while gone is not None and gone.merged_into_id is not None:
        gone = Organisation.ever.get(pk=gone.merged_into_id)
    return gone.pk if gone is not None and gone.pk != pk else None
