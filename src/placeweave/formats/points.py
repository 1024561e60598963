"""One point on the earth, as people write it: latitude first, in degrees."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

PLACES = 6
"""Decimal places kept: a tenth of a metre."""
_POINT = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d{1,15})?)\s*[, ]\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*")


@dataclass(frozen=True, slots=True)
class Point:
    """A latitude and a longitude in degrees."""

    latitude: float
    longitude: float

    @property
    def written(self) -> str:
        """The point as it is kept and read again: two plain numbers, whoever wrote it."""
        return f"{self.latitude:.{PLACES}f}, {self.longitude:.{PLACES}f}"


def read_point(text: str) -> Point | None:
    """Read a point; nothing where the text is none, lies off the earth, or is the (0, 0) of a form left empty."""
    found = _POINT.fullmatch(text)
    return point_at(float(found[1]), float(found[2])) if found else None


def point_at(latitude: float | None, longitude: float | None) -> Point | None:
    """Take two numbers for a point where they can be one."""
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return None
    return Point(round(latitude, PLACES), round(longitude, PLACES))
