"""The jigsaw on the map of its place: areas shaded by what they hold, and points where something is to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.formats.points import point_at, read_point
from placeweave.jigsaw.models import Piece
from placeweave.jigsaw.queries.lists import Filters
from placeweave.kit.projection import Sheet, corners_of
from placeweave.places import queries as places
from placeweave.places.models import Boundary, Place

MOST_MARKS = 300
"""Points on one map: beyond that neither an eye nor a keyboard finds one among the others."""
STEPS = (1, 4, 10, 20)
"""From how many pieces on an area takes its next shade."""
Shading = Literal["pieces", "deprivation"]


@dataclass(frozen=True)
class Area:
    """One neighbourhood, or one outline that is none: what it holds, and its shape where that was brought in.

    ``shade`` is 0 to 4, darker for more pieces or for more deprivation; ``tenth`` is that of a ranked data zone.
    """

    name: str
    key: int | None
    pieces: int
    sites: int
    tenth: int | None
    outline: Boundary | None
    shading: Shading

    @property
    def geometry(self) -> Mapping[str, Any] | None:
        """Its shape, where one was brought in."""
        return self.outline.geometry if self.outline else None

    @property
    def shade(self) -> int:
        """How dark it is drawn."""
        if self.shading == "deprivation":
            return 0 if self.tenth is None else 4 - (self.tenth - 1) // 3
        return sum(self.pieces >= step for step in STEPS)

    @property
    def look(self) -> str:
        """The class it is drawn by: an outline that stands for nothing countable is left bare."""
        is_bare = self.key is None and not (self.shading == "deprivation" and self.tenth)
        return "ground__area--bare" if is_bare else f"ground__area--{self.shade}"

    @property
    def label(self) -> str:
        """Its name with what its shade says."""
        if self.shading == "deprivation" and self.tenth is not None:
            return _("%(name)s: tenth %(tenth)s of the country, 1 is the most deprived") % vars(self)
        if self.key is None:
            return self.name
        counted = ngettext("%(n)s piece", "%(n)s pieces", self.pieces) % {"n": self.pieces}
        return f"{self.name}: {counted}"


@dataclass(frozen=True)
class Mark:
    """One point: a piece, and which of its places this is."""

    piece: Piece
    where: str
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        """What it is, and who offers it."""
        holder = self.piece.organisation
        return f"{self.piece.title}, {holder.name}" if holder else self.piece.title


@dataclass(frozen=True)
class OnMap:
    """All that one map shows; its table says the same."""

    areas: Sequence[Area]
    marks: Sequence[Mark]
    further: int
    nowhere: int
    outlines_left_out: int
    has_ranks: bool
    shading: Shading
    attributions: Sequence[str]

    @cached_property
    def sheet(self) -> Sheet | None:
        """The paper it is drawn on, where there is anything to draw."""
        corners: list[Sequence[float]] = [(one.longitude, one.latitude) for one in self.marks]
        corners += [corner for one in self.drawn for corner in corners_of(one.geometry or {})]
        return Sheet.over(corners, edge=0.06) if corners else None

    @property
    def drawn(self) -> list[Area]:
        """The areas with a shape, the largest outline first so that it lies under what is in it."""
        shaped = [one for one in self.areas if one.geometry]
        return sorted(shaped, key=lambda one: (one.key is not None, one.tenth is not None))

    @property
    def shapes(self) -> Iterator[tuple[Area, str]]:
        """Each area with its path on the sheet."""
        return ((one, self.sheet.path(one.geometry or {})) for one in self.drawn if self.sheet)

    @property
    def names(self) -> Iterator[tuple[Area, float, float]]:
        """Each neighbourhood that is drawn, with the middle of its corners on the sheet."""
        for one in self.drawn:
            if one.key and self.sheet:
                corners = corners_of(one.geometry or {})
                across, up = (sum(point[axis] for point in corners) / len(corners) for axis in (0, 1))
                yield (one, *self.sheet.at(across, up))

    @property
    def dots(self) -> Iterator[tuple[Mark, float, float]]:
        """Each point with where it lies on the sheet."""
        return ((one, *self.sheet.at(one.longitude, one.latitude)) for one in self.marks if self.sheet)


def on_map(place: Place, *, kind: str = "", shading: str = "pieces") -> OnMap:
    """Gather what a map shows, narrowed to one kind of piece or to none."""
    ranks = places.zone_tenths(place)
    shade: Shading = "deprivation" if shading == "deprivation" and ranks else "pieces"
    outlines, left_out = places.drawable(place)
    held = Piece.objects.filter(Filters(kind=kind).as_q(), place=place, is_gone=False)
    marks = _marks(held)
    on_paper = {one.piece.pk for one in marks}
    nowhere = held.filter(neighbourhood=None).exclude(pk__in=on_paper).count()
    batches = {one.batch for one in outlines if one.batch}
    return OnMap(
        areas=_areas(place, held, outlines, ranks, shade),
        marks=marks[:MOST_MARKS],
        further=max(len(marks) - MOST_MARKS, 0),
        nowhere=nowhere,
        outlines_left_out=left_out,
        has_ranks=bool(ranks),
        shading=shade,
        attributions=sorted({one.attribution for one in batches if one.attribution}),
    )


def _areas(
    place: Place, held: Any, outlines: Sequence[Boundary], ranks: Mapping[str, int], shading: Shading
) -> list[Area]:
    """Give neighbourhoods with the outline of their name or code, then the outlines that are no neighbourhood's."""
    pieces = dict(held.order_by().values_list("neighbourhood").annotate(Count("pk")))
    named = {word.casefold(): one for one in outlines for word in (one.name, one.code)}
    areas, used = [], set[int]()
    public = Count("sites", filter=Q(sites__is_private=False, sites__organisation__merged_into=None))
    for one in place.neighbourhoods.annotate(public_sites=public).prefetch_related("codes").order_by("name"):
        words = [one.name, *(code.code for code in one.codes.all())]
        outline = next((named[word.casefold()] for word in words if word.casefold() in named), None)
        if outline is not None:
            used.add(outline.pk)
        tenth, sites = ranks.get(outline.code) if outline else None, getattr(one, "public_sites", 0)
        areas.append(Area(one.name, one.pk, pieces.get(one.pk, 0), sites, tenth, outline, shading))
    others = [one for one in outlines if one.pk not in used]
    return areas + [Area(one.name, None, 0, 0, ranks.get(one.code), one, shading) for one in others]


