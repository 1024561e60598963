"""People keep their own entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.models import AuditEntry
from placeweave.places.models import Member, Person, Place
from tests import factories

pytestmark = pytest.mark.django_db

SAID = {"name": "Nan", "role": "Neighbour", "about": "", "email": "", "phone": "", "organisation": ""}


def test_a4_a_member_edits_their_own_entry_and_the_convener_sees_it_in_the_change_feed(
    member_with: Callable[..., Member], convener: Member, client_for: Callable[[Member], Client]
) -> None:
    member = member_with(Standing.COMMUNITY)
    client_for(member).post(reverse("places:profile", args=[member.place.slug]), SAID)
    assert Person.objects.get(pk=member.person_id).role == "Neighbour"
    feed = client_for(convener).get(reverse("places:members", args=[member.place.slug])).content.decode()
    assert "edited own profile" in feed
    entry = AuditEntry.objects.get(verb="edited own profile")
    assert entry.account == member.account
    assert "Neighbour" not in entry.summary, "the log names what changed, not what was written"


def test_nobody_reaches_anybody_elses_entry(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    member, other = member_with(Standing.CONVENER), member_with(Standing.PARTNER)
    before = other.person.name
    sent = SAID | {"pk": other.person_id, "person": other.person_id}
    client_for(member).post(reverse("places:profile", args=[member.place.slug]), sent)
    other.person.refresh_from_db()
    assert other.person.name == before


def test_contact_is_private_until_its_owner_shows_it(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    reader, other = member_with(Standing.PARTNER), member_with(Standing.COMMUNITY)
    Person.objects.filter(pk=other.person_id).update(email="kept@example.org", phone="01234")
    page = reverse("places:people", args=[reader.place.slug])
    assert "kept@example.org" not in client_for(reader).get(page).content.decode()
    Person.objects.filter(pk=other.person_id).update(shows_contact=True)
    assert "kept@example.org" in client_for(reader).get(page).content.decode()


def test_only_people_who_chose_it_are_listed(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    guest = member_with(Standing.GUEST)
    factories.PersonFactory(place=guest.place, name="Quiet One")
    factories.PersonFactory(place=guest.place, name="Open One", is_listed=True)
    page = client_for(guest).get(reverse("places:about", args=[guest.place.slug])).content.decode()
    assert "Open One" in page
    assert "Quiet One" not in page


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("name", "N\x00an"),
        ("name", "x" * 121),
        ("about", "y" * 1001),
        ("email", "no address"),
        ("role", "\u202eevil\x07"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_and_nothing_is_lost(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client], field: str, written: str
) -> None:
    member = member_with(Standing.COMMUNITY)
    response = client_for(member).post(
        reverse("places:profile", args=[member.place.slug]), SAID | {field: written, "phone": "0131 000"}
    )
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert "0131 000" in response.content.decode()


@pytest.mark.parametrize("name", ["نان", "👩🏽‍🌾 Nan", "Sìne NicLeòid", "O'Neil <b>"])
def test_names_of_any_script_are_kept_as_written(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client], name: str
) -> None:
    member = member_with(Standing.COMMUNITY)
    client_for(member).post(reverse("places:profile", args=[member.place.slug]), SAID | {"name": name})
    assert Person.objects.get(pk=member.person_id).name == name


def test_an_organisation_of_another_place_cannot_be_chosen(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client], other_place: Place
) -> None:
    member = member_with(Standing.COMMUNITY)
    stranger = factories.OrganisationFactory(place=other_place)
    response = client_for(member).post(
        reverse("places:profile", args=[member.place.slug]), SAID | {"organisation": stranger.pk}
    )
    assert response.status_code == 422
