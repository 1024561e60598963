"""Which council area a place lies in: what a file about the whole country is cut down to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placeweave.kit.errors import Unsound
from placeweave.places import areas
from placeweave.places.areas import Area
from placeweave.places.models import PlaceCode


def area_of(place_id: int) -> Area | None:
    """Give the council area of a place, once somebody has chosen it."""
    codes = PlaceCode.objects.filter(place=place_id, scheme="GB-LAS").values_list("code", flat=True)
    return next((area for code in codes if (area := areas.coded(code))), None)


def require_area(place_id: int) -> Area:
    """Give the council area of a place, or say where to choose it."""
    area = area_of(place_id)
    if area is None:
        raise Unsound(
            _(
                "This place has no council area yet, and this file is about many areas. "
                "First go to “Begin with your council area”."
            )
        )
    return area
