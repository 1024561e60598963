"""Sessions: who makes them, and what holds for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Session
from placeweave.gatherings.services import cohorts, retention
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed

MemberMaker = Callable[..., Member]


def facts(by: Member, **more: Any) -> services.SessionFacts:
    begins = timezone.now() + timedelta(days=3)
    return services.SessionFacts(
        **{
            "title": "W",
            "begins_at": begins,
            "ends_at": begins + timedelta(hours=2),
            "capacity": 6,
            "host": by,
            **more,
        }
    )


def made(by: Member, **more: Any) -> Session:
    return services.make(place=by.place, facts=facts(by, **more), by=by)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_only_the_team_plans_sessions(member_with: MemberMaker, standing: Standing, convener: Member) -> None:
    by = member_with(standing)
    with pytest.raises(Refused):
        services.make(place=by.place, facts=facts(convener), by=by)
    with pytest.raises(Refused):
        cohorts.begin_programme(place=by.place, facts=cohorts.ProgrammeFacts("P"), by=by)
    with pytest.raises(Refused):
        services.cancel(session=made(convener), by=by)


def test_a_convener_of_one_place_reaches_into_no_other(convener: Member, other_place: Place) -> None:
    stranger = factories.MemberFactory(place=other_place)
    session = made(convener)
    for deed in (services.open_up, services.cancel, services.mark_held):
        with pytest.raises(Refused):
            deed(session=session, by=stranger)
    with pytest.raises(Refused):
        services.edit(session=session, facts=facts(stranger), version=1, by=stranger)
    programme = cohorts.begin_programme(place=other_place, facts=cohorts.ProgrammeFacts("P"), by=stranger)
    cohort = cohorts.begin_cohort(programme=programme, facts=cohorts.CohortFacts("C"), by=stranger)
    for wrong in ({"cohort": cohort}, {"host": stranger}):
        with pytest.raises(Unsound):
            made(convener, **wrong)


def test_a_session_is_run_by_one_of_the_team(convener: Member, member_with: MemberMaker) -> None:
    with pytest.raises(Unsound):
        made(convener, host=member_with(Standing.PARTNER))
    gone = member_with(Standing.FACILITATOR, left_at=timezone.now())
    with pytest.raises(Unsound):
        made(convener, host=gone)
    programme = cohorts.begin_programme(place=convener.place, facts=cohorts.ProgrammeFacts("P"), by=convener)
    with pytest.raises(Unsound):
        cohorts.begin_cohort(programme=programme, facts=cohorts.CohortFacts("C", host=gone), by=convener)


def test_a_session_ends_after_it_begins(convener: Member) -> None:
    now = timezone.now()
    with pytest.raises(Unsound):
        made(convener, begins_at=now, ends_at=now)


@pytest.mark.parametrize("year", [1, 1921, 2927, 9999])
def test_a_slip_in_the_year_is_refused_and_burdens_no_calendar(year: int, convener: Member) -> None:
    begins = datetime(year, 12, 31, 22, tzinfo=convener.place.zone)
    with pytest.raises(Unsound, match="Look at the year again"):
        made(convener, begins_at=begins, ends_at=begins + timedelta(hours=1))


def test_an_hour_that_the_clock_leaves_out_is_told_apart(convener: Member) -> None:
    night = partial(datetime, 2027, 3, 28, tzinfo=convener.place.zone)
    with pytest.raises(Unsound, match="clocks go forward"):
        made(convener, begins_at=night(1, 30), ends_at=night(2, 30))
    assert made(convener, begins_at=night(0, 30), ends_at=night(2, 30)).pk


def test_a_draft_is_opened_once_and_not_for_yesterday(convener: Member) -> None:
    session = made(convener)
    assert services.open_up(session=session, by=convener).state == "open"
    with pytest.raises(NotReady):
        services.open_up(session=session, by=convener)
    begins = timezone.now() - timedelta(days=1)
    with pytest.raises(NotReady):
        services.open_up(session=made(convener, begins_at=begins, ends_at=begins + timedelta(hours=1)), by=convener)


def test_a_session_people_come_to_does_not_slip_into_the_past_where_they_would_be_erased(convener: Member) -> None:
    session = factories.SessionFactory(place=convener.place, host=convener)
    one, begins = signed(session), timezone.now() - timedelta(days=360)
    slip = facts(convener, begins_at=begins, ends_at=begins + timedelta(hours=2))
    with pytest.raises(NotReady, match="would have begun already"):
        services.edit(session=session, facts=slip, version=1, by=convener)
    retention.erase_due()
    one.refresh_from_db()
    assert one.name == "Isla"


def test_an_offer_ends_when_a_session_begins_that_was_brought_forward(convener: Member) -> None:
    session = factories.SessionFactory(place=convener.place, host=convener, capacity=1)
    first, second = signed(session, "Isla"), signed(session, "Rory")
    services.leave(sign_up=first)
    soon = timezone.now() + timedelta(hours=2)
    sooner = facts(convener, capacity=1, begins_at=soon, ends_at=soon + timedelta(hours=1))
    services.edit(session=session, facts=sooner, version=1, by=convener)
    second.refresh_from_db()
    assert (second.state, second.offer_until) == ("offered", soon)


def test_what_was_not_yet_begun_was_not_held(convener: Member) -> None:
    session = services.open_up(session=made(convener), by=convener)
    with pytest.raises(NotReady):
        services.mark_held(session=session, by=convener)
    Session.objects.filter(pk=session.pk).update(begins_at=timezone.now() - timedelta(minutes=1))
    assert services.mark_held(session=session, by=convener).state == "held"
    with pytest.raises(NotReady):
        services.edit(session=session, facts=facts(convener), version=session.version, by=convener)


def test_two_people_editing_are_both_shown(convener: Member) -> None:
    session = made(convener)
    services.edit(session=session, facts=facts(convener, where="Pier Hall"), version=1, by=convener)
    with pytest.raises(Conflict) as conflict:
        services.edit(session=session, facts=facts(convener, where="Library"), version=1, by=convener)
    assert "Pier Hall" in conflict.value.theirs.values()
    assert "Library" in conflict.value.yours.values()
