"""Handing over and parking: a stand-in reads one page and can run tonight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Cohort, Parked, Programme, Session, SignUp
from placeweave.gatherings.models.run_sheet import StepFacts
from placeweave.gatherings.queries import hand_over as queries
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed

ClientFor = Callable[[Member], Client]
MemberMaker = Callable[..., Member]


@pytest.fixture
def cohort(convener: Member) -> Cohort:
    return Cohort.objects.create(programme=Programme.objects.create(place=convener.place, title="P"), title="C")


def held(cohort: Cohort, *, days_ago: int, **more: object) -> Session:
    begins_at = timezone.now() - timedelta(days=days_ago)
    place = cohort.programme.place
    return factories.SessionFactory(place=place, cohort=cohort, begins_at=begins_at, state="held", **more)


@pytest.fixture
def tonight(cohort: Cohort, convener: Member) -> Session:
    return factories.SessionFactory(place=convener.place, cohort=cohort, host=convener, capacity=20, where="Pier Hall")


def page(browser: Client, name: str, session: Session) -> str:
    return browser.get(reverse(f"gatherings:{name}", args=[session.place.slug, session.pk])).content.decode()


def test_b50_a_stand_in_reads_one_page_and_can_run_tonight(
    cohort: Cohort, tonight: Session, convener: Member, member_with: MemberMaker, client_for: ClientFor
) -> None:
    last = held(cohort, days_ago=20, title="The one before")
    before = services.HandOverFacts(happened="We laid it all out.", promised="The notes by Friday")
    services.hand_over(session=last, facts=before, version=0, by=convener)
    services.prepare(session=last, purpose="", pre_work="", practice_task="Ask a neighbour", version=0, by=convener)
    services.park(session=last, words="Who pays for the hall?", by=convener)
    services.prepare(
        session=tonight, purpose="To find pieces", pre_work="", practice_task="Ring somebody", version=0, by=convener
    )
    services.add_step(session=tonight, facts=StepFacts("Check-in", 10, materials="Bell"), by=convener)
    signed(tonight, "Isla", 3, organisation="Tuesday lunch", sector="community", access_needs="A hearing loop")
    stand_in = member_with(Standing.FACILITATOR)
    facts = services.HandOverFacts(stand_in=stand_in, way_in="Key at the library", contacts="Caretaker", word="Slowly")
    services.hand_over(session=tonight, facts=facts, version=0, by=convener)
    told = page(client_for(stand_in), "hand_over", tonight)
    for needed in (
        *("To find pieces", "Pier Hall", "Key at the library", "Caretaker", "Slowly", "Check-in", "Bell"),
        *("3 people come", "Tuesday lunch", "A hearing loop", "The one before", "We laid it all out"),
        *("The notes by Friday", "Ask a neighbour", "Ring somebody", "Who pays for the hall?"),
    ):
        assert needed in told, needed


def test_whoever_has_an_offer_is_not_counted_as_coming(
    tonight: Session, convener: Member, client_for: ClientFor
) -> None:
    signed(tonight, "Isla", 2)
    offered = signed(tonight, "Davie", organisation="Boat club")
    SignUp.objects.filter(pk=offered.pk).update(state=SignUp.State.OFFERED, offer_until=tonight.begins_at)
    told = page(client_for(convener), "hand_over", tonight)
    assert "2 people come, on offer: 1." in told
    assert "Boat club" not in told


def test_what_people_need_is_shown_to_the_host_and_the_stand_in_alone(
    tonight: Session, convener: Member, member_with: MemberMaker, client_for: ClientFor
) -> None:
    signed(tonight, "Isla", access_needs="A hearing loop", dietary="No nuts")
    stand_in, other = member_with(Standing.FACILITATOR), member_with(Standing.CONVENER)
    for name in ("hand_over", "session"):
        assert "A hearing loop" not in page(client_for(stand_in), name, tonight)
    facts = services.HandOverFacts(stand_in=stand_in)
    services.hand_over(session=tonight, facts=facts, version=0, by=other)
    for name in ("hand_over", "session"):
        for reader, sees in ((stand_in, True), (convener, True), (other, False)):
            told = page(client_for(reader), name, tonight)
            assert ("A hearing loop" in told) == ("No nuts" in told) == sees, (name, reader)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_only_one_of_the_team_of_this_place_stands_in_and_hands_over(
    tonight: Session, convener: Member, member_with: MemberMaker, other_place: Place, standing: Standing
) -> None:
    other = member_with(standing)
    gone = member_with(Standing.FACILITATOR, left_at=timezone.now())
    for wrong in (other, gone, factories.MemberFactory(place=other_place)):
        with pytest.raises(Unsound):
            services.hand_over(session=tonight, facts=services.HandOverFacts(stand_in=wrong), version=0, by=convener)
    parked = services.park(session=tonight, words="W", by=convener)
    for deed in (
        lambda: services.hand_over(session=tonight, facts=services.HandOverFacts(), version=0, by=other),
        lambda: services.park(session=tonight, words="W", by=other),
        lambda: services.settle_parked(parked=parked, outcome="O", by=other),
    ):
        with pytest.raises(Refused):
            deed()


def test_two_who_write_one_hand_over_are_both_shown(tonight: Session, convener: Member) -> None:
    services.hand_over(session=tonight, facts=services.HandOverFacts(way_in="Left"), version=0, by=convener)
    with pytest.raises(Conflict) as conflict:
        services.hand_over(session=tonight, facts=services.HandOverFacts(way_in="Right"), version=0, by=convener)
    assert "Left" in conflict.value.theirs.values()


def carried(session: Session) -> set[str]:
    return {one.words for one in queries.carried(session)}


def test_b50_what_is_parked_is_carried_on_through_the_series_until_it_is_settled(
    cohort: Cohort, tonight: Session, convener: Member
) -> None:
    first, second = held(cohort, days_ago=40), held(cohort, days_ago=20)
    hall = services.park(session=first, words="The hall", by=convener)
    services.park(session=second, words="The lamps", by=convener)
    alone = factories.SessionFactory(place=convener.place)
    assert carried(first) == {"The hall"}, "nothing is carried back"
    assert carried(second) == carried(tonight) == {"The hall", "The lamps"}
    assert carried(alone) == set()
    services.settle_parked(parked=hall, outcome="The council pays.", by=convener)
    assert carried(tonight) == {"The lamps"}
    with pytest.raises(NotReady):
        services.settle_parked(parked=hall, outcome="Nobody pays.", by=convener)
    hall.refresh_from_db()
    assert (hall.outcome, hall.settled_by) == ("The council pays.", convener)
    assert [one.words for one in queries.settled(tonight)] == ["The hall"]


def test_parking_and_settling_need_no_script(tonight: Session, convener: Member, client_for: ClientFor) -> None:
    browser, slug = client_for(convener), tonight.place.slug
    parking = reverse("gatherings:parking", args=[slug, tonight.pk])
    assert browser.post(parking, {"words": "The lamps"}).status_code == 302
    parked = Parked.objects.get()
    assert "The lamps" in browser.get(parking).content.decode()
    settle = reverse("gatherings:parked_settle", args=[slug, parked.pk])
    assert browser.get(settle).status_code == 200
    assert browser.post(settle, {"outcome": ""}).status_code == 422
    assert browser.post(settle, {"outcome": "Mended"}).status_code == 302
    assert "Mended" in browser.get(parking).content.decode()
    write = reverse("gatherings:hand_over_edit", args=[slug, tonight.pk])
    assert browser.post(write, {"way_in": "Ring the bell", "version": "0"}).status_code == 302
    assert "Ring the bell" in page(browser, "hand_over", tonight)


def test_another_places_parking_space_is_not_found(
    tonight: Session, convener: Member, other_place: Place, client_for: ClientFor
) -> None:
    parked = services.park(session=tonight, words="The lamps", by=convener)
    stranger = client_for(factories.MemberFactory(place=other_place))
    for name, pk in (("hand_over", tonight.pk), ("parking", tonight.pk), ("parked_settle", parked.pk)):
        assert stranger.get(reverse(f"gatherings:{name}", args=[other_place.slug, pk])).status_code == 404


def test_a_hand_over_page_asks_the_database_no_more_often_for_a_full_hall(
    cohort: Cohort, tonight: Session, convener: Member, client_for: ClientFor, django_assert_max_num_queries: object
) -> None:
    last = held(cohort, days_ago=9)
    for number in range(6):
        services.park(session=last, words=f"Matter {number}", by=convener)
        signed(tonight, f"Isla{number}", access_needs="A seat")
    services.lay(session=tonight, steps=[StepFacts(f"S{n}", 5) for n in range(9)], by=convener)
    browser, address = client_for(convener), reverse("gatherings:hand_over", args=[tonight.place.slug, tonight.pk])
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert browser.get(address).status_code == 200
