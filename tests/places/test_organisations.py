"""Partner organisations: numbers, names, sites, and two people at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, Refused, Unsound
from placeweave.places import queries, services
from placeweave.places.models import Member, OrganisationIdentifier, Place, Sector
from placeweave.places.services import identifiers
from tests import factories

pytestmark = pytest.mark.django_db


def said(name: str = "Men's Shed", **more: object) -> services.Particulars:
    return services.Particulars(name=name, sector=Sector.COMMUNITY, **more)


@pytest.mark.parametrize(
    ("scheme", "written", "kept"),
    [
        ("GB-SC", "sc012345", "SC012345"),
        ("GB-SC", " SC 012 345 ", "SC012345"),
        ("GB-SC", "GB-SC-SC012345", "SC012345"),
        ("GB-CHC", "1161363", "1161363"),
        ("GB-COH", "00123456", "00123456"),
        ("GB-COH", "sc123456", "SC123456"),
        ("GB-LAS", "zet", "ZET"),
    ],
)
def test_a_number_is_tidied_only_where_nothing_is_lost(scheme: str, written: str, kept: str) -> None:
    reading = identifiers.read(scheme, written)
    assert (reading.verdict, reading.value) == ("sound", kept)


@pytest.mark.parametrize(
    ("scheme", "written", "offered"),
    [
        ("GB-SC", "SCO12345", "SC012345"),
        ("GB-SC", "012345", "SC012345"),
        ("GB-SC", "12345", "SC012345"),
        ("GB-SC", "SCO900201", "SC900201"),
        ("GB-COH", "123456", "00123456"),
    ],
)
def test_a_doubtful_number_is_held_with_its_likely_reading(scheme: str, written: str, offered: str) -> None:
    reading = identifiers.read(scheme, written)
    assert not reading.is_sound
    assert reading.offered == offered
    assert reading.value == written


@pytest.mark.parametrize(
    ("scheme", "written"),
    [("GB-CHC", "TBC"), ("GB-CHC", "1161363 (New Unity - host charity)"), ("XX-NEW", "1"), ("360G-x", "360G-x-1")],
)
def test_prose_in_a_number_column_is_kept_as_text_and_matches_nothing(scheme: str, written: str) -> None:
    assert identifiers.read(scheme, written).verdict == "text"


def test_one_organisation_has_many_numbers(convener: Member) -> None:
    body = services.add_organisation(place=convener.place, said=said(), by=convener)
    for scheme, written in (("GB-SC", "SC012345"), ("GB-COH", "SC123456")):
        services.add_identifier(organisation=body, scheme=scheme, written=written, source="", by=convener)
    assert body.identifiers.count() == 2
    with pytest.raises(Unsound, match="Did you mean SC012345"):
        services.add_identifier(organisation=body, scheme="GB-SC", written="SCO12345", source="", by=convener)


def test_the_same_number_twice_is_evidence_and_not_proof(convener: Member) -> None:
    one = services.add_organisation(place=convener.place, said=said("One"), by=convener)
    two = services.add_organisation(place=convener.place, said=said("Two"), by=convener)
    for body in (one, two):
        services.add_identifier(organisation=body, scheme="GB-SC", written="SC012345", source="", by=convener)
    assert set(OrganisationIdentifier.objects.values_list("status", flat=True)) == {"shared"}


def test_a_name_stands_once_in_a_place(convener: Member, other_place: Place) -> None:
    services.add_organisation(place=convener.place, said=said(), by=convener)
    with pytest.raises(Unsound, match="already an organisation"):
        services.add_organisation(place=convener.place, said=said("MEN'S SHED "), by=convener)


def test_whoever_saves_second_sees_both_versions(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    body = services.add_organisation(place=convener.place, said=said(), by=convener)
    services.edit_organisation(
        organisation=body, version=1, said=said(description="Fixes boats"), by=member_with(Standing.FACILITATOR)
    )
    with pytest.raises(Conflict):
        services.edit_organisation(organisation=body, version=1, said=said(), by=convener)
    response = client_for(convener).post(
        reverse("places:organisation_edit", args=[convener.place.slug, body.pk]),
        {"name": "The Shed", "sector": "community", "description": "Mends nets", "version": "1"},
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Fixes boats" in page
    assert "Mends nets" in page
    assert 'name="version" value="2"' in page


def test_a_site_is_private_unless_said_otherwise(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    body = services.add_organisation(place=convener.place, said=said(), by=convener)
    services.add_site(organisation=body, label="Trustee's home", by=convener)
    services.add_site(organisation=body, label="The hall", is_private=False, by=convener)
    address = reverse("places:organisation", args=[convener.place.slug, body.pk])
    assert "Trustee&#x27;s home" in client_for(convener).get(address).content.decode()
    seen = client_for(member_with(Standing.PARTNER)).get(address).content.decode()
    assert "Trustee&#x27;s home" not in seen
    assert "The hall" in seen


def test_i15_partners_and_residents_see_the_same_of_an_organisation(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    services.add_organisation(place=convener.place, said=said(), by=convener)
    for page in ("about", "organisations", "issues", "people", "exports", "linkups"):
        address = reverse(f"places:{page}", args=[convener.place.slug])
        answers = {client_for(member_with(one)).get(address).status_code for one in ("partner", "community")}
        assert answers == {200}


def test_a_number_is_taken_away_only_after_asking(convener: Member, client_for: Callable[[Member], Client]) -> None:
    body = services.add_organisation(place=convener.place, said=said(), by=convener)
    number = services.add_identifier(organisation=body, scheme="GB-SC", written="SC012345", source="", by=convener)
    browser = client_for(convener)
    address = reverse("places:number_remove", args=[convener.place.slug, number.pk])
    assert "Take away" in browser.get(address).content.decode()
    assert body.identifiers.count() == 1
    browser.post(address, {"confirm": "yes"})
    assert body.identifiers.count() == 0


def test_only_those_who_hold_the_space_change_organisations(member_with: Callable[..., Member]) -> None:
    member = member_with(Standing.PARTNER)
    with pytest.raises(Refused):
        services.add_organisation(place=member.place, said=said(), by=member)


def test_a1_the_sectors_that_are_missing_are_named(convener: Member, client_for: Callable[[Member], Client]) -> None:
    for sector in (Sector.HEALTH, Sector.POLICING):
        factories.OrganisationFactory(place=convener.place, sector=sector)
    factories.OrganisationFactory(place=convener.place, sector=Sector.FIRE, is_partner=False)
    missing = queries.missing_sectors(list(queries.partners(convener.place)))
    assert "Fire and rescue" in missing
    assert "Policing" not in missing
    page = client_for(convener).get(reverse("places:about", args=[convener.place.slug])).content.decode()
    assert "Fire and rescue" in page


def test_a1_partners_are_laid_against_neighbourhoods(convener: Member) -> None:
    shore = factories.PlaceFactory(parent_workspace=convener.place, name="Shore")
    body = factories.OrganisationFactory(place=convener.place)
    services.add_site(organisation=body, label="Hall", neighbourhood=shore, is_private=False, by=convener)
    services.add_site(organisation=body, label="Home", neighbourhood=shore, by=convener)
    assert queries.whereabouts(convener.place, [body], with_private=False).rows == [(body, [1])]
    assert queries.whereabouts(convener.place, [body], with_private=True).rows == [(body, [2])]
