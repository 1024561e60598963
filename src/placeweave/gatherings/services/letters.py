"""Post the letters: one mail to one person about one thing, tried again when the mail server is down.

A letter is claimed before it goes and marked after, so a worker that dies in between leaves it to be tried again, under
the same message number, by which mail programs know the second copy for what it is.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings import calendars
from placeweave.gatherings.models import Letter, OwnLink, QueueEvent, Session, SignUp
from placeweave.gatherings.services import letters_to_applicants
from placeweave.kit import links

Kind = QueueEvent.Kind
logger = logging.getLogger(__name__)
AT_ONCE = 200
MOST_TRIES = 8
CLAIMED_FOR = timedelta(minutes=5)
SUBJECTS = {
    Kind.PLACED: _("You have a place: %(title)s"),
    Kind.WAITS: _("You are on the waiting list: %(title)s"),
    Kind.OFFERED: _("A place is free for you: %(title)s"),
    Kind.ACCEPTED: _("You have a place: %(title)s"),
    Kind.LAPSED: _("Your offer has passed on: %(title)s"),
    Kind.CHANGED: _("Something changed: %(title)s"),
    Kind.CANCELLED: _("Cancelled: %(title)s"),
}


WITH_AN_ENTRY = frozenset({Kind.PLACED, Kind.ACCEPTED, Kind.CHANGED, Kind.CANCELLED})
"""What puts a session into the calendar of somebody who has a place, moves it there or strikes it out."""


def post() -> int:
    """Post what waits; give how many went. Safe to run at any time, by several workers at once."""
    now = timezone.now()
    due = Letter.objects.filter(sent_at=None, given_up_at=None, not_before__lte=now)
    return sum(_post(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def _post(pk: int) -> bool:
    letter = _claimed(pk)
    if letter is None:
        return False
    message = _message(letter)
    if message is None:  # whoever has left is written to no more
        Letter.objects.filter(pk=pk).update(sent_at=timezone.now())
        return False
    try:
        message.send()
    except (OSError, SMTPException) as failure:
        _failed(letter, failure)
        return False
    Letter.objects.filter(pk=pk).update(sent_at=timezone.now())
    return True


def _claimed(pk: int) -> Letter | None:
    """Take a letter for oneself; it comes free again if nothing is heard of it, later each time."""
    about = ("event__sign_up__session__place", "event__session", "cohort_event__application__cohort__programme__place")
    letter = Letter.objects.select_related(*about).filter(pk=pk).first()
    if letter is None:
        return None
    again = timezone.now() + CLAIMED_FOR * 2**letter.tries
    mine = Letter.objects.filter(pk=pk, sent_at=None, tries=letter.tries, not_before=letter.not_before)
    return letter if mine.update(tries=letter.tries + 1, not_before=again) else None


def _failed(letter: Letter, failure: Exception) -> None:
    logger.warning("letter %s was not taken by the mail server: %s", letter.pk, type(failure).__name__)
    if letter.tries + 1 >= MOST_TRIES:
        Letter.objects.filter(pk=letter.pk).update(given_up_at=timezone.now())


def _message(letter: Letter) -> EmailMessage | None:
    """Write what a letter says, with a key of its own; nothing to somebody who has left."""
    if letter.cohort_event is not None:
        return letters_to_applicants.message(letter, letter.cohort_event)
    sign_up = letter.event.sign_up if letter.event else None
    if sign_up is None or not sign_up.email:
        return None
    with timezone.override(sign_up.session.place.zone):
        return _mail(letter, sign_up)


def _mail(letter: Letter, sign_up: SignUp) -> EmailMessage:
    event, session = letter.event, sign_up.session
    assert event is not None  # noqa: S101 - tells the type checker what whoever calls this has seen
    key = links.new_key()
    OwnLink.objects.create(sign_up=sign_up, key_digest=links.digest(key))
    page = reverse("signup:mine", args=[key])
    context = {
        "kind": str(event.kind),
        "event": event,
        "sign_up": sign_up,
        "session": session,
        "link": settings.PUBLIC_URL + page,
        "joins": sign_up.state == SignUp.State.COMING and session.state == Session.State.OPEN,
    }
    message = EmailMultiAlternatives(
        SUBJECTS[QueueEvent.Kind(event.kind)] % {"title": " ".join(session.title.split())},
        render_to_string("gatherings/mail/letter.txt", context),
        to=[sign_up.email],
        headers={"Message-ID": f"<gathering-{session.code}-{letter.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"},
    )
    if event.kind in WITH_AN_ENTRY and sign_up.state == SignUp.State.COMING:
        _add_entry(message, sign_up, page)
    return message


def _add_entry(message: EmailMultiAlternatives, sign_up: SignUp, page: str) -> None:
    """Put in what the reader's calendar acts upon, and the same as a file for those whose mail program does not."""
    method, entry = calendars.letter_entry(sign_up, page=page)
    message.attach_alternative(entry.decode(), f"text/calendar; method={method}")
    message.attach("session.ics", entry, "application/ics")
