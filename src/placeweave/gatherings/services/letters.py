"""Post the letters: one mail to one person about one thing, tried again when the mail server is down.

A letter is claimed before it goes and marked after, so a worker that dies in between leaves it to be tried again, under
the same message number, by which mail programs know the second copy for what it is.
"""

from __future__ import annotations

import logging
from contextlib import closing, suppress
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from placeweave.gatherings.models import Letter, QueueEvent, Session, SignUp
from placeweave.gatherings.services import letter_words, letters_to_applicants

logger = logging.getLogger(__name__)
AT_ONCE = 200
MOST_TRIES = 8
CLAIMED_FOR = timedelta(minutes=5)
NEVER = 500
"""From here on, a mail server's answers mean that trying again is of no use."""


def post() -> int:
    """Post what waits; give how many went. Safe to run at any time, by several workers at once."""
    now = timezone.now()
    due = Letter.objects.filter(sent_at=None, given_up_at=None, not_before__lte=now).order_by("not_before", "pk")
    with closing(_Server()) as server:
        return sum(_post(pk, server) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


class _Server:
    """The mail server, spoken to over one connection for as long as it answers.

    A connection of its own for each letter would be closed before the letter can be marked, and a worker that dies
    while it says good-bye would have the letter posted a second time.
    """

    def __init__(self) -> None:
        self.backend = get_connection()

    def take(self, message: EmailMessage) -> None:
        """Hand over one message; once this returns, the server has it."""
        message.connection = self.backend
        self.backend.open()
        message.send()

    def close(self) -> None:
        """Hang up; a server that is gone already does not mind."""
        with suppress(OSError, SMTPException):
            self.backend.close()


def _post(pk: int, server: _Server) -> bool:
    letter = _claimed(pk)
    if letter is None:
        return False
    if _address_fails(letter):
        _give_up(letter, Letter.Failure.REFUSED)
        return False
    message = _message(letter)
    if message is None:  # whoever has left is written to no more
        Letter.objects.filter(pk=pk).update(sent_at=timezone.now(), is_moot=True)
        return False
    try:
        server.take(message)
    except (OSError, SMTPException) as failure:
        server.close()
        _failed(letter, failure)
        return False
    Letter.objects.filter(pk=pk).update(sent_at=timezone.now(), failure="")
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
    if _is_refused_for_good(failure):
        _give_up(letter, Letter.Failure.REFUSED)
        SignUp.objects.filter(events__letter=letter).update(mail_fails_at=timezone.now())
    elif letter.tries + 1 >= MOST_TRIES:
        _give_up(letter, Letter.Failure.NOT_TAKEN)
    else:
        Letter.objects.filter(pk=letter.pk).update(failure=Letter.Failure.NOT_TAKEN)


def _is_refused_for_good(failure: Exception) -> bool:
    """Tell whether the server says that it will never take mail for this address."""
    if not isinstance(failure, SMTPRecipientsRefused):
        return False
    return all(code >= NEVER for code, _said in failure.recipients.values())


def _give_up(letter: Letter, failure: Letter.Failure) -> None:
    Letter.objects.filter(pk=letter.pk).update(given_up_at=timezone.now(), failure=failure)


def _address_fails(letter: Letter) -> bool:
    sign_up = letter.event.sign_up if letter.event else None
    return sign_up is not None and sign_up.mail_fails_at is not None


def _message(letter: Letter) -> EmailMessage | None:
    """Write what a letter says, with a key of its own; nothing to somebody who has left."""
    if letter.cohort_event is not None:
        return letters_to_applicants.message(letter, letter.cohort_event)
    told = [letter.event, *letter.also.select_related("sign_up__session__place")]
    reached = [one for one in told if one is not None and _is_for(one)]
    if not reached:
        return None
    with timezone.override(reached[0].session.place.zone):
        return letter_words.called_off(letter, reached) if len(told) > 1 else letter_words.of_one(letter, reached[0])


def _is_for(event: QueueEvent) -> bool:
    """Tell whether somebody is still to be told: they have not left, and what they are reminded of is to come."""
    one = event.sign_up
    if one is None or not one.email:
        return False
    is_on = one.state == SignUp.State.COMING and one.session.state == Session.State.OPEN
    return is_on or event.kind != QueueEvent.Kind.REMINDED
