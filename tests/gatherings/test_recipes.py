"""Recipes: what comes with placeweave, what a place keeps, and a session started in a few minutes."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import OwnRecipe, Session
from placeweave.gatherings.models.run_sheet import Audience, StepFacts
from placeweave.gatherings.queries import recipes as queries
from placeweave.gatherings.queries.run_sheet import run_sheet
from placeweave.gatherings.recipes import Recipe, shipped
from placeweave.kit.access import Standing
from placeweave.kit.errors import Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories

ClientFor = Callable[[Member], Client]


@pytest.mark.parametrize("recipe", shipped(), ids=lambda one: one.key)
def test_b52_a_recipe_can_be_run_in_a_room_and_online(recipe: Recipe) -> None:
    assert recipe.kind in Session.Kind
    assert 30 <= recipe.minutes <= 240
    assert recipe.purpose
    assert recipe.about
    assert any(step.in_the_room for step in recipe.steps) or any(step.online for step in recipe.steps)
    assert {step.method for step in recipe.steps} & {"Check-in round", "Check-out round", "World Cafe"}
    for step in recipe.steps:
        assert step.audience in Audience
        assert len(step.title) <= 120
        assert len(step.how) <= 2000
        assert step.how or step.is_break, "a stand-in would not know what to do"


def test_there_are_recipes_for_the_year() -> None:
    keys = {one.key for one in shipped()}
    assert len(keys) == len(shipped()) >= 10
    assert {"exploratory-conversation", "synergy-session", "purpose-drafting", "action-learning-set"} <= keys


def started(browser: Client, slug: str, key: str, **more: str) -> str:
    begins = timezone.localtime() + timedelta(minutes=20)
    said = {
        "title": "The bus is cancelled",
        "on": f"{begins:%Y-%m-%d}",
        "begins": f"{begins:%H:%M}",
        "mode": "hybrid",
        "where": "Pier Hall",
        "joining_link": "https://meet.example.org/x",
        "capacity": "30",
        **more,
    }
    response = browser.post(reverse("gatherings:recipe", args=[slug, key]), said)
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def test_b52_an_unplanned_session_is_started_by_one_short_form(convener: Member, client_for: ClientFor) -> None:
    browser, slug = client_for(convener), convener.place.slug
    assert (
        "Start it, and open it"
        in browser.get(reverse("gatherings:recipe", args=[slug, "exploratory-conversation"])).content.decode()
    )
    location = started(browser, slug, "exploratory-conversation")
    made = Session.objects.get()
    assert (made.state, made.kind, made.mode, made.host) == ("open", "exploring", "hybrid", convener)
    sheet = run_sheet(made)
    assert (sheet.over, sheet.spare) == (0, 0), "it is as long as its recipe"
    assert [line.step.title for line in sheet.lines][:2] == ["Arriving", "Check-in"]
    page = browser.get(location).content.decode()
    assert reverse("signup:page", args=[made.code]) in page
    assert 'class="square"' in page
    assert "To hear what each of us sees" in Client().get(reverse("signup:page", args=[made.code])).content.decode(), (
        "whoever is invited reads what it is for"
    )
    papers = html.unescape(browser.get(reverse("gatherings:run_sheet", args=[slug, made.pk])).content.decode())
    assert "Open the call ten minutes early" in papers
    assert "One circle of chairs" in papers


def test_a_session_in_a_room_is_not_opened_without_saying_where(convener: Member, client_for: ClientFor) -> None:
    browser, slug = client_for(convener), convener.place.slug
    begins = timezone.localtime() + timedelta(days=1)
    said = {"title": "T", "on": f"{begins:%Y-%m-%d}", "begins": "10:00", "mode": "room", "capacity": "3"}
    address = reverse("gatherings:recipe", args=[slug, "synergy-session"])
    assert browser.post(address, said).status_code == 422
    assert browser.post(address, {**said, "on": "2020-01-01", "where": "Hall"}).status_code == 422, "begun already"
    slip = browser.post(address, {**said, "on": "9999-12-31", "begins": "23:50", "where": "Hall"})
    assert (slip.status_code, "Look at the year again" in slip.content.decode()) == (422, True)
    assert 'value="23:50"' in slip.content.decode(), "what was typed is still there"
    assert not Session.objects.exists()


def test_a_run_sheet_is_kept_as_the_places_own_recipe(
    convener: Member, client_for: ClientFor, other_place: Place
) -> None:
    session = factories.SessionFactory(place=convener.place, host=convener, kind="learning")
    with pytest.raises(Unsound):
        services.keep_recipe(session=session, title="Ours", about="", by=convener)
    services.add_step(session=session, facts=StepFacts("Soup", 20, method="Long table"), by=convener)
    browser, slug = client_for(convener), convener.place.slug
    keep = reverse("gatherings:recipe_keep", args=[slug, session.pk])
    assert browser.post(keep, {"title": "Ours", "about": "When it is cold."}).status_code == 302
    assert browser.post(keep, {"title": "Ours"}).status_code == 422, "one name, one recipe"
    own = OwnRecipe.objects.get()
    assert queries.shelf(convener.place)[0].title == "Ours"
    assert queries.recipe(other_place, f"own-{own.pk}") is None
    services.add_step(session=session, facts=StepFacts("Washing up", 10), by=convener)
    started(browser, slug, f"own-{own.pk}")
    made = Session.objects.get(title="The bus is cancelled")
    assert [one.title for one in made.steps.all()] == ["Soup"], "the recipe is as it was kept"
    assert made.kind == "learning"
    drop = reverse("gatherings:recipe_drop", args=[slug, own.pk])
    assert browser.get(drop).status_code == 200
    assert browser.post(drop).status_code == 302
    assert not OwnRecipe.objects.exists()
    assert made.steps.count() == 1


def test_an_empty_run_sheet_begins_from_a_recipe(convener: Member, client_for: ClientFor) -> None:
    session = factories.SessionFactory(place=convener.place, host=convener)
    browser, slug = client_for(convener), convener.place.slug
    page = browser.get(reverse("gatherings:run_sheet", args=[slug, session.pk])).content.decode()
    assert "Synergy session" in page
    lay = reverse("gatherings:run_sheet_lay", args=[slug, session.pk])
    assert browser.post(lay, {"recipe": "nothing-like-it"}).status_code == 302
    assert browser.post(lay, {"recipe": "synergy-session"}).status_code == 302
    assert session.steps.count() == len(queries.recipe(convener.place, "synergy-session").steps)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR])
def test_only_the_team_begins_from_recipes(
    convener: Member, member_with: Callable[..., Member], standing: Standing
) -> None:
    by = member_with(standing)
    session = factories.SessionFactory(place=convener.place)
    own = OwnRecipe.objects.create(place=convener.place, title="Ours")
    facts = services.SessionFacts("T", timezone.now(), timezone.now(), 3, convener)
    for deed in (
        lambda: services.start(place=convener.place, recipe=shipped()[0], facts=facts, by=by),
        lambda: services.keep_recipe(session=session, title="x", about="", by=by),
        lambda: services.drop_recipe(recipe=own, by=by),
    ):
        with pytest.raises(Refused):
            deed()
