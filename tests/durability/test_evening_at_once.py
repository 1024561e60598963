"""Several of a team at one evening in the same moment: each deed counts once, and none undoes another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Letter, Seat, Session
from placeweave.gatherings.queries import people
from placeweave.gatherings.services import applying as own
from placeweave.gatherings.services import calling_off, closing, cohorts, moving, seating
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady
from placeweave.places.models import Member
from tests import factories
from tests.durability.test_two_at_once import raised, together
from tests.gatherings.applying import applied, opened
from tests.gatherings.signing import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]


@pytest.fixture
def by(shared_database: None) -> Member:
    return factories.MemberFactory(standing=Standing.CONVENER)


@pytest.fixture
def session(by: Member) -> Session:
    return factories.SessionFactory(place=by.place, host=by, capacity=12)


def test_a_series_called_off_by_two_at_once_is_called_off_once(session: Session, by: Member) -> None:
    other = factories.SessionFactory(place=by.place, host=by)
    for one in (session, other):
        signed(one)
    Letter.objects.all().delete()
    keys = [session.pk, other.pk]
    done = together(*[lambda: calling_off.call_off(place=by.place, sessions=keys, by=by)] * 2)
    assert raised(done, NotReady) == 1
    assert Letter.objects.count() == 1, "one letter for both sessions, and no second one"


def test_two_who_move_different_people_at_once_both_keep_what_they_did(session: Session, by: Member) -> None:
    for name in ("Isla", "Rory", "Una", "Gil"):
        signed(session, name)
    seating.arrange(session=session, wish=seating.TableWish(size=2, rounds=1), seen="", by=by)
    keys = {one.name: one.key for one in people.comers(session)}
    at = {one.attendee.sign_up.name: one.table.number for one in Seat.objects.all() if one.attendee.sign_up}

    def moved(name: str) -> None:
        moving.move(session=session, person=keys[name], number=1, table=1 - at[name], seen=at[name], by=by)

    assert raised(together(lambda: moved("Isla"), lambda: moved("Rory")), NotReady) == 0
    for name in ("Isla", "Rory"):
        assert Seat.objects.get(attendee__sign_up__name=name).table.number == 1 - at[name]
    assert session.arrangements.get().hand_moves == 2


def test_an_offer_taken_while_the_cohort_closes_is_a_place_or_a_refusal(by: Member) -> None:
    cohort = opened(by)
    one = applied(cohort)
    type(one).objects.update(state="offered", offer_until=timezone.now() + timedelta(days=1))
    other = cohorts.begin_cohort(programme=cohort.programme, facts=cohorts.CohortFacts("Autumn"), by=by)
    done = together(lambda: own.accept(applicant=one), lambda: closing.close(cohort=cohort, carry_to=other, by=by))
    one.refresh_from_db()
    refused = raised(done, NotReady)
    assert (one.cohort_id, one.state) == ((other.pk, "waiting") if refused else (cohort.pk, "in"))


def test_a_need_taken_back_while_another_has_it_too_is_kept_or_said_to_be_gone(by: Member) -> None:
    need = services.state_need(title="Leading", about="", by=by)
    resident = factories.MemberFactory(place=by.place, standing=Standing.COMMUNITY)
    done = together(lambda: services.no_longer(need=need, by=by), lambda: services.need_too(need=need, by=resident))
    asked = list(need.askings.values_list("member", flat=True)) if type(need).objects.exists() else []
    assert asked == ([] if raised(done, NotReady) else [resident.pk])
