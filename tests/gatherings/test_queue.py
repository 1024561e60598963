"""The waiting list: who is next, what an offer is, and what somebody is told who waited."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from placeweave.gatherings import services
from placeweave.gatherings.models import QueueEvent, Session, SignUp
from placeweave.gatherings.queries import queue as queries
from placeweave.gatherings.services import queue
from placeweave.kit import links
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member
from tests import factories
from tests.gatherings.signing import is_settled, signed, states, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db: None) -> Session:
    return factories.SessionFactory(capacity=2)


def overdue(sign_up: SignUp) -> None:
    SignUp.objects.filter(pk=sign_up.pk).update(offer_until=timezone.now() - timedelta(seconds=1))


def again(sign_up: SignUp) -> SignUp:
    return SignUp.objects.get(pk=sign_up.pk)


def test_whoever_comes_once_all_places_are_taken_waits(session: Session) -> None:
    for name in ("Isla", "Rory", "Una", "Calum"):
        signed(session, name)
    assert states(session) == ["coming", "coming", "waiting", "waiting"]
    assert [queries.ahead_of(one) for one in session.sign_ups.waiting()] == [0, 1]


def test_a_place_that_comes_free_is_offered_to_the_first_and_kept_for_them(session: Session) -> None:
    first, _second, third, _fourth = (signed(session, name) for name in ("Isla", "Rory", "Una", "Calum"))
    services.leave(sign_up=first)
    assert states(session) == ["left", "coming", "offered", "waiting"]
    assert signed(session, "Nan").state == "waiting", "a place on offer is nobody else's"
    services.accept(sign_up=third)
    assert states(session) == ["left", "coming", "coming", "waiting", "waiting"]


def test_an_offer_that_nobody_takes_passes_on_by_itself(session: Session) -> None:
    first, _second, third, fourth = (signed(session, name) for name in ("Isla", "Rory", "Una", "Calum"))
    services.leave(sign_up=first)
    assert queue.settle_due() == 0, "nothing is due while the offer stands"
    overdue(third)
    assert queue.settle_due() == 1
    assert (again(third).state, again(fourth).state) == ("lapsed", "offered")
    with pytest.raises(NotReady, match="passed on"):
        services.accept(sign_up=third)


def test_an_offer_past_its_deadline_cannot_be_taken_even_before_the_worker_comes(session: Session) -> None:
    first, _second, third = (signed(session, name) for name in ("Isla", "Rory", "Una"))
    services.leave(sign_up=first)
    overdue(third)
    with pytest.raises(NotReady):
        services.accept(sign_up=third)


def test_whoever_let_an_offer_pass_may_come_back_at_the_end(session: Session) -> None:
    first, _second, third, fourth = (signed(session, name) for name in ("Isla", "Rory", "Una", "Calum"))
    services.leave(sign_up=first)
    overdue(third)
    services.ask_again(sign_up=third)
    assert (again(third).state, again(fourth).state) == ("waiting", "offered")
    assert again(third).turn > again(fourth).turn
    with pytest.raises(NotReady):
        services.ask_again(sign_up=third)


def test_a_small_party_that_fits_goes_before_a_large_one_and_both_are_told(session: Session) -> None:
    first, _second = signed(session, "Isla"), signed(session, "Rory")
    large, small = signed(session, "Una", 2), signed(session, "Calum")
    services.leave(sign_up=first)
    assert (again(large).state, again(small).state) == ("waiting", "offered")
    why = queries.why(large)
    assert (why.earlier, why.overtaken) == (0, 1)
    assert [one.kind for one in why.events] == ["waits"]
    offer = small.events.get(kind="offered")
    assert (offer.free, offer.ahead, offer.rule) == (1, 1, "first_that_fits")


def test_what_was_given_to_those_who_asked_before_is_told_apart(session: Session) -> None:
    first, second, _third, fourth = (signed(session, name) for name in ("Isla", "Rory", "Una", "Calum"))
    services.leave(sign_up=first)
    services.leave(sign_up=second)
    assert (queries.why(fourth).earlier, queries.why(fourth).overtaken) == (1, 0)
    assert queries.why(first).earlier == 0, "whoever never waited has no story of waiting"


def test_more_places_are_offered_to_those_who_wait(session: Session) -> None:
    host = factories.MemberFactory(place=session.place)
    for name in ("Isla", "Rory", "Una", "Calum"):
        signed(session, name)
    facts = services.SessionFacts(session.title, session.begins_at, session.ends_at, capacity=3, host=host)
    services.edit(session=session, facts=facts, version=1, by=host)
    assert states(session) == ["coming", "coming", "offered", "waiting"]
    resized = QueueEvent.objects.get(kind="resized")
    assert (resized.capacity, resized.free) == (3, 0)


def test_nobody_loses_a_place_because_there_are_to_be_fewer(session: Session) -> None:
    host = factories.MemberFactory(place=session.place)
    signed(session, "Isla", 2)
    facts = services.SessionFacts(session.title, session.begins_at, session.ends_at, capacity=1, host=host)
    with pytest.raises(NotReady, match="2 people"):
        services.edit(session=session, facts=facts, version=1, by=host)


def test_a_party_larger_than_the_room_is_told_so(session: Session) -> None:
    with pytest.raises(Unsound, match="2 places"):
        signed(session, "Isla", 3)


@pytest.mark.parametrize("state", ["draft", "cancelled", "held"])
def test_nobody_signs_up_for_what_is_not_open(state: str) -> None:
    with pytest.raises(NotReady):
        signed(factories.SessionFactory(state=state))


def test_nobody_signs_up_or_is_offered_a_place_once_it_has_begun(session: Session) -> None:
    first, _second, third = (signed(session, name) for name in ("Isla", "Rory", "Una"))
    Session.objects.filter(pk=session.pk).update(begins_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotReady):
        signed(session, "Nan")
    services.leave(sign_up=first)
    assert again(third).state == "waiting"


def test_an_offer_ends_at_the_latest_when_the_session_begins() -> None:
    session = factories.SessionFactory(capacity=1, begins_at=timezone.now() + timedelta(hours=3))
    first, second = signed(session, "Isla"), signed(session, "Rory")
    services.leave(sign_up=first)
    assert again(second).offer_until == session.begins_at


def test_the_same_form_sent_twice_signs_up_once(session: Session) -> None:
    key = links.new_key()
    made = [services.sign_up(session=session, wish=wish(), key=key) for _time in range(2)]
    assert made[0] == made[1]
    assert SignUp.objects.count() == 1


def test_leaving_erases_what_was_told_and_happens_once(session: Session) -> None:
    one = signed(session, "Isla", organisation="Choir", access_needs="A loop", dietary="Nuts", role="Singer")
    services.leave(sign_up=one)
    services.leave(sign_up=one)
    left = again(one)
    assert {left.name, left.email, left.organisation, left.role, left.sector, left.access_needs, left.dietary} == {""}
    assert QueueEvent.objects.filter(kind="left").count() == 1


def test_the_log_of_the_queue_only_grows(session: Session) -> None:
    event = signed(session).events.get()
    event.free = 0
    with pytest.raises(ValueError, match="only grows"):
        event.save()


def test_cancelling_ends_every_offer_and_takes_nobody_on(session: Session) -> None:
    convener = factories.MemberFactory(place=session.place)
    first, _second, third = (signed(session, name) for name in ("Isla", "Rory", "Una"))
    services.leave(sign_up=first)
    services.cancel(session=session, by=convener)
    assert again(third).state == "waiting"
    with pytest.raises(NotReady, match="cancelled"):
        services.accept(sign_up=third)
    assert set(QueueEvent.objects.filter(kind="cancelled").values_list("sign_up__name", flat=True)) == {"Rory", "Una"}
    with pytest.raises(NotReady):
        services.cancel(session=session, by=convener)


def test_the_team_of_the_place_takes_somebody_off_who_asked(session: Session) -> None:
    one, waiting = signed(session, "Isla", 2), signed(session, "Rory")
    for by in (factories.MemberFactory(), factories.MemberFactory(place=session.place, standing=Standing.PARTNER)):
        with pytest.raises(Refused):
            services.release(sign_up=one, by=by)
    by: Member = factories.MemberFactory(place=session.place)
    services.release(sign_up=one, by=by)
    assert (again(one).state, again(waiting).state) == ("left", "offered")


Deeds = st.lists(
    st.tuples(st.sampled_from(("come", "leave", "take", "miss", "return")), st.integers(0, 6)), max_size=16
)


class AnyOrder(TestCase):
    @settings(max_examples=25)
    @given(deeds=Deeds)
    def test_whatever_people_do_no_place_is_given_twice_and_none_that_fits_stays_empty(
        self, deeds: list[tuple[str, int]]
    ) -> None:
        session = factories.SessionFactory(capacity=4)
        for deed, which in deeds:
            _do(session, deed, which)
            assert is_settled(session), (deed, states(session))


def _do(session: Session, deed: str, which: int) -> None:
    people = list(session.sign_ups.order_by("pk"))
    if deed == "come":
        signed(session, party=which % 3 + 1)
        return
    if not people:
        return
    one = people[which % len(people)]
    if deed == "leave":
        services.leave(sign_up=one)
    elif deed == "take" and one.state == "offered":
        services.accept(sign_up=one)
    elif deed == "miss" and one.state == "offered":
        overdue(one)
        queue.settle_due()
    elif deed == "return" and one.state == "lapsed":
        services.ask_again(sign_up=one)
