"""The mail of gatherings: one letter to one person about one thing, whatever happens to the worker or the server."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.message import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Letter, Session
from placeweave.gatherings.services import letters
from tests import factories
from tests.gatherings.signing import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db: None) -> Session:
    return factories.SessionFactory(capacity=1)


def test_everybody_gets_one_letter_about_each_thing(session: Session) -> None:
    first, second = signed(session, "Isla"), signed(session, "Rory")
    assert letters.post() == 2
    services.leave(sign_up=first)
    services.accept(sign_up=second)
    assert (letters.post(), letters.post()) == (2, 0)
    assert [one.to for one in mail.outbox] == [["isla@example.org"]] + [["rory@example.org"]] * 3
    assert [one.subject.partition(":")[0] for one in mail.outbox[1:]] == [
        "You are on the waiting list",
        "A place is free for you",
        "You have a place",
    ]


def test_every_letter_brings_a_link_and_all_of_them_open_ones_own_page(session: Session) -> None:
    first, second = signed(session, "Isla"), signed(session, "Rory")
    services.leave(sign_up=first)
    letters.post()
    pages = [re.search(r"/g/mine/\S+", str(one.body))[0] for one in mail.outbox if one.to == [second.email]]  # type: ignore[index]
    assert len(set(pages)) == 2
    for page in pages:
        assert "kept for you" in Client().get(page).content.decode()


def test_whoever_has_left_is_written_to_no_more(session: Session) -> None:
    services.leave(sign_up=signed(session, "Isla"))
    assert letters.post() == 0
    assert not mail.outbox
    assert Letter.objects.get(event__kind="placed").sent_at is not None


def test_a_letter_the_server_does_not_take_is_tried_again_later_and_given_up_at_last(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object, **_named: object) -> int:
        raise SMTPServerDisconnected("gone")

    signed(session, "Isla")
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fails)
        assert letters.post() == 0
        assert Letter.objects.get().not_before > timezone.now() + timedelta(minutes=4)
    assert letters.post() == 0, "not before its time"
    Letter.objects.update(not_before=timezone.now())
    assert letters.post() == 1
    Letter.objects.update(sent_at=None, not_before=timezone.now(), tries=letters.MOST_TRIES - 1)
    monkeypatch.setattr(EmailMessage, "send", fails)
    letters.post()
    assert Letter.objects.get().given_up_at is not None
    Letter.objects.update(not_before=timezone.now())
    assert letters.post() == 0


def test_a_worker_that_dies_after_posting_sends_no_other_message(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        """As a worker that is gone."""

    post = EmailMessage.send

    def send_and_die(message: EmailMessage, *given: object) -> int:
        post(message)
        raise KilledError

    signed(session, "Isla")
    with monkeypatch.context() as killed:
        killed.setattr(EmailMessage, "send", send_and_die)
        with pytest.raises(KilledError):
            letters.post()
    assert letters.post() == 0, "another worker leaves a claimed letter alone"
    Letter.objects.update(not_before=timezone.now())
    letters.post()
    numbers = {one.extra_headers["Message-ID"] for one in mail.outbox}
    assert (len(mail.outbox), len(numbers)) == (2, 1), "the second copy is known by its number"


def test_who_comes_is_told_of_another_place_once_and_of_other_words_never(session: Session) -> None:
    host = factories.MemberFactory(place=session.place)
    signed(session, "Isla")
    letters.post()
    said = {"title": session.title, "begins_at": session.begins_at, "ends_at": session.ends_at, "capacity": 1}
    services.edit(session=session, facts=services.SessionFacts(**said, host=host, about="Soup."), version=1, by=host)
    assert letters.post() == 0
    services.edit(session=session, facts=services.SessionFacts(**said, host=host, where="Hall"), version=2, by=host)
    assert letters.post() == 1
    services.cancel(session=session, by=host)
    assert letters.post() == 1
    assert [one.subject.partition(":")[0] for one in mail.outbox[1:]] == ["Something changed", "Cancelled"]


def test_reading_the_database_opens_no_page(session: Session) -> None:
    one = signed(session, "Isla")
    digest = one.links.get().key_digest
    assert Client().get(reverse("signup:mine", args=[digest])).status_code == 404
