"""Charities the register says the same of: read with care for homes, said in words, and introduced by a person."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.jobs.bodies import bodies
from placeweave.jigsaw.models import Synergy
from placeweave.kit.access import Standing
from placeweave.places.models import Member, Organisation, Pairing, Place, RegisterEntry
from tests import factories

ClientFor = Callable[[Member], Client]
Look = Callable[..., object]
SAID = {
    "beneficiaries": ["No specific group, or for the benefit of the community", "Older people"],
    "purposes": ["The advancement of health"],
    "postcode": "ze1 9xx",
    "address": "3 Someone's Brae",
}


def charity(place: Place, name: str, number: str, **said: object) -> Organisation:
    made = factories.OrganisationFactory(place=place, name=name)
    RegisterEntry.objects.create(organisation=made, register="oscr", external_id=number, said={**SAID, **said})
    return made


def look(place: Place, by: Member, commit: Look) -> None:
    with commit(execute=True):  # type: ignore[attr-defined]
        services.ask_for_synergies(place=place, by=by)


def test_a_body_is_read_without_its_address_and_for_somebody_in_particular(place: Place, other_place: Place) -> None:
    here = charity(place, "Lunch club", "SC900001")
    charity(other_place, "Their lunch club", "SC900001")
    (one,) = bodies(place.pk)
    assert (one.key, one.people, one.district) == (here.pk, ("Older people",), "ZE1")


def test_b6_two_charities_for_the_same_people_are_suggested_in_words_and_introduced(
    place: Place, convener: Member, client_for: ClientFor, django_capture_on_commit_callbacks: Look
) -> None:
    one, other = charity(place, "Lunch club", "SC900001"), charity(place, "Evening callers", "SC900002")
    look(place, convener, django_capture_on_commit_callbacks)
    (found,) = Synergy.objects.filter(place=place)
    told = queries.synergies_in_words(place, [found])[0]
    assert told.title == "Lunch club and Evening callers"
    assert "Both are for: older people." in told.sentence
    assert "Both work towards: the advancement of health." in told.sentence
    assert "Someone's Brae" not in str(found.reason)
    pages = {fact["url"] for fact in told.facts}
    assert {reverse("places:organisation", args=[place.slug, each.pk]) for each in (one, other)} <= pages
    page = client_for(convener).get(reverse("jigsaw:synergy_introduce", args=[place.slug, found.pk]))
    assert b"Evening callers" in page.content


def test_that_two_share_a_postcode_district_is_told_to_those_alone_who_decide(
    place: Place,
    convener: Member,
    member_with: Callable[..., Member],
    client_for: ClientFor,
    django_capture_on_commit_callbacks: Look,
) -> None:
    charity(place, "Lunch club", "SC900001")
    charity(place, "Evening callers", "SC900002")
    look(place, convener, django_capture_on_commit_callbacks)
    (found,) = Synergy.objects.filter(place=place)
    pages = [("synergies", {}), ("synergies", {"kind": "kindred"}), ("synergy", {})]
    for standing, is_told in ((Standing.CONVENER, True), (Standing.FACILITATOR, True), (Standing.PARTNER, False)):
        browser = client_for(member_with(standing))
        for name, asked in pages:
            address = reverse(f"jigsaw:{name}", args=[place.slug, *([found.pk] if name == "synergy" else [])])
            page = browser.get(address, asked).content.decode()
            assert "Both are for: older people." in page
            assert ("postcode district" in page) == is_told, (standing, name)
    drafted = client_for(convener).get(reverse("jigsaw:synergy_introduce", args=[place.slug, found.pk]))
    assert "postcode district" not in str(drafted.context["form"].initial)


def test_b6_refused_it_stays_away_until_the_register_says_otherwise(
    place: Place, convener: Member, django_capture_on_commit_callbacks: Look
) -> None:
    one = charity(place, "Lunch club", "SC900001")
    charity(place, "Evening callers", "SC900002")
    look(place, convener, django_capture_on_commit_callbacks)
    found = Synergy.objects.get(place=place)
    services.decide(synergy=found, decision="refuse", why="They share a board.", by=convener)
    one.delete()
    one = charity(place, "Lunch club", "SC900001")  # the same charity, brought in anew
    look(place, convener, django_capture_on_commit_callbacks)
    found.refresh_from_db()
    assert (found.state, found.has_changed) == (Synergy.State.REFUSED, False)
    RegisterEntry.objects.filter(organisation=one).update(said={**SAID, "purposes": [*SAID["purposes"], "Poverty"]})
    RegisterEntry.objects.exclude(organisation=one).update(said={**SAID, "purposes": [*SAID["purposes"], "Poverty"]})
    look(place, convener, django_capture_on_commit_callbacks)
    found.refresh_from_db()
    assert (found.state, found.has_changed) == (Synergy.State.OPEN, True)


def test_two_spellings_that_wait_for_a_decision_are_not_introduced(
    place: Place, convener: Member, django_capture_on_commit_callbacks: Look
) -> None:
    one, other = charity(place, "Lunch club", "SC900001"), charity(place, "Lunch Club, The", "SC900002")
    Pairing.objects.create(place=place, one=one, other=other)
    look(place, convener, django_capture_on_commit_callbacks)
    assert not Synergy.objects.filter(place=place, kind="kindred").exists()
