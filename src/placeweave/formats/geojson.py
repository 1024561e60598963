"""Reading and writing outlines as GeoJSON: bounded, longitude before latitude, refused where that cannot be so.

References
----------
Butler et al. (2016). *The GeoJSON Format*, RFC 7946.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from placeweave.formats import limits
from placeweave.formats.json_text import read_json, unstorable
from placeweave.formats.money import plain_number
from placeweave.formats.problems import Problem, Unreadable

EXPECTED = "a GeoJSON feature collection was expected"
MAX_POSITIONS = 500_000
MAX_PROPERTIES = 60
PLACES = 6
"""Decimal places kept of a coordinate: a tenth of a metre."""

Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """One area: its outer and inner rings by polygon, its properties as text, and the box it fills (w, s, e, n)."""

    row: int
    polygons: Sequence[Sequence[Ring]]
    properties: Mapping[str, str]
    box: tuple[float, float, float, float]

    @property
    def geometry(self) -> dict[str, Any]:
        """The outline as GeoJSON has it."""
        return {"type": "MultiPolygon", "coordinates": self.polygons}


@dataclass(frozen=True, slots=True)
class Outlines:
    """A whole file: outlines read, problems by row, and what was noticed."""

    outlines: tuple[Outline, ...]
    rows: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class _Faulty(Exception):
    """A shape that cannot be used, with the reason."""


def read_outlines(content: bytes, name: str) -> Outlines:
    """Read areas from a feature collection or one feature.

    Raises
    ------
    Unreadable
        If it is no GeoJSON, is larger than any map of a place, or is not in degrees with longitude first.
    """
    parsed, notes = read_json(content, name, EXPECTED)
    features = _features(parsed, name)
    limits.refuse_too_many_rows(len(features), name)
    _refuse_other_grid(parsed, features, name)
    found, problems = [], []
    for row, feature in enumerate(features, start=1):
        try:
            found.append(_outline(row, feature))
        except _Faulty as fault:
            problems.append(Problem(row, "geometry", str(fault), "", "rejected"))
    return Outlines(tuple(found), len(features), tuple(problems), notes)


def _features(parsed: Any, name: str) -> list[Any]:
    kind = parsed.get("type") if isinstance(parsed, dict) else None
    if kind == "FeatureCollection" and isinstance(parsed.get("features"), list):
        return list(parsed["features"])
    if kind == "Feature":
        return [parsed]
    if kind == "Topology":
        raise Unreadable(f"{name} is TopoJSON; {EXPECTED}.")
    raise Unreadable(f"{name} is JSON, but {EXPECTED}.")


def _positions(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Walk down to pairs of numbers; no geometry is more than four lists deep."""
    if not isinstance(value, list) or depth > 4:
        return
    if len(value) >= 2 and all(isinstance(one, Decimal) for one in value[:2]):
        yield value[0], value[1]
        return
    for inner in value:
        yield from _positions(inner, depth + 1)


def _coordinates(feature: Any) -> Any:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    return geometry.get("coordinates") if isinstance(geometry, dict) else None


def _refuse_other_grid(parsed: Any, features: Sequence[Any], name: str) -> None:
    """Look at every position at once: a file has one grid and one order."""
    count, west, east, south, north = 0, 181.0, -181.0, 91.0, -91.0
    for feature in features:
        for x, y in _positions(_coordinates(feature)):
            count += 1
            if count > MAX_POSITIONS:
                raise Unreadable(f"{name} holds more than {MAX_POSITIONS:,} points; simplify its outlines first.")
            if abs(x) > 180 or abs(y) > 180:
                raise Unreadable(
                    f"{name} is not in degrees ({plain_number(x)}, {plain_number(y)}): it may be in the British "
                    "National Grid. Save it as WGS84 (EPSG:4326)."
                )
            west, east = min(west, float(x)), max(east, float(x))
            south, north = min(south, float(y)), max(north, float(y))
    in_britain_turned = count and west >= 49 and east <= 62 and south >= -9 and north <= 3
    if in_britain_turned or (count and (south < -90 or north > 90)):
        raise Unreadable(f"{name} gives latitude before longitude; GeoJSON has longitude first. Swap them.")
    crs = parsed.get("crs") if isinstance(parsed, dict) else None
    if crs and not any(known in json.dumps(crs, default=str) for known in ("4326", "CRS84")):
        raise Unreadable(f"{name} names another grid than WGS84. Save it as WGS84 (EPSG:4326).")


def _outline(row: int, feature: Any) -> Outline:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _Faulty(f"An area was expected here, not {'nothing' if kind is None else f'a {kind}'}.")
    if where := unstorable(feature.get("properties")):
        raise _Faulty(f"Its property {where} holds a character that no text may hold.")
    coordinates = _coordinates(feature)
    written = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(written, list) or not written:
        raise _Faulty("This area has no outline.")
    polygons = [_polygon(one) for one in written]
    points = [point for polygon in polygons for point in polygon[0]]
    across, up = [point[0] for point in points], [point[1] for point in points]
    return Outline(row, polygons, _properties(feature), (min(across), min(up), max(across), max(up)))


def _polygon(written: Any) -> list[Ring]:
    if not isinstance(written, list) or not written:
        raise _Faulty("This area has no outline.")
    return [_ring(one) for one in written]


def _ring(written: Any) -> Ring:
    if not isinstance(written, list) or len(written) < 4:
        raise _Faulty("A ring needs four points or more.")
    ring = []
    for point in written:
        if not isinstance(point, list) or len(point) < 2 or not all(isinstance(one, Decimal) for one in point[:2]):
            raise _Faulty("A point needs two numbers.")
        ring.append([round(float(one), PLACES) for one in point[:2]])
    if ring[0] != ring[-1]:
        raise _Faulty("A ring is not closed: its last point is not its first.")
    if len({tuple(point) for point in ring}) < 3:
        raise _Faulty("A ring has no area.")
    return ring


def _properties(feature: Mapping[str, Any]) -> dict[str, str]:
    told = feature.get("properties")
    found = {"id": feature.get("id"), **(told if isinstance(told, dict) else {})}
    plain = {
        str(name)[:80]: plain_number(value) if isinstance(value, Decimal) else value
        for name, value in list(found.items())[:MAX_PROPERTIES]
    }
    return {name: value.strip()[:400] for name, value in plain.items() if isinstance(value, str) and value.strip()}


def write_outlines(outlines: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], attribution: str = "") -> bytes:
    """Write areas, each given as its properties and its geometry; the line a licence asks for stands at the top."""
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if attribution:
        collection["attribution"] = attribution
    collection["features"] = [
        {"type": "Feature", "properties": dict(properties), "geometry": dict(geometry)}
        for properties, geometry in outlines
    ]
    return json.dumps(collection, ensure_ascii=False).encode()
