"""What jigsaw tells the rest of the house when it starts."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import ngettext

from placeweave.jigsaw.models import Piece
from placeweave.jigsaw.services.contact import end_notes
from placeweave.kit import strand
from placeweave.places import services as places


def _held() -> QuerySet[Piece]:
    return Piece.objects.filter(is_gone=False)


def fill_bead() -> None:
    """Count the pieces on the strand."""
    strand.fill(
        strand.Step.JIGSAW,
        strand.Filling(
            records=_held,
            changed="created_at",
            nouns=lambda count: ngettext("piece", "pieces", count),
            url_name="jigsaw:board",
        ),
    )


def end_what_goes_with_a_membership() -> None:
    """Take a convener's own notes away when she leaves."""
    places.at_the_end(end_notes)
