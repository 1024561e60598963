"""Take turns at changing many records of one place."""

from __future__ import annotations

from placeweave.kit.models import Turn


def take(place_id: int) -> None:
    """Wait until nobody else is changing this place in bulk; lasts to the end of the transaction at hand."""
    Turn.objects.get_or_create(place_id=place_id)
    Turn.objects.select_for_update().get(place_id=place_id)
