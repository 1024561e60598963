"""What action tells the rest of the house when it starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import ngettext

from placeweave.action.models import Commitment, Pledge
from placeweave.jigsaw.queries.horizon import Leaning, ask_what_leans
from placeweave.kit import strand
from placeweave.places.models import Place


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


_OVER = (Commitment.State.KEPT, Commitment.State.DROPPED)


def _leaning(place: Place, pieces: Sequence[int]) -> Mapping[int, Sequence[Leaning]]:
    """Give the promises still to be kept that lean on these pieces."""
    rows = Pledge.objects.filter(commitment__place=place, piece__in=pieces).exclude(commitment__state__in=_OVER)
    found: dict[int, list[Leaning]] = defaultdict(list)
    for pledge in rows.select_related("commitment").order_by("commitment__due_on", "pk"):
        promise = pledge.commitment
        url = reverse("action:commitment", args=[place.slug, promise.pk])
        found[pledge.piece_id].append(Leaning(promise.what, url, promise.due_on))
    return found


def say_what_leans() -> None:
    """Let the funding horizon of jigsaw show which promises would outlast a piece."""
    ask_what_leans(_leaning)
