"""Charities of the register: those of the council area alone, twice the same, and back row for row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit import imports
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady
from placeweave.places import services
from placeweave.places.models import Member, Organisation, OrganisationIdentifier, RegisterEntry, Site
from placeweave.places.services import Particulars
from tests import factories
from tests.places.bringing import begin, bring, database, outcomes, stage
from tests.shared_data import shared

COLUMNS = (
    "Charity Number,Charity Name,Known As,Charity Status,Postcode,Main Operating Location,Purposes,Website,"
    "Principal Office/Trustees Address,Most recent year income,Objectives"
)


def register(*rows: dict[str, str]) -> str:
    shed = {
        "Charity Number": "SC900001",
        "Charity Name": "Harbour Shed",
        "Known As": "The Shed",
        "Charity Status": "Active",
        "Postcode": "FK1 1AA",
        "Main Operating Location": "Falkirk",
        "Purposes": "'The advancement of health'",
        "Website": "https://shed.example",
        "Principal Office/Trustees Address": "7 Trustee Lane, Falkirk",
        "Most recent year income": "12000",
        "Objectives": "To mend things",
    }
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS.split(","))
    writer.writeheader()
    writer.writerows(shed | row for row in rows or ({},))
    return out.getvalue()


@pytest.fixture
def falkirk(convener: Member) -> Member:
    """A convener whose place has its council area."""
    begin(convener)
    return convener


def test_without_a_council_area_the_register_is_refused_in_a_sentence(convener: Member) -> None:
    assert "Begin with your council area" in stage(convener, "oscr", register()).failure


def test_only_charities_of_the_council_area_come_in_and_every_row_is_told_of(falkirk: Member) -> None:
    content = shared("standards/orgs/SYNTHETIC_oscr_register_clean.csv").read_bytes()
    batch = bring(falkirk, "oscr", content)
    assert outcomes(batch) == {"created": 19, "rejected": 101}
    assert RegisterEntry.objects.count() == 19
    elsewhere = batch.rows.filter(outcome="rejected").first()
    assert elsewhere is not None
    assert "this place lies in Falkirk" in elsewhere.reason


def test_a_changed_charity_is_updated_and_undo_puts_every_row_back(falkirk: Member) -> None:
    bring(falkirk, "oscr", register())
    before = database()
    moved = {
        "Charity Name": "Harbour Workshop",
        "Principal Office/Trustees Address": "9 Shore Road",
        "Known As": "Sheddies",
    }
    batch = bring(falkirk, "oscr", register(moved))
    assert outcomes(batch) == {"updated": 1}
    shed = Organisation.objects.get(identifiers__value="SC900001")
    assert shed.name == "Harbour Workshop"
    assert set(shed.names.values_list("name", "kind")) == {
        ("The Shed", "known_as"), ("Sheddies", "known_as"), ("Harbour Shed", "former"),
    }  # fmt: skip
    assert Site.objects.get().label == "9 Shore Road"
    imports.undo(batch=batch, by=falkirk)
    assert database() == before


def test_a_charity_left_out_of_the_newest_file_is_marked_and_never_deleted(falkirk: Member) -> None:
    bring(falkirk, "oscr", register({}, {"Charity Number": "SC900002", "Charity Name": "Other"}))
    before = database()
    batch = bring(falkirk, "oscr", register({}))
    assert not RegisterEntry.objects.get(external_id="SC900002").in_latest_file
    imports.undo(batch=batch, by=falkirk)
    assert database() == before


def test_a_charity_whose_row_is_held_is_listed_all_the_same(falkirk: Member) -> None:
    bring(falkirk, "oscr", register({}, {"Charity Number": "SC900002", "Charity Name": "Other"}))
    poor = {"Charity Number": "sc900002", "Charity Name": "Other", "Most recent year income": "£12,000"}
    batch = bring(falkirk, "oscr", register({}, poor))
    assert outcomes(batch) == {"unchanged": 1, "held": 1}
    assert batch.rows.get(outcome="held").key == "sc900002"
    assert RegisterEntry.objects.get(external_id="SC900002").in_latest_file


def test_a_number_links_only_where_the_name_agrees(falkirk: Member) -> None:
    ours = factories.OrganisationFactory(place=falkirk.place, name="harbour shed")
    theirs = factories.OrganisationFactory(place=falkirk.place, name="Somebody Else")
    for organisation, value in ((ours, "SC900001"), (theirs, "SC900002")):
        OrganisationIdentifier.objects.create(organisation=organisation, scheme="GB-SC", value=value)
    before = database()
    batch = bring(falkirk, "oscr", register({}, {"Charity Number": "SC900002", "Charity Name": "Other"}))
    assert outcomes(batch) == {"updated": 1, "conflict": 1}
    assert RegisterEntry.objects.get().organisation == ours
    assert "renamed, or a wrong number?" in batch.rows.get(outcome="conflict").reason
    imports.undo(batch=batch, by=falkirk)
    assert database() == before


def test_a_persons_own_name_for_a_charity_is_never_overwritten(falkirk: Member) -> None:
    bring(falkirk, "oscr", register())
    shed = Organisation.objects.get(identifiers__value="SC900001")
    services.edit_organisation(organisation=shed, version=1, said=Particulars("Our Shed"), by=falkirk)
    assert outcomes(bring(falkirk, "oscr", register({"Website": "https://new.example"}))) == {"updated": 1}
    batch = bring(falkirk, "oscr", register({"Charity Name": "Renamed Shed"}))
    assert outcomes(batch) == {"conflict": 1}
    shed.refresh_from_db()
    assert shed.name == "Our Shed"


def test_undo_refuses_once_a_person_has_changed_a_charity(falkirk: Member) -> None:
    batch = bring(falkirk, "oscr", register())
    shed = Organisation.objects.get(identifiers__value="SC900001")
    services.edit_organisation(organisation=shed, version=1, said=Particulars("Our Shed"), by=falkirk)
    with pytest.raises(NotReady, match="Our Shed"):
        imports.undo(batch=batch, by=falkirk)


def test_a_trustees_address_is_seen_by_the_team_alone(
    falkirk: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    bring(falkirk, "oscr", register())
    shed = Organisation.objects.get(identifiers__value="SC900001")
    address = reverse("places:organisation", args=[falkirk.place.slug, shed.pk])
    team, guest = (client_for(one).get(address).content.decode() for one in (falkirk, member_with(Standing.PARTNER)))
    assert "7 Trustee Lane" in team
    for secret in ("Trustee Lane", "FK1 1AA"):
        assert secret not in guest
    for page in (team, guest):
        assert "The advancement of health" in page
        assert "Office of the Scottish Charity Regulator" in page
