"""The pages about which organisations are one: without script, within their queries, and for the team alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from placeweave.kit.access import Standing
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Merge, Organisation, Pairing, Remembered
from placeweave.places.services import add_name
from placeweave.places.services.merging import merge
from tests.places.test_linkage import body, bring, look, pairing, say

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
OUTDATED = "The last look is out of date."


@pytest.fixture
def browser(convener: Member, client_for: ClientFor) -> Client:
    return client_for(convener)


def at(member: Member, name: str, *parts: object) -> str:
    return reverse(f"places:{name}", args=[member.place.slug, *parts])


@pytest.fixture
def suggested(convener: Member) -> Pairing:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    return pairing(one, other)


def test_the_list_shows_both_with_reasons_and_ticks_what_is_suggested(
    suggested: Pairing, convener: Member, browser: Client
) -> None:
    page = browser.get(at(convener, "same")).content.decode()
    assert f'value="{suggested.pk}:{suggested.version}"' in page
    assert "checked" in page
    assert "Their names are the same, but for how they are written." in page
    assert "Otter Watch Ltd" in page


def test_the_list_says_when_the_last_look_is_out_of_date_and_holds_again_after_another(
    suggested: Pairing, convener: Member, browser: Client
) -> None:
    address = at(convener, "same")
    assert OUTDATED not in browser.get(address).content.decode()
    add_name(organisation=suggested.one, name="Lutra Watch", kind="former", by=convener)
    page = browser.get(address).content.decode()
    assert OUTDATED in page
    assert "1 change to organisations since." in page
    look(convener)
    assert OUTDATED not in browser.get(address).content.decode()


def test_a_look_of_an_older_engine_is_out_of_date(suggested: Pairing, convener: Member, browser: Client) -> None:
    Analysis.objects.update(engine="linkage 0")
    assert OUTDATED in browser.get(at(convener, "same")).content.decode()


def test_a_pair_that_comes_back_is_marked_as_changed(suggested: Pairing, convener: Member, browser: Client) -> None:
    for address in (at(convener, "same"), at(convener, "same_pair", suggested.pk)):
        Pairing.objects.update(has_changed=False)
        assert "Changed since you decided" not in browser.get(address).content.decode()
        Pairing.objects.update(has_changed=True)
        assert "Changed since you decided" in browser.get(address).content.decode()


def test_all_that_is_ticked_is_put_together_by_one_plain_form(
    suggested: Pairing, convener: Member, browser: Client
) -> None:
    page = browser.get(at(convener, "same")).content.decode()
    values = re.findall(r'name="pair" value="([^"]+)"', page)
    answer = browser.post(at(convener, "same_accept"), {"pair": values}, follow=True).content.decode()
    assert "1 pair was put together." in answer
    assert Organisation.objects.filter(place=convener.place).count() == 1


def test_nothing_ticked_and_nonsense_are_met_with_a_sentence(convener: Member, browser: Client) -> None:
    for values in ([], ["x:y", "1", "-1:2", "٣:1"]):
        answer = browser.post(at(convener, "same_accept"), {"pair": values}, follow=True)
        assert "Tick at least one pair." in answer.content.decode()


def test_one_pair_is_decided_on_its_own_page(suggested: Pairing, convener: Member, browser: Client) -> None:
    address = at(convener, "same_pair", suggested.pk)
    page = browser.get(address).content.decode()
    assert "Both side by side" in page
    said = {"version": suggested.version, "state": "different", "stands": suggested.one_id, "why": "Two towns"}
    answer = browser.post(address, said, follow=True).content.decode()
    assert "Your decision is kept." in answer
    assert Remembered.objects.get().why == "Two towns"
    assert "Two towns" in browser.get(address).content.decode()
    assert "Two towns" in browser.get(at(convener, "organisation", suggested.one_id)).content.decode()


def test_the_same_leads_to_the_one_they_became_and_old_addresses_follow(
    suggested: Pairing, convener: Member, browser: Client
) -> None:
    said = {"version": suggested.version, "state": "same", "stands": suggested.other_id}
    answer = browser.post(at(convener, "same_pair", suggested.pk), said)
    stands = at(convener, "organisation", suggested.other_id)
    assert answer["Location"] == stands
    assert browser.get(at(convener, "organisation", suggested.one_id))["Location"] == stands
    assert "was found to be the same" in browser.get(stands).content.decode()
    assert browser.get(at(convener, "organisation", 999_999)).status_code == 404


def test_whoever_decides_second_is_shown_the_first_decision_and_keeps_what_they_wrote(
    suggested: Pairing, convener: Member, browser: Client, member_with: Callable[..., Member]
) -> None:
    version = suggested.version
    say(suggested, "later", member_with(Standing.FACILITATOR), why="I will ring them")
    said = {"version": version, "state": "same", "stands": suggested.one_id, "why": "One office"}
    answer = browser.post(at(convener, "same_pair", suggested.pk), said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "I will ring them" in page
    assert "One office" in page
    assert not Merge.objects.exists()


def test_a_question_about_numbers_stands_only_where_there_is_one(convener: Member, browser: Client) -> None:
    one = body(convener.place, "Otter Watch", "GB-SC-SC012345")
    other = body(convener.place, "Credit Union", "GB-SC-SC012345")
    look(convener)
    page = browser.get(at(convener, "same_pair", pairing(one, other).pk)).content.decode()
    assert "whose is the number they share?" in page
    assert "registered anew" not in page


def test_parting_is_asked_first_and_tells_what_stays(suggested: Pairing, convener: Member, browser: Client) -> None:
    suggested.other.names.create(name="Otters of old")
    event = say(suggested, "same", convener, stands=suggested.one_id)
    assert event is not None
    body_of = event.survivor
    body_of.names.create(name="The Otters")
    address = at(convener, "same_part", event.pk)
    page = browser.get(address).content.decode()
    assert "Added since they were put together" in page
    assert "What came over, and goes back" in page
    answer = browser.post(address, {"confirm": "yes"}, follow=True).content.decode()
    assert "Look whose it is" in answer
    assert Organisation.objects.filter(place=convener.place).count() == 2


def test_a_decision_is_let_go_of_only_after_asking(suggested: Pairing, convener: Member, browser: Client) -> None:
    say(suggested, "different", convener)
    decision = Remembered.objects.get()
    address = at(convener, "same_lift", decision.pk)
    assert "Let go of the decision" in browser.get(address).content.decode()
    browser.post(address, {"confirm": "yes"})
    decision.refresh_from_db()
    assert decision.lifted_at


def test_looking_is_asked_for_by_one_button(convener: Member, browser: Client) -> None:
    assert "Nobody has looked yet" in browser.get(at(convener, "same")).content.decode()
    browser.post(at(convener, "same_look"))
    assert "As of" in browser.get(at(convener, "same")).content.decode()


def test_where_suggestions_are_switched_off_nothing_is_compared(
    convener: Member, browser: Client, settings: Any
) -> None:
    settings.MACHINE_SUGGESTIONS = False
    assert browser.post(at(convener, "same_look")).status_code == 409


def test_private_postcodes_and_reasons_are_for_the_team_alone(
    suggested: Pairing, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    event = say(suggested, "same", convener, stands=suggested.one_id, why="Ann told me")
    assert event is not None
    partner = client_for(member_with(Standing.PARTNER))
    page = partner.get(at(convener, "organisation", suggested.one_id)).content.decode()
    assert "was found to be the same" in page
    assert "Ann told me" not in page
    assert "ZE1" not in page
    assert partner.get(at(convener, "same")).status_code == 403


def test_the_pages_stay_within_their_queries(
    convener: Member, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        name = f"Otter Watch {chr(65 + number)}{chr(66 + number)}"
        body(convener.place, name, at="ZE1 0AA")
        body(convener.place, f"{name} Ltd", f"GB-SC-SC00000{number}")
    batch = bring(convener, {"id": "GB-SC-SC012345", "name": "Sea Eagles"})
    for organisation in Organisation.objects.all():
        organisation.records.create(batch=batch, source="360Giving", name=organisation.name)
    look(convener)
    first = Pairing.objects.filter(is_suggested=True).first()
    assert first is not None
    last = body(convener.place, "Lutra")
    merge(survivor=body(convener.place, "Seals"), gone=last, by=convener)
    for address in (
        at(convener, "same"),
        at(convener, "same_pair", first.pk),
        at(convener, "merged"),
        at(convener, "organisation", first.one_id),
    ):
        browser.get(address)
        with django_assert_max_num_queries(12):
            assert browser.get(address).status_code == 200
