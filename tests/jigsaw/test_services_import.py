"""Services of a directory as pieces: twice the same, people's edits first, and back row for row."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.formats.hsds import Schedule
from placeweave.jigsaw import services
from placeweave.jigsaw.models import Piece, Service, Synergy
from placeweave.jigsaw.opening import opening_times
from placeweave.jigsaw.services import PieceSaid
from placeweave.kit import imports
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady
from placeweave.places.models import Member, Organisation, OrganisationIdentifier, Person, Site
from tests import factories
from tests.formats.test_hsds import page, service
from tests.places.bringing import bring, database, outcomes, stage
from tests.shared_data import shared

ClientFor = Callable[[Member], Client]
CLUB: dict[str, Any] = {
    "description": "Soup and company",
    "schedules": [{"freq": "WEEKLY", "byday": "TU,TH", "opens_at": "12:00", "closes_at": "14:00"}],
    "service_at_locations": [
        {
            "location": {
                "id": "loc", "location_type": "physical", "name": "Shore Hall", "latitude": 56.0, "longitude": -3.7,
                "addresses": [{"address_1": "1 Shore", "city": "Clachan", "postal_code": "fk1 1aa"}],
            }
        }
    ],
    "contacts": [{"id": "c", "name": "Ann Persona", "title": "Manager"}],
    "cost_options": [{"id": "k", "option": "Soup", "amount": 2}],
}  # fmt: skip


def feed(**changes: Any) -> bytes:
    return page(service(**(CLUB | changes)))


def test_a_service_becomes_a_piece_with_place_time_and_holder(convener: Member) -> None:
    people = Person.objects.count()
    assert outcomes(bring(convener, "hsds", feed(), licence="CC BY", attribution="The Feed")) == {"created": 1}
    piece = Piece.objects.get()
    assert (piece.title, piece.kind, piece.sharability) == ("Lunch club", "service", "open")
    assert piece.when == "Tuesday and Thursday, 12:00 to 14:00"
    assert piece.organisation is not None
    assert piece.organisation.name == "The Hall"
    assert (Site.objects.get().postcode, Site.objects.get().is_private) == ("FK1 1AA", False)
    assert Person.objects.count() == people
    assert "Persona" not in json.dumps(Service.objects.get().said)


def test_the_same_feed_twice_is_unchanged_and_undo_leaves_no_trace(convener: Member) -> None:
    before = database()
    batch = bring(convener, "hsds", feed())
    between = database()
    assert outcomes(bring(convener, "hsds", feed())) == {"unchanged": 1}
    assert database() == between
    imports.undo(batch=batch, by=convener)
    assert database() == before


def test_a_changed_service_is_updated_and_undo_puts_every_row_back(convener: Member) -> None:
    bring(convener, "hsds", feed())
    before = database()
    batch = bring(convener, "hsds", feed(description="Soup and songs", status="temporarily closed", fees="None"))
    assert outcomes(batch) == {"updated": 1}
    assert (Piece.objects.get().note, Piece.objects.get().is_gone) == ("Soup and songs", True)
    imports.undo(batch=batch, by=convener)
    assert database() == before


def test_a_persons_edit_of_a_service_is_never_overwritten(convener: Member) -> None:
    bring(convener, "hsds", feed())
    piece = Piece.objects.get()
    said = PieceSaid(
        "Our lunch club", "service", piece.organisation, sharability="open", when=piece.when, note=piece.note
    )
    services.edit_piece(piece=piece, said=said, version=1, by=convener)
    assert outcomes(bring(convener, "hsds", feed())) == {"unchanged": 1}
    assert outcomes(bring(convener, "hsds", feed(name="Dinner club"))) == {"conflict": 1}
    piece.refresh_from_db()
    assert piece.title == "Our lunch club"


def test_undo_refuses_once_a_person_has_written(convener: Member) -> None:
    batch = bring(convener, "hsds", feed())
    piece = Piece.objects.get()
    services.edit_piece(piece=piece, said=PieceSaid("Ours", "service", piece.organisation), version=1, by=convener)
    with pytest.raises(NotReady, match="Ours"):
        imports.undo(batch=batch, by=convener)


def test_a_suggestion_of_a_machine_keeps_no_file_in_place(convener: Member) -> None:
    batch = bring(convener, "hsds", feed())
    found = Synergy.objects.create(place=convener.place, signature="x", kind=Synergy.Kind.OVERLAP)
    found.organisations.set([Piece.objects.get().organisation])
    found.pieces.set(Piece.objects.all())
    imports.undo(batch=batch, by=convener)
    assert not found.organisations.exists()


def test_a_public_number_finds_the_holder_only_where_the_name_agrees(convener: Member) -> None:
    for name, value in (("the hall ltd", "SC900001"), ("Somebody Else", "SC900002")):
        organisation = factories.OrganisationFactory(place=convener.place, name=name)
        OrganisationIdentifier.objects.create(organisation=organisation, scheme="GB-SC", value=value)
    holder = {
        "id": "1",
        "name": "The Hall",
        "organization_identifiers": [{"identifier_scheme": "GB-SC", "identifier": "SC900001"}],
    }
    other = {
        "id": "2",
        "name": "Third",
        "organization_identifiers": [{"identifier_scheme": "GB-SC", "identifier": "SC900002"}],
    }
    before = database()
    batch = bring(convener, "hsds", page(service(organization=holder), service(id="b", organization=other)))
    assert {piece.organisation.name for piece in Piece.objects.all() if piece.organisation} == {"the hall ltd", "Third"}
    assert Organisation.objects.get(name="Third").identifiers.get(scheme="GB-SC").status == "disputed"
    imports.undo(batch=batch, by=convener)
    assert database() == before


def test_aliss_comes_in_and_its_attribution_shows_on_the_page(
    convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    batch = bring(convener, "aliss", shared("standards/aliss/aliss_v41_service_search_sample.json").read_bytes())
    assert outcomes(batch) == {"created": 1}
    address = reverse("jigsaw:piece", args=[convener.place.slug, Piece.objects.get().pk])
    shown = client_for(member_with(Standing.PARTNER)).get(address).content.decode()
    for words in ("TD12 4JN", "Lunch Club", "CC BY 4.0", "not changed there for more than a year"):
        assert words in shown


def test_a_file_that_is_no_directory_is_refused_in_a_sentence(convener: Member) -> None:
    assert "were expected" in stage(convener, "hsds", "{}").failure


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule("MONTHLY", byday="1MO", opens_at="09:00", closes_at="10:00"), "first Monday, 09:00 to 10:00"),
        (Schedule("WEEKLY", 2, "WE"), "every 2 weeks on Wednesday"),
        (Schedule(description="By arrangement", is_rule=False), "By arrangement"),
        (Schedule("WEEKLY", byday="-1SU"), "last Sunday"),
    ],
)
def test_opening_times_are_said_in_words(schedule: Schedule, words: str) -> None:
    assert opening_times([schedule, schedule]) == words
