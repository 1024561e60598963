"""Run sheets: order, clock, two people at once, and what prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Session, Step
from placeweave.gatherings.models.run_sheet import StepFacts
from placeweave.gatherings.queries.run_sheet import run_sheet
from placeweave.gatherings.services.run_sheet import MOST_STEPS
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories

ClientFor = Callable[[Member], Client]


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    return factories.SessionFactory(place=place, host=convener)


def step(session: Session, by: Member, title: str, minutes: int = 10, **more: object) -> Step:
    return services.add_step(session=session, facts=StepFacts(title, minutes, **more), by=by)


def titles(session: Session) -> list[str]:
    return [one.title for one in session.steps.all()]


def clock(session: Session) -> dict[str, int]:
    """When each step begins, in minutes from the beginning."""
    return {
        line.step.title: (line.begins_at - session.begins_at) // timedelta(minutes=1)
        for line in run_sheet(session).lines
    }


def test_b11_the_clock_is_worked_out_from_the_beginning(session: Session, convener: Member) -> None:
    for title, minutes in (("Arriving", 10), ("Check-in", 15), ("Talk", 30)):
        step(session, convener, title, minutes)
    assert clock(session) == {"Arriving": 0, "Check-in": 10, "Talk": 25}
    sheet = run_sheet(session)
    assert (sheet.minutes, sheet.length, sheet.over, sheet.spare) == (55, 120, 0, 65)


def test_b52_what_is_for_the_room_and_what_is_for_those_online_goes_on_side_by_side(
    session: Session, convener: Member
) -> None:
    step(session, convener, "Arriving", 10)
    step(session, convener, "In the hall", 30, audience="room")
    step(session, convener, "On the call", 20, audience="online")
    step(session, convener, "Together", 10)
    assert clock(session) == {"Arriving": 0, "In the hall": 10, "On the call": 10, "Together": 40}
    assert run_sheet(session).minutes == 50


def test_a_run_sheet_that_runs_over_says_so(session: Session, convener: Member, client_for: ClientFor) -> None:
    step(session, convener, "Talk", 130)
    page = client_for(convener).get(reverse("gatherings:run_sheet", args=[session.place.slug, session.pk]))
    assert "it runs over by 10 minutes" in page.content.decode()


def test_steps_are_added_between_moved_and_taken_out(session: Session, convener: Member) -> None:
    first, last = step(session, convener, "First"), step(session, convener, "Last")
    middle = services.add_step(session=session, facts=StepFacts("Middle", 5), by=convener, after=first)
    assert titles(session) == ["First", "Middle", "Last"]
    services.move_step(step=last, up=True, by=convener)
    services.move_step(step=first, up=True, by=convener)
    assert titles(session) == ["First", "Last", "Middle"], "the first stays first"
    services.take_out(step=middle, version=1, by=convener)
    services.add_break(after=first, by=convener)
    assert titles(session) == ["First", "Break", "Last"]
    assert session.steps.get(title="Break").is_break


def test_two_who_change_one_step_are_both_shown_and_moving_stops_nobody(session: Session, convener: Member) -> None:
    one = step(session, convener, "Talk")
    step(session, convener, "Tea")
    services.move_step(step=one, up=False, by=convener)
    services.change_step(step=one, facts=StepFacts("Talk in pairs", 10), version=1, by=convener)
    with pytest.raises(Conflict) as conflict:
        services.change_step(step=one, facts=StepFacts("Talk in a circle", 10), version=1, by=convener)
    assert "Talk in pairs" in conflict.value.theirs.values()
    assert "Talk in a circle" in conflict.value.yours.values()
    with pytest.raises(NotReady):
        services.take_out(step=one, version=1, by=convener)
    assert "Talk in pairs" in titles(session)


def test_a_step_that_was_taken_out_meanwhile_is_not_brought_back(session: Session, convener: Member) -> None:
    one = step(session, convener, "Talk")
    services.take_out(step=one, version=1, by=convener)
    one.pk = 1_000_000
    for deed in (
        lambda: services.change_step(step=one, facts=StepFacts("Talk", 10), version=1, by=convener),
        lambda: services.add_step(session=session, facts=StepFacts("Tea", 5), by=convener, after=one),
    ):
        with pytest.raises(NotReady):
            deed()
    assert titles(session) == []


def test_a_run_sheet_holds_only_what_can_be_run(session: Session, convener: Member) -> None:
    services.lay(session=session, steps=[StepFacts("A", 1)] * MOST_STEPS, by=convener)
    with pytest.raises(Unsound):
        step(session, convener, "One too many")
    with pytest.raises(NotReady):
        services.lay(session=session, steps=[StepFacts("A", 1)], by=convener)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_only_the_team_writes_run_sheets(
    session: Session, convener: Member, member_with: Callable[..., Member], standing: Standing
) -> None:
    by, one = member_with(standing), step(session, convener, "Talk")
    for deed in (
        lambda: step(session, by, "Mine"),
        lambda: services.change_step(step=one, facts=StepFacts("Mine", 1), version=1, by=by),
        lambda: services.move_step(step=one, up=True, by=by),
        lambda: services.take_out(step=one, version=1, by=by),
        lambda: services.prepare(session=session, purpose="", pre_work="", practice_task="", version=0, by=by),
    ):
        with pytest.raises(Refused):
            deed()


def test_another_places_steps_are_not_found(
    session: Session, convener: Member, other_place: Place, client_for: ClientFor
) -> None:
    one = step(session, convener, "Talk")
    stranger = factories.MemberFactory(place=other_place)
    for name in ("step_edit", "step_move", "step_break", "step_take_out"):
        address = reverse(f"gatherings:{name}", args=[other_place.slug, one.pk])
        assert client_for(stranger).post(address).status_code == 404
    with pytest.raises(Refused):
        services.take_out(step=one, version=1, by=stranger)


def test_a_run_sheet_is_written_by_forms_alone(session: Session, convener: Member, client_for: ClientFor) -> None:
    browser, slug = client_for(convener), session.place.slug
    add = reverse("gatherings:step_new", args=[slug, session.pk])
    for title in ("Check-in", "Talk"):
        said = {"title": title, "minutes": "20", "audience": "everybody", "materials": "Bell, Pens"}
        assert browser.post(add, said).status_code == 302
    assert browser.post(add, {"title": "", "minutes": "0"}).status_code == 422
    first = session.steps.first()
    assert browser.post(reverse("gatherings:step_move", args=[slug, first.pk]), {"to": "down"}).status_code == 302
    assert browser.post(reverse("gatherings:step_break", args=[slug, first.pk])).status_code == 302
    assert titles(session) == ["Talk", "Check-in", "Break"]
    out = reverse("gatherings:step_take_out", args=[slug, first.pk])
    assert 'name="version" value="1"' in browser.get(out).content.decode()
    assert browser.post(out, {"version": "1"}).status_code == 302
    page = browser.get(reverse("gatherings:run_sheet", args=[slug, session.pk])).content.decode()
    begins = timezone.localtime(session.begins_at)
    assert f"{begins:%H:%M}" in page
    assert f"{begins + timedelta(minutes=20):%H:%M}" in page
    assert page.count('<li dir="auto">Bell</li>') == 1, "what to bring is listed once"
    assert page.index("Talk") < page.index("Break")


def test_a_run_sheet_of_many_steps_asks_the_database_no_more_often(
    session: Session, convener: Member, client_for: ClientFor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    services.lay(session=session, steps=[StepFacts(f"Step {n}", 5) for n in range(30)], by=convener)
    browser, address = client_for(convener), reverse("gatherings:run_sheet", args=[session.place.slug, session.pk])
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert browser.get(address).status_code == 200
