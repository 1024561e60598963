"""The outbox: how each letter stands in words, and what the team can do when one did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.message import EmailMessage
from django.test import Client
from django.urls import reverse

from placeweave.gatherings import services
from placeweave.gatherings.models import Letter, Session, SignUp
from placeweave.gatherings.services import letters, outbox
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed

ClientFor = Callable[[Member], Client]


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    return factories.SessionFactory(place=place, host=convener)


def refusing(code: int) -> Callable[..., int]:
    def refuse(message: EmailMessage, *_given: object) -> int:
        raise SMTPRecipientsRefused({message.to[0]: (code, b"no")})

    return refuse


@pytest.mark.parametrize(("code", "standing"), [(550, "given_up"), (450, "again")])
def test_an_address_that_is_refused_for_good_is_given_up_at_once_and_one_that_is_busy_is_not(
    session: Session, monkeypatch: pytest.MonkeyPatch, code: int, standing: str
) -> None:
    signed(session, "Isla")
    monkeypatch.setattr(EmailMessage, "send", refusing(code))
    letters.post()
    assert Letter.objects.get().standing == standing
    assert (SignUp.objects.get().mail_fails_at is None) == (code == 450)


def test_nothing_more_is_posted_to_an_address_that_takes_no_mail_until_the_team_has_it_posted_again(
    session: Session, convener: Member, monkeypatch: pytest.MonkeyPatch, client_for: ClientFor
) -> None:
    signed(session, "Isla")
    with monkeypatch.context() as refused:
        refused.setattr(EmailMessage, "send", refusing(550))
        letters.post()
    services.cancel(session=session, by=convener)
    assert letters.post() == 0
    assert not mail.outbox
    first = Letter.objects.earliest("pk")
    browser, slug = client_for(convener), session.place.slug
    page = browser.get(reverse("gatherings:letters", args=[slug, session.pk])).content.decode()
    assert "takes no mail" in page
    assert "Post again" in page
    assert browser.post(reverse("gatherings:post_again", args=[slug, first.pk])).status_code == 302
    assert letters.post() == 1
    assert mail.outbox[0].to == ["isla@example.org"]


def test_a_letter_that_came_back_is_noted_by_hand(session: Session, convener: Member, client_for: ClientFor) -> None:
    signed(session, "Isla")
    letters.post()
    number = mail.outbox[0].extra_headers["Message-ID"]
    letter, browser = Letter.objects.get(), client_for(convener)
    browser.post(reverse("gatherings:returned", args=[session.place.slug, letter.pk]))
    assert (
        "Came back"
        in browser.get(reverse("gatherings:letters", args=[session.place.slug, session.pk])).content.decode()
    )
    outbox.post_again(letter=letter, by=convener)
    letters.post()
    assert mail.outbox[1].extra_headers["Message-ID"] == number
    with pytest.raises(NotReady):
        outbox.post_again(letter=letter, by=convener)


def test_each_standing_of_a_letter_is_said_in_words(session: Session, convener: Member, client_for: ClientFor) -> None:
    for name in ("Isla", "Rory"):
        signed(session, name)
    services.leave(sign_up=SignUp.objects.get(name="Rory"))
    page = reverse("gatherings:letters", args=[session.place.slug, session.pk])
    assert "Posted within a minute" in client_for(convener).get(page).content.decode()
    letters.post()
    shown = client_for(convener).get(page).content.decode()
    assert "nobody left to tell" in shown
    assert "still to be posted: 0" in shown


def test_only_the_team_of_its_place_moves_a_letter(session: Session, member_with: Callable[..., Member]) -> None:
    signed(session, "Isla")
    letters.post()
    for by in (member_with(Standing.PARTNER), factories.MemberFactory(place__slug="elsewhere")):
        for deed in (outbox.post_again, outbox.note_returned):
            with pytest.raises(Refused):
                deed(letter=Letter.objects.get(), by=by)
