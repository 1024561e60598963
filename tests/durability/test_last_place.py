"""Many people want the last place in the same moment: nobody gets it twice, and it never stays empty."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from placeweave.gatherings import services
from placeweave.gatherings.models import QueueEvent, Session, SignUp
from placeweave.gatherings.services import queue
from placeweave.kit.errors import NotReady
from tests import factories
from tests.durability.test_two_at_once import raised, together
from tests.gatherings.signing import is_settled, signed, states

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]


@pytest.fixture
def session(shared_database: None) -> Session:
    return factories.SessionFactory(capacity=1)


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_take_the_last_place_at_once_the_other_is_first_on_the_waiting_list(
    session: Session, turn: int
) -> None:
    found = together(*(lambda name=name: signed(session, name) for name in ("Isla", "Rory")))
    assert raised(found, NotReady) == 0
    assert states(session) == ["coming", "waiting"]
    waits = QueueEvent.objects.get(kind="waits")
    assert (waits.free, waits.ahead) == (0, 0)


def test_a_place_given_up_while_somebody_comes_goes_to_whoever_waited(session: Session) -> None:
    first, second = signed(session, "Isla"), signed(session, "Rory")
    found = together(lambda: services.leave(sign_up=first), lambda: signed(session, "Una"))
    assert raised(found, NotReady) == 0
    assert SignUp.objects.get(pk=second.pk).state == "offered"
    assert states(session) == ["left", "offered", "waiting"]


def test_an_offer_taken_and_given_up_at_once_ends_in_one_of_the_two(session: Session) -> None:
    first, second, third = (signed(session, name) for name in ("Isla", "Rory", "Una"))
    services.leave(sign_up=first)
    found = together(lambda: services.accept(sign_up=second), lambda: services.leave(sign_up=second))
    assert raised(found, NotReady) <= 1
    assert SignUp.objects.get(pk=second.pk).state == "left"
    assert SignUp.objects.get(pk=third.pk).state == "offered"


def test_several_workers_pass_an_offer_on_once(session: Session) -> None:
    first, second, _third = (signed(session, name) for name in ("Isla", "Rory", "Una"))
    services.leave(sign_up=first)
    SignUp.objects.filter(pk=second.pk).update(offer_until=first.created_at)
    assert raised(together(*[queue.settle_due] * 4), NotReady) == 0
    assert states(session) == ["left", "lapsed", "offered"]
    assert QueueEvent.objects.filter(kind="lapsed").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("capacity", [1, 37])
def test_of_two_hundred_who_come_and_go_at_once_none_is_over_and_no_place_is_empty(capacity: int) -> None:
    session = factories.SessionFactory(capacity=capacity)
    done, lock = [0], threading.Lock()

    def five(place: int) -> None:
        for turn in range(5):
            one = signed(session, f"P{place}x{turn}")
            if turn == place % 5:
                services.leave(sign_up=one)
            with lock:
                done[0] += 1

    found: list[Any] = together(*(lambda place=place: five(place) for place in range(40)))
    assert raised(found, NotReady) == 0
    assert done == [200]
    assert is_settled(session)
    assert sum(session.sign_ups.holding().values_list("party", flat=True)) == capacity
    turns = list(session.sign_ups.order_by("turn").values_list("turn", flat=True))
    assert turns == list(range(1, 201))
