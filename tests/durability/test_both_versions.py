"""Whoever saves second, in any room, sees both versions; what they typed comes back, and sending again is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from placeweave.gatherings.models import HandOver, Preparation, Session, Step, Tried
from placeweave.listening.models import Assessment
from placeweave.places.models import DutyContact, Issue, Member, Place
from placeweave.themes.models import WhatWeHeard
from tests import factories

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Edited:
    """A record with a form: how it is made, where it is changed, and which field is typed into."""

    route: str
    make: Callable[[Place], models.Model]
    field: str
    more: Callable[[Any], dict[str, Any]] = lambda _made: {}


def _commitment(place: Place) -> models.Model:
    return factories.CommitmentFactory(place=place, promised_to="the choir")


def _session(place: Place) -> Session:
    return factories.SessionFactory(place=place)


def _step(place: Place) -> models.Model:
    return Step.objects.create(session=_session(place), position=1, title="Talk", minutes=5)


def _tried(place: Place) -> models.Model:
    return Tried.objects.create(place=place, member=place.members.get(), card="walk-the-place", on="2026-01-05")


def _assessment(place: Place) -> models.Model:
    return Assessment.objects.create(place=place, title="On foot", framework_version="2022")


EVERY = {
    "theme": Edited("themes:edit", lambda place: factories.ThemeFactory(place=place), "title",
                    lambda _made: {"status": "settled"}),
    "what we heard": Edited("themes:told_edit", lambda place: WhatWeHeard.objects.create(place=place, title="Told"),
                            "title"),
    "series": Edited("listening:edit_series", lambda place: factories.SeriesFactory(place=place), "guiding_question",
                     lambda made: {"title": made.title}),
    "conversation": Edited("listening:edit_conversation", lambda place: factories.ConversationFactory(place=place),
                           "harvest_note", lambda made: {"title": made.title, "method": "circle"}),
    "assessment": Edited("listening:edit_assessment", _assessment, "about", lambda made: {"title": made.title}),
    "session": Edited("gatherings:edit", _session, "where",
                      lambda made: {"title": made.title, "kind": "workshop", "on": "2099-01-01", "begins": "10:00",
                                    "ends": "11:00", "mode": "room", "capacity": 2, "offer_hours": 24,
                                    "host": made.place.members.get().pk}),
    "step": Edited("gatherings:step_edit", _step, "how",
                   lambda _made: {"title": "Talk", "minutes": 5, "audience": "everybody"}),
    "preparation": Edited("gatherings:prepare", lambda place: Preparation.objects.create(session=_session(place)),
                          "purpose"),
    "hand-over": Edited("gatherings:hand_over_edit", lambda place: HandOver.objects.create(session=_session(place)),
                        "way_in"),
    "practice": Edited("gatherings:tried_edit", _tried, "noticed",
                       lambda _made: {"on": "2026-01-05", "done": "Walked", "sharing": "own"}),
    "piece": Edited("jigsaw:piece_edit", lambda place: factories.PieceFactory(place=place), "title",
                    lambda made: {"kind": made.kind, "organisation": made.organisation_id, "sharability": "ask"}),
    "need": Edited("jigsaw:need_edit", lambda place: factories.NeedFactory(place=place, asked_for="the choir"), "title",
                   lambda made: {"kind": made.kind, "priority": made.priority, "asked_for": "the choir"}),
    "commitment": Edited("action:edit", _commitment, "what",
                         lambda made: {"promised_to": "the choir", "person": made.person_id}),
    "organisation": Edited("places:organisation_edit", lambda place: factories.OrganisationFactory(place=place), "name",
                           lambda made: {"sector": made.sector}),
    "issue": Edited("places:issue_edit", lambda place: factories.IssueFactory(place=place), "title",
                    lambda _made: {"state": "live"}),
    "settings": Edited("places:settings", lambda place: place, "description",
                       lambda made: {"name": made.name, "kind": made.kind, "threshold": 5}),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_whoever_saves_second_sees_both_versions_and_loses_nothing(
    name: str, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    one = EVERY[name]
    made = one.make(convener.place)
    args = [convener.place.slug] if isinstance(made, Place) else [convener.place.slug, made.pk]
    address, browser = reverse(one.route, args=args), client_for(convener)
    type(made)._base_manager.filter(pk=made.pk).update(**{one.field: "Theirs to keep", "version": 2})
    typed = {**one.more(made), one.field: "Mine as typed"}

    told = browser.post(address, {**typed, "version": 1})
    page = told.content.decode()
    assert told.status_code == 409
    assert page.count('class="conflict"') == 1
    assert "Theirs to keep" in page
    assert page.count("Mine as typed") >= 2, "beside the other version, and still in the form"
    assert 'name="version" value="2"' in page
    made.refresh_from_db()
    assert getattr(made, one.field) == "Theirs to keep"

    meant = browser.post(address, {**typed, "version": 2})
    assert meant.status_code == 302, meant.content.decode()
    made.refresh_from_db()
    assert (getattr(made, one.field), made.version) == ("Mine as typed", 3)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", EVERY)
def test_a_form_that_says_no_version_writes_over_nobody(
    name: str, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    one = EVERY[name]
    made = one.make(convener.place)
    args = [convener.place.slug] if isinstance(made, Place) else [convener.place.slug, made.pk]
    typed = {**one.more(made), one.field: "Mine as typed"}
    assert client_for(convener).post(reverse(one.route, args=args), typed).status_code == 409
    before = getattr(made, one.field)
    made.refresh_from_db()
    assert getattr(made, one.field) == before


def _rows(*contacts: tuple[str, str]) -> dict[str, str]:
    sent = {"form-TOTAL_FORMS": str(len(contacts)), "form-INITIAL_FORMS": "0"}
    for n, (title, how) in enumerate(contacts):
        sent |= {f"form-{n}-title": title, f"form-{n}-how": how}
    return sent


def test_the_second_to_change_the_duty_contacts_sees_both_lists(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    address, browser = reverse("places:duty_contacts", args=[convener.place.slug]), client_for(convener)
    browser.post(address, {**_rows(("Duty desk", "0800 theirs")), "version": "1"})
    told = browser.post(address, {**_rows(("Night nurse", "0800 mine")), "version": "1"})
    page = told.content.decode()
    assert told.status_code == 409
    assert "0800 theirs" in page
    assert page.count("0800 mine") == 2
    assert DutyContact.objects.get().title == "Duty desk"
    both = _rows(("Duty desk", "0800 theirs"), ("Night nurse", "0800 mine"))
    assert browser.post(address, {**both, "version": "2"}).status_code == 302
    assert [one.title for one in DutyContact.objects.all()] == ["Duty desk", "Night nurse"]


def test_settings_and_duty_contacts_do_not_stand_in_each_others_way(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    slug, browser = convener.place.slug, client_for(convener)
    contacts = {**_rows(("Duty desk", "0800")), "version": "1"}
    settings = {"name": "Clachan", "kind": "town", "threshold": "5", "version": "1"}
    assert browser.post(reverse("places:duty_contacts", args=[slug]), contacts).status_code == 302
    assert browser.post(reverse("places:settings", args=[slug]), settings).status_code == 302


def test_who_is_on_an_issue_is_compared_by_name(convener: Member, client_for: Callable[[Member], Client]) -> None:
    issue = factories.IssueFactory(place=convener.place)
    theirs, mine = (
        factories.OrganisationFactory(place=convener.place, name=name) for name in ("The Shed", "The Choir")
    )
    issue.organisations.set([theirs])
    issue.facilitators.set([convener])
    Issue.objects.update(version=2)
    sent = {"title": issue.title, "state": "live", "organisations": [mine.pk], "version": "1"}
    told = client_for(convener).post(reverse("places:issue_edit", args=[convener.place.slug, issue.pk]), sent)
    conflict = told.context["form"].conflict
    assert conflict.theirs["Organisations on it"] == "The Shed"
    assert conflict.yours["Organisations on it"] == "The Choir"
    assert conflict.theirs["Facilitators"] == convener.display_name
    assert told.context["form"]["organisations"].value() == [str(mine.pk)], "what was ticked is ticked still"
