"""Designs: kept as versions, run again, and given to other places, each of which varies its own copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from placeweave.gatherings.models import Design, DesignVersion, OutlineSession, Programme
from placeweave.gatherings.queries import designs as queries
from placeweave.gatherings.services import cohorts, designs
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.applying import opened, programme

ClientFor = Callable[[Member], Client]
pytestmark = pytest.mark.django_db
TITLES = ("Arriving", "Listening", "Showing")


@pytest.fixture
def pilot(convener: Member) -> Programme:
    """A programme with three sessions, kept as its first version."""
    made = programme(convener, "Pilot")
    for title in TITLES:
        designs.add_session(programme=made, facts=designs.OutlineFacts(title, "p", gap_days=28), by=convener)
    designs.keep_version(programme=made, because="", by=convener)
    made.refresh_from_db()
    return made


def elsewhere(member: Member, standing: Standing = Standing.CONVENER) -> Place:
    """Another place, in which the same account has a standing."""
    return factories.MemberFactory(account=member.account, standing=standing).place


def changed(run: Programme, at: int, by: Member, **other: int | str) -> OutlineSession:
    line = run.outline.all()[at]
    said = {name: getattr(line, name) for name in designs.SAID} | other
    facts = designs.OutlineFacts(**said)
    return designs.change_session(line=line, facts=facts, version=line.version, by=by)


def standings(run: Programme) -> list[str]:
    return [one.standing for one in queries.lines(run)]


def text(client: Client, run: Programme) -> str:
    answer = client.get(reverse("gatherings:programme_design", args=[run.place.slug, run.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode().partition("<main")[2]))


def test_a6_a_programme_is_cloned_into_three_places_and_says_what_is_common_and_what_differs_here(
    pilot: Programme, convener: Member, client_for: ClientFor
) -> None:
    places = [elsewhere(convener) for _number in range(3)]
    give = reverse("gatherings:programme_give", args=[pilot.place.slug, pilot.pk])
    sent = client_for(convener).post(give, {"places": [str(one.pk) for one in places]})
    assert sent.status_code == 302
    runs = [Programme.objects.get(place=one) for one in places]
    assert [standings(one) for one in runs] == [["common"] * 3] * 3
    there = Member.objects.get(place=places[1], account=convener.account)
    changed(runs[1], 1, there, minutes=90)
    assert standings(runs[1]) == ["common", "differs", "common"]
    assert standings(runs[0]) == standings(pilot) == ["common"] * 3, "other places stay as they are"
    page = text(client_for(there), runs[1])
    assert "90 minutes, not 150" in page
    assert page.count("Common") >= 2
    across = queries.across(runs[1], there)
    assert across.places[0].programme.place == places[1]
    assert {one.programme.place for one in across.places} == {pilot.place, *places}
    assert [is_common for _session, _cells, is_common in across.rows] == [True, False, True]


def test_a6_a_design_crosses_as_text_alone_and_no_record_points_from_one_place_into_another(
    pilot: Programme, convener: Member
) -> None:
    place = elsewhere(convener)
    cohorts.begin_cohort(programme=pilot, facts=cohorts.CohortFacts("Secret"), by=convener)
    (run,) = designs.give(programme=pilot, places=[place], by=convener)
    assert (run.about, run.neighbourhoods, run.cohorts.count(), run.follows) == ("", "", 0, None)
    assert {one.place_id for one in Design.objects.filter(versions__programmes=run)} == {place.pk}
    assert DesignVersion.objects.filter(mark=pilot.design_version.mark).count() == 2  # type: ignore[union-attr]
    told = AuditEntry.objects.filter(place_id=pilot.place_id).values_list("summary", flat=True)
    assert not any(place.name in summary for summary in told)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, None])
def test_a6_nobody_gives_a_design_to_a_place_they_are_not_of_the_team_of(
    standing: Standing | None, pilot: Programme, convener: Member, client_for: ClientFor
) -> None:
    place = elsewhere(convener, standing) if standing else factories.PlaceFactory()
    own = elsewhere(convener)
    with pytest.raises(Refused, match="convene or facilitate yourself"):
        designs.give(programme=pilot, places=[own, place], by=convener)
    give = reverse("gatherings:programme_give", args=[pilot.place.slug, pilot.pk])
    assert client_for(convener).post(give, {"places": [str(place.pk)]}).status_code == 422
    assert not Programme.objects.exclude(pk=pilot.pk).exists(), "nothing is given by halves"


def test_a6_whoever_left_a_place_gives_it_nothing_and_sees_nothing_of_it(
    pilot: Programme, convener: Member, client_for: ClientFor
) -> None:
    place = elsewhere(convener)
    (run,) = designs.give(programme=pilot, places=[place], by=convener)
    Member.objects.filter(place=place).update(left_at=timezone.now())
    assert not queries.may_be_given(convener).exists()
    assert [one.programme for one in queries.across(pilot, convener).places] == [pilot]
    page = text(client_for(convener), pilot)
    assert place.name not in page
    assert run.place_id == place.pk


def test_a6_a_reader_of_one_place_learns_nothing_of_the_others(
    pilot: Programme, convener: Member, client_for: ClientFor
) -> None:
    place = elsewhere(convener)
    (run,) = designs.give(programme=pilot, places=[place], by=convener)
    there = Member.objects.get(place=place)
    changed(run, 0, there, purpose="Only for here.")
    partner = factories.MemberFactory(place=pilot.place, standing=Standing.PARTNER)
    page = text(client_for(partner), pilot)
    assert place.name not in page
    assert "Only for here." not in page
    assert "in your places" not in page
    stranger = factories.MemberFactory(place=place, standing=Standing.CONVENER)
    assert pilot.place.name not in text(client_for(stranger), run)


def test_a25_a_new_run_sets_out_from_what_the_last_run_learnt(pilot: Programme, convener: Member) -> None:
    changed(pilot, 1, convener, minutes=120)
    designs.add_session(programme=pilot, facts=designs.OutlineFacts("Meeting again"), by=convener)
    with pytest.raises(NotReady, match="Keep the outline as a version first"):
        designs.start_run(programme=pilot, title="Pilot, again", by=convener)
    version = designs.keep_version(programme=pilot, because="Two hours do.", by=convener)
    run = designs.start_run(programme=pilot, title="Pilot, again", by=convener)
    assert (version.number, run.design_version, run.follows) == (2, version, pilot)
    assert list(run.outline.values_list("title", "minutes")) == [
        ("Arriving", 150),
        ("Listening", 120),
        ("Showing", 150),
        ("Meeting again", 150),
    ]
    first = queries.versions(run).last()
    assert first is not None
    assert [one.minutes for one in first.sessions.all()] == [150, 150, 150], "a version is never changed"
    changed(run, 0, convener, title="Coming in")
    assert pilot.outline.all()[0].title == "Arriving", "the run before stays as it was"


def test_a25_an_outline_that_is_as_its_version_is_not_kept_twice(pilot: Programme, convener: Member) -> None:
    with pytest.raises(NotReady, match="Nothing differs"):
        designs.keep_version(programme=pilot, because="", by=convener)
    designs.move_up(line=pilot.outline.all()[2], by=convener)
    assert designs.keep_version(programme=pilot, because="Order.", by=convener).number == 2


def test_what_is_added_and_left_out_here_is_said(pilot: Programme, convener: Member) -> None:
    designs.take_out(line=pilot.outline.all()[0], by=convener)
    designs.add_session(programme=pilot, facts=designs.OutlineFacts("A walk"), by=convener)
    assert standings(pilot) == ["common", "common", "added", "left_out"]


def test_two_people_at_one_session_of_the_outline_both_keep_what_they_wrote(pilot: Programme, convener: Member) -> None:
    line = pilot.outline.all()[0]
    changed(pilot, 0, convener, minutes=60)
    with pytest.raises(Conflict):
        designs.change_session(line=line, facts=designs.OutlineFacts("Mine"), version=1, by=convener)


def test_the_sessions_of_a_cohort_are_drafted_from_the_outline_by_the_clock_of_the_place(
    pilot: Programme, convener: Member
) -> None:
    cohort = cohorts.begin_cohort(programme=pilot, facts=cohorts.CohortFacts("Autumn", capacity=9), by=convener)
    new = cohorts.begin_cohort(programme=pilot, facts=cohorts.CohortFacts("Spring"), by=convener)
    begins = datetime(2099, 10, 5, 18, 30, tzinfo=ZoneInfo("Europe/London"))
    made = designs.plan_sessions(cohort=cohort, begins_at=begins, where="Hall", host=convener, by=convener)
    assert [(one.title, one.state, one.capacity) for one in made] == [(one, "draft", 9) for one in TITLES]
    local = [timezone.localtime(one.begins_at).strftime("%d %B %H:%M") for one in made]
    assert local == ["05 October 18:30", "02 November 18:30", "30 November 18:30"]
    with pytest.raises(Unsound, match="Look at the year again"):
        designs.plan_sessions(cohort=new, begins_at=begins.replace(year=9999), where="", host=convener, by=convener)
    spring = datetime(2099, 3, 29, 0, 45, tzinfo=ZoneInfo("Europe/London"))
    [first, *_rest] = designs.plan_sessions(cohort=new, begins_at=spring, where="", host=convener, by=convener)
    assert first.ends_at - first.begins_at == made[0].ends_at - made[0].begins_at, "as long, though a clock changes"
    with pytest.raises(NotReady, match="has none yet"):
        designs.plan_sessions(cohort=cohort, begins_at=begins, where="Hall", host=convener, by=convener)


def test_another_places_outline_is_not_found_and_not_written(
    pilot: Programme, other_place: Place, client_for: ClientFor
) -> None:
    stranger = factories.MemberFactory(place=other_place)
    browser, line = client_for(stranger), pilot.outline.all()[0]
    for name, pk in (
        *((f"outline_{deed}", line.pk) for deed in ("edit", "up", "out")),
        *((name, pilot.pk) for name in ("programme_design", "programme_give", "programme_run", "design_keep")),
        ("outline_new", pilot.pk),
        ("cohort_plan", opened(Member.objects.get(place=pilot.place)).pk),
    ):
        answer = browser.post(reverse(f"gatherings:{name}", args=[other_place.slug, pk]), {"title": "x"})
        assert (name, answer.status_code in {404, 405}) == (name, True)
    with pytest.raises(Refused):
        designs.take_out(line=line, by=stranger)
    assert pilot.outline.count() == 3


def test_an_outline_is_written_kept_and_run_again_in_the_browser(convener: Member, client_for: ClientFor) -> None:
    made, team = programme(convener), client_for(convener)
    slug = made.place.slug
    form = {"title": "Arriving", "kind": "learning", "minutes": "90", "gap_days": "0"}
    assert team.post(reverse("gatherings:outline_new", args=[slug, made.pk]), form).status_code == 302
    line = made.outline.get()
    edit = reverse("gatherings:outline_edit", args=[slug, line.pk])
    assert team.post(edit, form | {"minutes": "60", "version": "1"}).status_code == 302
    assert team.post(edit, form | {"minutes": "70", "version": "1"}).status_code == 409
    assert (
        team.post(reverse("gatherings:design_keep", args=[slug, made.pk]), {"because": "Shorter."}).status_code == 302
    )
    assert "Version 1, kept on" in text(team, made)
    assert team.post(reverse("gatherings:programme_run", args=[slug, made.pk]), {"title": "Again"}).status_code == 302
    assert Programme.objects.get(title="Again").outline.get().minutes == 60
    cohort = cohorts.begin_cohort(programme=made, facts=cohorts.CohortFacts("C"), by=convener)
    plan = {"on": "2099-01-05", "begins": "10:00", "where": "Hall"}
    assert team.post(reverse("gatherings:cohort_plan", args=[slug, cohort.pk]), plan).status_code == 302
    assert cohort.sessions.get().about == ""


def test_too_long_a_reason_for_a_version_comes_back_with_what_is_too_much(
    pilot: Programme, convener: Member, client_for: ClientFor
) -> None:
    address = reverse("gatherings:design_keep", args=[pilot.place.slug, pilot.pk])
    answer = client_for(convener).post(address, {"because": "We learnt " * 50})
    assert answer.status_code == 422
    assert "Use 400 characters or fewer" in answer.content.decode()
    assert "We learnt We learnt" in answer.content.decode(), "what was typed is still there"
