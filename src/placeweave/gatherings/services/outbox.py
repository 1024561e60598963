"""What the team does about letters: post one again, or note that one came back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Letter, SignUp
from placeweave.gatherings.services import running
from placeweave.kit import audit
from placeweave.kit.errors import NotReady
from placeweave.places.models import Member


def _locked(letter: Letter, by: Member) -> Letter:
    event = letter.event
    running.require_team(by, event.session.place_id if event else 0)
    return Letter.objects.select_for_update().get(pk=letter.pk)


@transaction.atomic
def post_again(*, letter: Letter, by: Member) -> Letter:
    """Post a letter again that was given up or came back, under the same message number.

    Raises
    ------
    NotReady
        If it was posted, or is still being tried.
    """
    letter = _locked(letter, by)
    if letter.standing not in {"given_up", "came_back"}:
        raise NotReady(_("This letter needs no help: it was posted, or it is tried again by itself."))
    letter.tries, letter.failure, letter.not_before = 0, "", timezone.now()
    letter.sent_at = letter.given_up_at = None
    letter.save(update_fields=["tries", "failure", "not_before", "sent_at", "given_up_at"])
    _mark_address(letter, fails=False)
    _write(letter, by, verb="posted a letter again")
    return letter


@transaction.atomic
def note_returned(*, letter: Letter, by: Member) -> Letter:
    """Note that a letter came back: nothing more is posted to its address until somebody has it posted again.

    Raises
    ------
    NotReady
        If it was not posted.
    """
    letter = _locked(letter, by)
    if letter.standing != "posted":
        raise NotReady(_("Only what was posted can come back."))
    letter.failure = Letter.Failure.CAME_BACK
    letter.save(update_fields=["failure"])
    _mark_address(letter, fails=True)
    _write(letter, by, verb="noted a returned letter")
    return letter


def _mark_address(letter: Letter, *, fails: bool) -> None:
    sign_ups = SignUp.objects.filter(events__letter=letter)
    sign_ups.update(mail_fails_at=timezone.now() if fails else None)


def _write(letter: Letter, by: Member, *, verb: str) -> None:
    event = letter.event
    if event is not None:
        session = event.session
        audit.write(by=by, place_id=session.place_id, verb=verb, subject=session, summary=session.title)
