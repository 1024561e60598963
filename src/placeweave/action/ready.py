"""What action tells the rest of the house when it starts."""

from __future__ import annotations

from django.utils.translation import ngettext

from placeweave.action.models import Commitment
from placeweave.kit import strand


def fill_bead() -> None:
    """Count the commitments on the strand."""
    strand.fill(
        strand.Step.ACTION,
        strand.Filling(
            records=Commitment.objects.all,
            changed="created_at",
            nouns=lambda count: ngettext("commitment", "commitments", count),
            url_name="action:overview",
        ),
    )
