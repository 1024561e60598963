"""The map: its own place alone, its tables say the same, and nobody else is asked for anything unless it was so set."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import Piece, PieceKind, Service
from placeweave.jigsaw.services import PieceSaid
from placeweave.kit.access import Standing
from placeweave.kit.errors import Unsound
from placeweave.kit.tiles import tiles
from placeweave.places.models import Boundary, Member, Place, Site, ZoneFigures
from tests import factories

MemberMaker = Callable[..., Member]
ClientFor = Callable[[Member], Client]
TILES = "https://tiles.example/{z}/{x}/{y}.png"


def square(west: float, south: float, size: float = 0.1) -> dict[str, object]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def outline(place: Place, name: str, code: str = "", west: float = -3.8) -> Boundary:
    return Boundary.objects.create(place=place, name=name, code=code or name, geometry=square(west, 56.0))


def page_of(client: Client, place: Place, **asked: str) -> str:
    return client.get(reverse("jigsaw:map", args=[place.slug]), asked).content.decode()


def shapes_of(client: Client, place: Place, **asked: str) -> list[dict[str, dict[str, Any]]]:
    answer = client.get(reverse("jigsaw:map_shapes", args=[place.slug]), asked)
    features: list[dict[str, dict[str, Any]]] = json.loads(answer.content)["features"]
    return features


@pytest.fixture
def mapped(place: Place) -> Place:
    """A place with one neighbourhood drawn, one not, two points, and a piece that is nowhere."""
    shore = factories.PlaceFactory(parent_workspace=place, name="Shore Road")
    factories.PlaceFactory(parent_workspace=place, name="Braehead")
    outline(place, "SHORE ROAD", "shore")
    holder = factories.OrganisationFactory(place=place, name="The Shed")
    Site.objects.create(organisation=holder, label="Quay", neighbourhood=shore, is_private=False)
    Site.objects.create(organisation=holder, label="Somebody's home", neighbourhood=shore, is_private=True)
    factories.PieceFactory.create_batch(4, place=place, organisation=holder, neighbourhood=shore, kind="building_land")
    factories.PieceFactory(place=place, organisation=holder, title="Hall", kind="building_land", point="56.05, -3.75")
    listed = factories.PieceFactory(place=place, organisation=holder, title="Lunch club", kind="service")
    said = {"locations": [{"name": "Kirk", "latitude": 56.06, "longitude": -3.76}, {"name": "Not said where"}]}
    Service.objects.create(piece=listed, directory="hsds", external_id="1", said=said)
    factories.PieceFactory(place=place, organisation=holder, title="Know-how", kind="knowledge")
    return place


def test_an_area_is_shaded_by_what_it_holds_and_one_without_an_outline_is_in_the_table(mapped: Place) -> None:
    found = queries.on_map(mapped)
    braehead, shore = found.areas
    assert (shore.pieces, shore.shade, shore.sites) == (4, 2, 1)
    assert braehead.geometry is None
    assert [one.name for one in found.drawn] == ["Shore Road"]


def test_a_private_site_is_on_no_map(mapped: Place) -> None:
    assert [one.sites for one in queries.on_map(mapped).areas if one.name == "Shore Road"] == [1]


def test_a_piece_stands_where_a_person_put_it_or_else_where_its_directory_has_it(mapped: Place) -> None:
    found = queries.on_map(mapped)
    assert {(one.piece.title, one.where, one.latitude) for one in found.marks} == {
        ("Hall", "", 56.05),
        ("Lunch club", "Kirk", 56.06),
    }
    assert found.nowhere == 1


def test_one_kind_may_be_asked_for(mapped: Place) -> None:
    found = queries.on_map(mapped, kind=PieceKind.SERVICE)
    assert [one.piece.title for one in found.marks] == ["Lunch club"]
    assert sum(one.pieces for one in found.areas) == 0


def test_what_is_gone_is_on_no_map(mapped: Place) -> None:
    Piece.objects.filter(title="Hall").update(is_gone=True)
    assert "Hall" not in {one.piece.title for one in queries.on_map(mapped).marks}


def test_zones_are_shaded_by_their_tenth_where_ranks_are_known(place: Place) -> None:
    for rank, code in ((1, "S01007444"), (6976, "S01007445"), (3488, "S01007446")):
        outline(place, code, code, west=-3.8 + rank / 10000)
        ZoneFigures.objects.create(
            place=place, index="SIMD2020", vintage="2011", zone=code, figures={"Rank": str(rank)}
        )
    found = queries.on_map(place, shading="deprivation")
    assert {one.tenth: one.shade for one in found.areas} == {1: 4, 5: 3, 10: 1}


def test_a_place_without_ranks_is_not_shaded_by_them(mapped: Place) -> None:
    assert queries.on_map(mapped, shading="deprivation").shading == "pieces"


def test_the_tables_name_every_mark_that_is_drawn(mapped: Place, convener: Member, client_for: ClientFor) -> None:
    page = page_of(client_for(convener), mapped)
    tables = page[page.index('id="on-map-tables"') :]
    for feature in shapes_of(client_for(convener), mapped):
        name = str(feature["properties"]["label"]).partition(":")[0].partition(",")[0]
        assert name in tables
    assert page.count("<circle") == 3  # two points, and the one beside its meaning


def test_what_the_map_draws_are_true_shapes_with_longitude_first(
    mapped: Place, convener: Member, client_for: ClientFor
) -> None:
    features = shapes_of(client_for(convener), mapped)
    assert len(features) == 3
    for feature in features:
        numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", json.dumps(feature["geometry"]["coordinates"]))]
        assert all(-9 < longitude < 3 for longitude in numbers[::2])
        assert all(49 < latitude < 62 for latitude in numbers[1::2])


def test_another_place_reads_nothing_of_it(
    mapped: Place, other_place: Place, member_with: MemberMaker, client_for: ClientFor
) -> None:
    client = client_for(member_with(Standing.CONVENER, place=other_place))
    assert shapes_of(client, other_place) == []
    assert "Shore Road" not in page_of(client, other_place)
    assert client.get(reverse("jigsaw:map_shapes", args=[mapped.slug])).status_code in {403, 404}


def test_the_picture_needs_no_script_and_carries_no_style(
    mapped: Place, convener: Member, client_for: ClientFor
) -> None:
    page = page_of(client_for(convener), mapped)
    picture = page[page.index('<svg class="ground__still"') :]
    assert re.search(r'aria-label="Shore Road: 4 pieces"', picture)
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


def test_no_page_asks_anybody_else_for_anything_by_itself(
    mapped: Place, convener: Member, client_for: ClientFor
) -> None:
    answer = client_for(convener).get(reverse("jigsaw:map", args=[mapped.slug]))
    assert "https:" not in answer.headers["Content-Security-Policy"]
    assert "data-ground-tiles" not in answer.content.decode()


def test_only_the_page_with_the_map_may_ask_the_server_of_the_tiles(
    mapped: Place, convener: Member, client_for: ClientFor, settings: LazySettings
) -> None:
    settings.MAP_TILES = TILES
    client = client_for(convener)
    policy = client.get(reverse("jigsaw:map", args=[mapped.slug])).headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://tiles.example;" in f"{policy};"
    assert policy.count("tiles.example") == 1
    elsewhere = client.get(reverse("jigsaw:board", args=[mapped.slug])).headers["Content-Security-Policy"]
    assert "tiles.example" not in elsewhere


@pytest.mark.parametrize(
    "address", ["http://tiles.example/{z}/{x}/{y}", "https://{s}.example/{z}/{x}/{y}", "https://tiles.example/{z}/{x}"]
)
def test_tiles_from_no_one_safe_server_are_refused(address: str, settings: LazySettings) -> None:
    settings.MAP_TILES = address
    with pytest.raises(ImproperlyConfigured):
        tiles()


def test_the_map_stays_within_its_queries(
    mapped: Place, convener: Member, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.PieceFactory.create_batch(30, place=mapped, point="56.05, -3.75")
    client = client_for(convener)
    with django_assert_max_num_queries(12):
        page_of(client, mapped)


def test_a_point_is_kept_as_it_is_read_again(place: Place, convener: Member) -> None:
    holder = factories.OrganisationFactory(place=place)
    said = PieceSaid(title="Hall", kind="building_land", organisation=holder, point="56.1165 -3.7936")
    assert services.add_piece(place=place, said=said, by=convener).point == "56.116500, -3.793600"


def test_what_is_no_point_is_refused_with_an_example(place: Place, convener: Member) -> None:
    holder = factories.OrganisationFactory(place=place)
    said = PieceSaid(title="Hall", kind="building_land", organisation=holder, point="by the kirk")
    with pytest.raises(Unsound, match=r"56\.1165"):
        services.add_piece(place=place, said=said, by=convener)
