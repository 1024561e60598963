"""Low scores of a place suggest needs; a person takes one up, or refuses it for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import Need, ProposedNeed
from placeweave.jigsaw.services import NeedSaid
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused
from placeweave.listening import services as listening
from placeweave.listening.models import Assessment
from placeweave.listening.services import AssessmentFacts, Sheet
from placeweave.places.models import Member, Place
from placeweave.places.services import load_frameworks

At = Callable[..., str]
SAID = NeedSaid(title="A bus after six", kind="vehicle_equipment", asked_for="People of Shore Road")


@pytest.fixture
def at(place: Place) -> At:
    return lambda name, *parts: reverse(f"jigsaw:{name}", args=[place.slug, *parts])


@pytest.fixture
def assessment(convener: Member) -> Assessment:
    load_frameworks()
    return listening.begin_assessment(facts=AssessmentFacts("On foot"), by=convener)


def wave(assessment: Assessment, scores: Mapping[str, int], *, by: Member) -> None:
    listening.open_wave(assessment=assessment, by=by)
    for _number in range(6):
        listening.take_sheet(assessment=assessment, sheet=Sheet(scores))
    listening.close_wave(assessment=assessment, by=by)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_b38_a_low_score_is_taken_up_as_a_need_that_says_what_it_rests_on(
    assessment: Assessment, place: Place, convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    wave(assessment, {"2": 2, "5": 6}, by=convener)
    browser = client_for(convener)
    assert [one.heading for one in queries.proposed_needs(place)] == ["2"]
    assert "Suggested from the place assessment" in text_of(browser.get(at("needs")))
    take_up = at("proposed_take_up", assessment.pk, "2", 0)
    assert "2 of 7 (median;" in text_of(browser.get(take_up))
    said = {"title": "A bus after six", "asked_for": "Everybody", "kind": "vehicle_equipment", "priority": "2"}
    made = browser.post(take_up, said)
    need = Need.objects.get()
    assert made.url == at("need", need.pk)
    page = text_of(browser.get(made.url))
    assert "Everybody who answered scored “Public transport” 2 of 7" in page
    assert reverse("listening:assessment", args=[place.slug, assessment.pk]) in page
    assert "Suggested from the place assessment" not in text_of(browser.get(at("needs")))


def test_i14_a_refused_suggestion_stays_away_in_later_waves(
    assessment: Assessment, place: Place, convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    wave(assessment, {"2": 2}, by=convener)
    client_for(convener).post(at("proposed_refuse", assessment.pk, "2", 0), {"why": "Not ours to mend."})
    assert ProposedNeed.objects.get().why == "Not ours to mend."
    assert not queries.proposed_needs(place)
    wave(assessment, {"2": 1, "3": 1}, by=convener)
    assert [one.heading for one in queries.proposed_needs(place)] == ["3"]


def test_what_fewer_people_scored_than_may_be_shown_is_not_suggested(
    assessment: Assessment, place: Place, convener: Member
) -> None:
    listening.open_wave(assessment=assessment, by=convener)
    for _number in range(4):
        listening.take_sheet(assessment=assessment, sheet=Sheet({"2": 1}))
    listening.close_wave(assessment=assessment, by=convener)
    assert not queries.proposed_needs(place)


def test_two_people_do_not_decide_on_one_score(assessment: Assessment, place: Place, convener: Member) -> None:
    wave(assessment, {"2": 2}, by=convener)
    low = queries.proposed_needs(place)[0]
    services.take_up(place=place, low=low, said=SAID, by=convener)
    with pytest.raises(NotReady):
        services.take_up(place=place, low=low, said=SAID, by=convener)
    assert Need.objects.count() == 1


def test_only_the_team_refuses(
    assessment: Assessment, place: Place, convener: Member, member_with: Callable[..., Member]
) -> None:
    wave(assessment, {"2": 2}, by=convener)
    low = queries.proposed_needs(place)[0]
    with pytest.raises(Refused):
        services.refuse_proposed(place=place, low=low, why="", by=member_with(Standing.COMMUNITY))


def test_one_place_knows_nothing_of_the_scores_of_another(
    assessment: Assessment, other_place: Place, convener: Member
) -> None:
    wave(assessment, {"2": 2}, by=convener)
    assert not queries.proposed_needs(other_place)
