"""Files on their way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placeweave.kit import imports
from placeweave.kit.imports import Importer
from placeweave.kit.models import Batch, BatchQuestion, BatchRow
from placeweave.places.models import Place


@dataclass(frozen=True)
class UnderWay:
    """A batch, as the progress component reads long work."""

    pk: int
    state: str
    label: str
    progress: float
    is_over: bool
    step: str = ""
    failure: str = ""
    finished_at: datetime | None = None

    def get_state_display(self) -> str:
        """Say how far it is."""
        return self.label


def batches(place: Place) -> QuerySet[Batch]:
    """Every file anybody brought, newest first."""
    return Batch.objects.filter(place_id=place.pk).select_related("by")


def batch_under_way(batch: Batch) -> UnderWay:
    """Give a batch the shape of long work."""
    is_over = batch.state not in {Batch.State.READING, Batch.State.APPLYING}
    label = _("Waiting to start") if batch.progress == 0 and not is_over else batch.get_state_display()
    return UnderWay(batch.pk, batch.state, label, batch.progress, is_over)


def was_asked(batch: Batch) -> bool:
    """Tell whether the file of an undecided batch left something open that a person has answered, and may again."""
    return BatchQuestion.objects.filter(batch=batch).exists()


def rows_by_outcome(batch: Batch, outcome: str = "") -> QuerySet[BatchRow]:
    """What becomes of each row, or of those with one outcome."""
    rows = batch.rows.all()
    return rows.filter(outcome=outcome) if outcome else rows


def reading_of(format_name: str) -> Importer | None:
    """The reader of a format, where this version still has it."""
    return next((one for one in imports.formats() if one.format == format_name), None)