def _marks(held: Any) -> list[Mark]:
    """Give the points of pieces: the one a person wrote, or else those their directory lists."""
    placed = held.filter(~Q(point="") | Q(service__isnull=False)).select_related("organisation", "service")
    return [mark for one in placed.order_by("title", "pk") for mark in _of_piece(one)]


def _of_piece(piece: Piece) -> Iterator[Mark]:
    if own := read_point(piece.point):
        yield Mark(piece, "", own.latitude, own.longitude)
        return
    for place in piece.service.said.get("locations", []) if hasattr(piece, "service") else []:
        if found := point_at(place.get("latitude"), place.get("longitude")):
            yield Mark(piece, place.get("name") or place.get("address") or "", found.latitude, found.longitude)


def as_features(place: Place, found: OnMap) -> list[dict[str, Any]]:
    """Give areas and points as GeoJSON features, each with the name, the shade and the page that its mark leads to."""
    pieces = reverse("jigsaw:pieces", args=[place.slug])
    areas = [
        {
            "type": "Feature",
            "geometry": one.geometry,
            "properties": {
                "label": one.label,
                "name": one.name if one.key else "",
                "look": one.look,
                "url": f"{pieces}?neighbourhood={one.key}" if one.key else "",
            },
        }
        for one in found.drawn
    ]
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            "properties": {
                "label": one.label,
                "where": one.where,
                "kind": one.piece.kind,
                "url": reverse("jigsaw:piece", args=[place.slug, one.piece.pk]),
            },
        }
        for one in found.marks
    ]
    return [*areas, *points]
