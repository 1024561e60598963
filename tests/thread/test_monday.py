"""The Monday page: what is due, overdue, silent and kept, and what was made of the week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings.models import Session
from placeweave.jigsaw import services as jigsaw
from placeweave.jigsaw.models import Introduction, TieReply
from placeweave.jigsaw.services import NoteSaid, ReplySaid
from placeweave.kit.access import Standing
from placeweave.places.models import Member, Organisation, Place
from placeweave.thread.queries.monday import monday
from tests import factories


def test_due_overdue_silent_and_kept_are_told_apart(place: Place) -> None:
    today, now = timezone.localdate(), timezone.now()
    late = factories.CommitmentFactory(place=place, due_on=today - timedelta(days=1))
    soon = factories.CommitmentFactory(place=place, due_on=today + timedelta(days=3))
    silent = factories.CommitmentFactory(place=place, created_at=now - timedelta(days=30))
    kept = factories.CommitmentFactory(place=place, state="kept", last_word_at=now - timedelta(days=2))
    long_ago = now - timedelta(days=9)
    factories.CommitmentFactory(place=place, state="kept", due_on=date(2020, 1, 1), last_word_at=long_ago)
    factories.CommitmentFactory(place=place, due_on=today + timedelta(days=30))
    week = monday(place)
    assert (week.overdue, week.due, week.silent, week.kept) == ([late], [soon], [silent], [kept])


def test_another_places_week_is_not_told(place: Place, other_place: Place) -> None:
    factories.CommitmentFactory(place=other_place, due_on=timezone.localdate())
    factories.ContributionFactory(place=other_place)
    week = monday(place)
    assert not week.due
    assert week.heard_this_week == 0


def test_the_sessions_of_the_next_seven_days_come_first(place: Place, other_place: Place) -> None:
    now = timezone.now()

    def at(days: int, **fields: object) -> Session:
        begins = now + timedelta(days=days)
        return factories.SessionFactory(
            **{"place": place, "begins_at": begins, "ends_at": begins + timedelta(hours=2), **fields}
        )

    later, soon, planned = at(5), at(1), at(3, state="draft")
    at(9), at(-2), at(2, state="cancelled"), at(2, place=other_place)  # too late, over, called off, elsewhere
    assert monday(place).sessions == [soon, planned, later]


def test_what_came_in_this_week_is_counted(place: Place) -> None:
    factories.ContributionFactory.create_batch(2, place=place)
    factories.ContributionFactory(place=place, created_at=timezone.now() - timedelta(days=8))
    assert monday(place).heard_this_week == 2


def test_those_who_spoke_and_were_not_told_are_owed_an_answer(place: Place, convener: Member) -> None:
    factories.ContributionFactory(place=place, said_on=timezone.localdate() - timedelta(days=60))
    factories.ContributionFactory(place=place, told_on=timezone.localdate())
    [debt] = monday(place).debts
    assert (debt.people, debt.is_overdue) == (1, True)


def partners(place: Place) -> list[Organisation]:
    return [factories.OrganisationFactory(place=place, name=name) for name in ("Academy", "Fire", "Police", "Shed")]


def introduced(place: Place, one: Organisation, other: Organisation, days: int) -> Introduction:
    today = timezone.localdate()
    made, ask = today - timedelta(days=days), today - timedelta(days=days - 30)
    return Introduction.objects.create(
        place=place, one=one, other=other, subject="Meet", words="Dear both", made_on=made, ask_on=ask
    )


def noted(by: Member, about: Organisation, days: int, feel: str = "fine") -> None:
    day = timezone.localdate() - timedelta(days=days)
    jigsaw.note_contact(said=NoteSaid("Morag at the gate", [about], day, feel=feel), by=by)


def test_introductions_whose_outcome_is_due_are_asked_about_until_it_is_said(place: Place, convener: Member) -> None:
    academy, fire, police, _shed = partners(place)
    due = introduced(place, academy, fire, days=31)
    introduced(place, academy, police, days=29)
    assert [(one.one, one.other, one.key) for one in monday(place).concerns.due] == [("Academy", "Fire", due.pk)]
    jigsaw.say_outcome(introduction=due, outcome=Introduction.Outcome.MET, words="", by=convener)
    assert not monday(place).concerns.due


def test_who_is_under_strain_comes_before_who_has_gone_quiet(place: Place, convener: Member) -> None:
    academy, fire, police, _shed = partners(place)
    noted(convener, fire, days=3)
    noted(convener, police, days=60)
    noted(convener, academy, days=1, feel="strained")
    found = [(one.one, one.kind) for one in monday(place, convener).concerns.own]
    assert found == [("Academy", "strained"), ("Police", "quiet")], "a partner never written of is no news"
    noted(convener, academy, days=0)
    assert [one.one for one in monday(place, convener).concerns.own] == ["Police"]


def test_what_a_convener_noted_is_on_no_other_conveners_monday(
    place: Place, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    academy, *_rest = partners(place)
    noted(convener, academy, days=1, feel="strained")
    page = reverse("thread:monday", args=[place.slug])
    own = client_for(convener).get(page).content.decode()
    assert "From your own notes. Only you see this." in own
    assert "under strain" in own
    for standing in (Standing.CONVENER, Standing.FACILITATOR):
        other = factories.MemberFactory(place=place, standing=standing)
        told = client_for(other).get(page).content.decode()
        assert "From your own notes" not in told
        assert "Academy" not in told


def test_ties_that_cooled_between_waves_are_told_once_the_answer_is_in(place: Place, convener: Member) -> None:
    academy, fire, police, _shed = partners(place)
    for levels, is_sent in (({fire: 4, police: 3}, True), ({fire: 1}, False)):
        wave = jigsaw.open_survey(place=place, lead="", closes_on=None, by=convener)
        reply = TieReply.objects.get(survey=wave, organisation=academy)
        said = ReplySaid({one.pk: level for one, level in levels.items()})
        jigsaw.save_reply(reply=reply, said=said, version=reply.version, is_sent=is_sent, by=convener)
        if is_sent:
            jigsaw.close_survey(survey=wave, by=convener)
    assert [(one.other, one.was, one.now) for one in monday(place).concerns.cooled] == [("Fire", 4, 1)]
    reply.refresh_from_db()
    jigsaw.save_reply(reply=reply, said=said, version=reply.version, is_sent=True, by=convener)
    told = {(one.other, one.was, one.now) for one in monday(place).concerns.cooled}
    assert told == {("Fire", 4, 1), ("Police", 3, 0)}, "whoever is left out of a sent answer is no contact"
