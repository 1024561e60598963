"""A sheet of paper for a part of the earth small enough to be drawn flat: as wide as it is high in truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST = 0.002
"""The least that a sheet spans, in degrees: about two hundred metres, so that one point alone has ground around it."""


def corners_of(geometry: Mapping[str, Any]) -> list[Sequence[float]]:
    """Give the points of the outer rings of a multipolygon: longitude, latitude."""
    return [point for polygon in geometry["coordinates"] for point in polygon[0]]


def size_of(geometry: Mapping[str, Any]) -> int:
    """Count all points of a multipolygon."""
    return sum(len(ring) for polygon in geometry["coordinates"] for ring in polygon)


@dataclass(frozen=True)
class Sheet:
    """Where its north-west corner lies in degrees, and how many units of the drawing a degree is."""

    west: float
    north: float
    across: float
    up: float
    width: int
    height: int

    @classmethod
    def over(cls, corners: Iterable[Sequence[float]], *, width: int = 600, edge: float = 0.0) -> Sheet:
        """Lay a sheet over points given as longitude and latitude in degrees, with an edge in parts of its size.

        Raises
        ------
        ValueError
            If there are no points.
        """
        listed = list(corners)
        west, east = _span([point[0] for point in listed], edge)
        south, north = _span([point[1] for point in listed], edge)
        narrowing = math.cos(math.radians((south + north) / 2))
        scale = width / max((east - west) * narrowing, (north - south) * 0.75)
        across = narrowing * scale
        return cls(west, north, across, scale, round((east - west) * across), round((north - south) * scale))

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Give where a point lies on the sheet."""
        return round((longitude - self.west) * self.across, 1), round((self.north - latitude) * self.up, 1)

    def path(self, geometry: Mapping[str, Any]) -> str:
        """Write a multipolygon as the path of an SVG."""
        rings = (ring for polygon in geometry["coordinates"] for ring in polygon)
        return "".join("M" + "L".join("{} {}".format(*self.at(x, y)) for x, y in ring) + "Z" for ring in rings)


def _span(along: Sequence[float], edge: float) -> tuple[float, float]:
    low, high = min(along), max(along)
    margin = max((high - low) * edge, (LEAST - (high - low)) / 2, 0.0)
    return low - margin, high + margin
