"""Ranks of small areas and outlines: cut down to the council area, vintages kept apart, and back row for row."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.formats.geojson import read_outlines
from placeweave.formats.problems import Unreadable
from placeweave.kit import imports
from placeweave.places.models import Boundary, Member, ZoneFigures
from tests.places.bringing import begin, bring, database, outcomes, stage
from tests.shared_data import shared

RANKS = "standards/geo/simd2020v2_ranks.csv"
COUNCILS = "standards/geo/scotland_council_areas_simplified.geojson"
SQUARE = [[-3.8, 56.0], [-3.7, 56.0], [-3.7, 56.1], [-3.8, 56.1], [-3.8, 56.0]]


def feature(ring: Any = None, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": [ring or SQUARE]}}


def collection(*features: Any, **beside: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | beside).encode()


def test_every_zone_of_the_index_joins_and_only_those_of_the_area_stay(convener: Member) -> None:
    begin(convener)
    before = database()
    content = shared(RANKS).read_bytes()
    batch = bring(convener, "simd", content)
    assert outcomes(batch) == {"created": 214, "rejected": 6976 - 214}
    assert {one.vintage for one in ZoneFigures.objects.all()} == {"2011"}
    assert ZoneFigures.objects.order_by("zone")[0].index == "SIMD2020v2"
    assert all(1 <= float(one.figures["Rank"]) <= 6976 for one in ZoneFigures.objects.all())
    between = database()
    assert outcomes(bring(convener, "simd", content)) == {"unchanged": 214, "rejected": 6976 - 214}
    assert database() == between
    imports.undo(batch=batch, by=convener)
    assert database() == before


def test_zones_of_another_vintage_are_refused_and_it_is_named(convener: Member) -> None:
    begin(convener)
    rows = "\n".join(f"S010{n:05},{n}" for n in range(1, 101))
    batch = stage(convener, "simd", f"Data_Zone,SIMD2012_Rank\n{rows}\n", name="old.csv")
    assert batch.failure == (
        "0 of 100 rows of old.csv join the data zones of vintage 2011; most are of 2001. "
        "Fewer than 95 in 100 are never joined."
    )


def test_a_slice_that_lacks_zones_of_the_area_is_refused(convener: Member) -> None:
    begin(convener)
    batch = stage(convener, "simd", "Data_Zone,Rank\nS01009050,5\n", name="slice.csv")
    assert "slice.csv holds 1 of the 214 data zones of Falkirk" in batch.failure


def test_a_suppressed_figure_is_told_and_a_rank_that_is_none_is_held(convener: Member) -> None:
    begin(convener, "Orkney Islands")
    zones = [f"S010{n:05}" for n in range(11804, 11833)]
    rows = [f"{zone},{n + 1},13%" for n, zone in enumerate(zones)]
    rows[0], rows[1] = f"{zones[0]},1,*", f"{zones[1]},first,1%"
    batch = bring(convener, "simd", "\n".join(["Data_Zone,Rank,Income_rate", *rows]))
    assert outcomes(batch) == {"created": 28, "held": 1}
    assert "neither 0 nor missing" in batch.rows.get(key=zones[0]).reason
    assert ZoneFigures.objects.get(zone=zones[2]).figures == {"Rank": "3", "Income_rate": "13%"}


def test_one_of_thirty_two_outlines_is_the_place(convener: Member) -> None:
    begin(convener)
    before = database()
    content = shared(COUNCILS).read_bytes()
    batch = bring(convener, "boundaries", content, attribution="Contains OS data")
    assert outcomes(batch) == {"created": 1, "rejected": 31}
    assert Boundary.objects.get().code == "S12000014"
    assert outcomes(bring(convener, "boundaries", content)) == {"unchanged": 1, "rejected": 31}
    imports.undo(batch=batch, by=convener)
    assert database() == before


def test_former_codes_of_councils_become_the_present_ones(convener: Member) -> None:
    begin(convener, "Glasgow City")
    bring(convener, "boundaries", collection(feature(code="S12000043", name="Glasgow")))
    assert Boundary.objects.get().code == "S12000049"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (collection(feature([point[::-1] for point in SQUARE])), "latitude before longitude"),
        (collection(feature([[x * 1e5, y * 1e4] for x, y in SQUARE])), "British National Grid"),
        (collection(feature(), crs={"properties": {"name": "EPSG:27700"}}), "another grid"),
        (b'{"type": "Topology"}', "TopoJSON"),
        (b"[" * 90_000, "no such file needs"),
        (b"{}", "a GeoJSON feature collection was expected"),
    ],
)
def test_a_file_in_another_grid_or_order_is_refused_in_one_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_outlines(content, "map.geojson")


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (feature(SQUARE[:4]), "not closed"),
        (feature(SQUARE[:2]), "four points or more"),
        (feature([[0, 50]] * 5), "no area"),
        (feature([["a", 1]] * 5), "two numbers"),
        (feature(kind="Point"), "not a Point"),
        ("nothing", "not nothing"),
    ],
)
def test_a_shape_that_is_no_area_is_told_and_the_others_stay(shape: Any, words: str) -> None:
    read = read_outlines(collection(shape, feature(name="Good")), "map.geojson")
    assert len(read.outlines) == 1
    assert words in read.problems[0].reason


def test_the_page_draws_the_outline_and_counts_zones_by_tenth(
    convener: Member, client_for: Callable[[Member], Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    begin(convener)
    bring(convener, "simd", shared(RANKS).read_bytes())
    bring(convener, "boundaries", shared(COUNCILS).read_bytes(), attribution="Contains OS data")
    browser, address = client_for(convener), reverse("places:ground", args=[convener.place.slug])
    with django_assert_max_num_queries(12):
        page = browser.get(address).content.decode()
    for shown in ("<path d=", "(most deprived)", "214 data zones", "Contains OS data", "Multiple Deprivation"):
        assert shown in page
