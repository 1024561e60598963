"""Files other programs speak: judged by something that is not ours, and read back equal."""

from __future__ import annotations

import codecs
import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import jsonschema
import networkx as nx
import openpyxl
import pytest
import vobject

from placeweave.jigsaw.models import FundingFlow, Help, Piece, Programme, Service, Tie
from placeweave.kit import exports
from placeweave.kit.access import Standing
from placeweave.kit.models import Batch
from placeweave.places.models import Boundary, Member, Organisation, Person
from tests import factories
from tests.jigsaw.test_imports import grant, package
from tests.jigsaw.test_services_import import CLUB, feed
from tests.places.bringing import bring, outcomes
from tests.places.test_ground_files import SQUARE, collection, feature
from tests.shared_data import shared

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
PHONES = [{"id": "p", "number": "01259 496001"}, {"id": "q", "number": "01259 496002", "contact_id": "c"}]
CHECKED = jsonschema.FormatChecker()


@CHECKED.checks("date-time", raises=ValueError)
def is_moment(written: object) -> bool:
    """Tell a moment from a day, as RFC 3339 does; jsonschema alone takes any text for one."""
    return "T" in str(written) and datetime.fromisoformat(str(written)).tzinfo is not None


def taken(by: Member, name: str) -> bytes:
    return exports.take(format=name, place_id=by.place_id, by=by).content


def elsewhere() -> Member:
    return factories.MemberFactory(standing=Standing.CONVENER)


def flows(by: Member) -> list[dict[str, Any]]:
    found = FundingFlow.objects.filter(place=by.place).order_by("external_id")
    return [{**one.source_says, "modified": one.modified} for one in found]


def test_real_grants_leave_valid_by_the_published_schema_and_read_back_equal(convener: Member) -> None:
    bring(convener, "360giving", shared("standards/360giving/abct-grants.json").read_bytes(), licence=CC_BY)
    written = taken(convener, "360giving")
    schema = json.loads(shared("standards/360giving/360-giving-schema.json").read_text())
    judge = jsonschema.Draft202012Validator(schema, format_checker=CHECKED)
    told = json.loads(written)
    assert [fault.message for one in told["grants"] for fault in judge.iter_errors(one)] == []
    assert len(told["grants"]) == 783
    assert told["license"] == CC_BY
    assert CC_BY in told["attribution"]
    other = elsewhere()
    assert outcomes(bring(other, "360giving", written)) == {"created": 783}
    assert flows(other) == flows(convener)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_real_grants_read_back_equal_from_a_table_under_the_titles_of_the_schema(convener: Member, form: str) -> None:
    bring(convener, "360giving", shared("standards/360giving/abct-grants.json").read_bytes(), licence=CC_BY)
    written = taken(convener, f"360giving-{form}")
    titles, *rows = rows_of(written, form)
    assert CC_BY in told_beside(written, form)
    assert {"Identifier", "Funding Org:0:Identifier", "Recipient Org:0:Name", "Amount Awarded"} <= set(titles)
    at = titles.index("Amount Awarded")
    assert (len(rows), sum(Decimal(str(row[at])) for row in rows)) == (783, Decimal(12_785_625))
    other = elsewhere()
    assert outcomes(bring(other, "360giving", written, name=f"grants.{form}")) == {"created": 783}
    assert flows(other) == flows(convener)
    ours, theirs = (Batch.objects.get(place_id=one.place_id) for one in (convener, other))
    assert (theirs.licence, theirs.attribution) == (CC_BY, f"{ours.attribution}, {CC_BY}")
    again = taken(other, f"360giving-{form}")
    assert outcomes(bring(other, "360giving", again, name=f"grants.{form}")) == {"unchanged": 783}
    assert Batch.objects.filter(place_id=other.place_id).first().attribution == theirs.attribution


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_formula_in_a_grant_is_text_in_a_table_and_read_back_as_it_was(convener: Member, form: str) -> None:
    bring(convener, "360giving", package(grant(1, title="=1+1")))
    written = taken(convener, f"360giving-{form}")
    titles, row = rows_of(written, form)
    assert not str(row[titles.index("Title")]).startswith("=")
    other = elsewhere()
    bring(other, "360giving", written, name=f"grants.{form}")
    assert FundingFlow.objects.get(place=other.place).title == "=1+1"


def told_beside(written: bytes, form: str) -> set[Any]:
    """Give what a table says of all its grants: in the sheet beside it, or on every row."""
    if form == "xlsx":
        return {value for row in openpyxl.load_workbook(io.BytesIO(written))["Meta"].values for value in row}
    return set.intersection(*map(set, rows_of(written, form)[1:]))


def rows_of(written: bytes, form: str) -> list[list[Any]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(written.decode())))
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(written)).worksheets[0].values]


def test_a_grant_to_a_person_never_leaves_and_makes_nobody(convener: Member) -> None:
    private = [{"id": "x", "name": "Jane Private"}]
    people = Person.objects.count()
    content = package(grant(1), grant(2, recipient=None, recipientIndividual=private))
    bring(convener, "360giving", content)
    exported = exports.take(format="360giving", place_id=convener.place_id, by=convener)
    assert [one["id"] for one in json.loads(exported.content)["grants"]] == ["360G-x-1"]
    assert "1 other is left out" in exported.scope
    assert Person.objects.count() == people


