"""The Monday page: what is due, overdue, silent and kept, and what was made of the week."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from placeweave.places.models import Member, Place
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


def test_what_came_in_this_week_is_counted(place: Place) -> None:
    factories.ContributionFactory.create_batch(2, place=place)
    factories.ContributionFactory(place=place, created_at=timezone.now() - timedelta(days=8))
    assert monday(place).heard_this_week == 2


def test_those_who_spoke_and_were_not_told_are_owed_an_answer(place: Place, convener: Member) -> None:
    factories.ContributionFactory(place=place, said_on=timezone.localdate() - timedelta(days=60))
    factories.ContributionFactory(place=place, told_on=timezone.localdate())
    [debt] = monday(place).debts
    assert (debt.people, debt.is_overdue) == (1, True)