def test_services_leave_valid_and_read_back_equal(convener: Member) -> None:
    bring(convener, "hsds", feed(email="club@example.org", url="https://club.example", phones=PHONES))
    factories.PieceFactory(place=convener.place, kind="service", title="Repair café", when="Saturdays")
    written = taken(convener, "hsds")
    told = json.loads(written)
    schema = json.loads(shared("standards/hsds/schema/uk-compiled-service.json").read_text())
    judge = jsonschema.Draft202012Validator(schema, format_checker=CHECKED)
    assert [fault.message for one in told["contents"] for fault in judge.iter_errors(one)] == []
    assert told["total_items"] == len({one["id"] for one in told["contents"]}) == 2
    assert "Persona" in json.dumps(CLUB)
    assert "Persona" not in written.decode()
    assert [one["number"] for entry in told["contents"] for one in entry.get("phones", [])] == ["01259 496001"]
    other = elsewhere()
    assert outcomes(bring(other, "hsds", written)) == {"created": 2}
    ours, theirs = (Service.objects.get(piece__place=one.place, piece__title="Lunch club") for one in (convener, other))
    for name in ("status", "schedules", "costs", "email", "phones", "url"):
        assert ours.said[name] == theirs.said[name]
    assert {one.title for one in Piece.objects.filter(place=other.place)} == {"Lunch club", "Repair café"}


def world(by: Member) -> tuple[Organisation, Organisation]:
    one = factories.OrganisationFactory(place=by.place, name="=HYPERLINK(1)", is_partner=True)
    two = factories.OrganisationFactory(place=by.place, name="Hall & Shed <x>", is_partner=True)
    factories.PieceFactory(place=by.place, organisation=two, title="hall & shed <x>", kind="building_land")
    Tie.objects.create(place=by.place, source=one, target=two, level=4, reported_on=date(2026, 1, 1), note="Private")
    return one, two


def test_the_network_is_the_same_graph_to_networkx(convener: Member) -> None:
    one, two = world(convener)
    written = taken(convener, "graphml")
    graph = nx.parse_graphml(written.decode())
    assert graph.nodes[f"o{two.pk}"]["label"] == "Hall & Shed <x>"
    assert graph.is_directed()
    assert graph.edges[f"o{one.pk}", f"o{two.pk}"]["level"] == 4
    assert graph.number_of_edges() == 2
    assert "Private" not in written.decode()


def test_kumu_gets_unique_labels_and_ends_that_exist(convener: Member) -> None:
    world(convener)
    told = json.loads(taken(convener, "kumu"))
    labels = [one["label"] for one in told["elements"]]
    assert len({one.casefold() for one in labels}) == len(labels) >= 3
    assert {end for one in told["connections"] for end in (one["from"], one["to"])} <= set(labels)
    book = openpyxl.load_workbook(io.BytesIO(taken(convener, "kumu-sheets")))
    elements, connections = (list(book[name].iter_rows(values_only=True)) for name in ("Elements", "Connections"))
    assert (elements[0][:2], connections[0][:2]) == (("Label", "Type"), ("From", "To"))
    assert "'=HYPERLINK(1)" in {row[0] for row in elements}
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert {end for row in connections[1:] for end in row[:2]} <= {row[0] for row in elements[1:]}


def test_outlines_read_back_equal_with_their_attribution(convener: Member) -> None:
    bring(convener, "boundaries", collection(feature(code="X1", name="Shore")), attribution="Contains OS data")
    written = taken(convener, "geojson")
    told = json.loads(written)
    assert told["attribution"] == "Contains OS data"
    assert told["features"][0]["geometry"]["coordinates"] == [[SQUARE]]
    other = elsewhere()
    bring(other, "boundaries", written)
    ours, theirs = (Boundary.objects.get(place=one.place) for one in (convener, other))
    assert (ours.geometry, ours.name, ours.code) == (theirs.geometry, theirs.name, theirs.code)


def test_only_those_who_agreed_leave_as_cards(convener: Member) -> None:
    hall = factories.OrganisationFactory(place=convener.place, name="Hall, Shore; Ltd")
    agreed = {
        "organisation": hall,
        "email": "a@example.org",
        "phone": "0131 496 0000",
        "role": "Keeper\nof keys" + "é" * 60,
    }
    factories.PersonFactory(place=convener.place, name="Àine, the elder", shows_contact=True, is_listed=True, **agreed)
    for shows, listed in ((True, False), (False, True), (False, False)):
        factories.PersonFactory(place=convener.place, name="Hidden", shows_contact=shows, is_listed=listed, **agreed)
    written = taken(convener, "vcard")
    cards = list(vobject.readComponents(written.decode()))
    (card,) = [one for one in cards if one.fn.value != convener.display_name]
    assert (card.fn.value, card.email.value, card.tel.value) == ("Àine, the elder", "a@example.org", "0131 496 0000")
    assert card.title.value == "Keeper\nof keys" + "é" * 60
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert "Hidden" not in written.decode()


def test_who_helped_whom_leaves_as_a_table_and_a_formula_in_it_is_text(convener: Member) -> None:
    place = convener.place
    giver = factories.OrganisationFactory(place=place, name="The Shed")
    need = factories.NeedFactory(place=place, title="A driver")
    Help.objects.create(place=place, need=need, giver=giver, received_by="Nan", words="=Tuesdays", state="offered")
    Help.objects.create(place=elsewhere().place, giver=factories.OrganisationFactory(), words="not ours")
    titles, row = rows_of(taken(convener, "help").removeprefix(codecs.BOM_UTF8), "csv")
    told = dict(zip(titles, row, strict=True))
    assert (told["need"], told["giver"], told["receiver"]) == ("A driver", "The Shed", "Nan")
    assert not told["words"].startswith("=")


def test_programmes_leave_with_their_partners(convener: Member) -> None:
    programme = Programme.objects.create(place=convener.place, name="Warm winter")
    programme.partners.add(factories.OrganisationFactory(place=convener.place, name="The Shed"))
    _titles, row = rows_of(taken(convener, "programmes").removeprefix(codecs.BOM_UTF8), "csv")
    assert row[1:4] == ["Warm winter", "", "The Shed"]
