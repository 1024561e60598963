"""What the letters to those who signed up say, and the entries for their calendars that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from placeweave.gatherings import calendars
from placeweave.gatherings.models import Letter, OwnLink, QueueEvent, Session, SignUp
from placeweave.gatherings.services import envelopes
from placeweave.kit import links

Kind = QueueEvent.Kind
SUBJECTS = {
    Kind.PLACED: _("You have a place: %(title)s"),
    Kind.WAITS: _("You are on the waiting list: %(title)s"),
    Kind.OFFERED: _("A place is free for you: %(title)s"),
    Kind.ACCEPTED: _("You have a place: %(title)s"),
    Kind.LAPSED: _("Your offer has passed on: %(title)s"),
    Kind.CHANGED: _("Something changed: %(title)s"),
    Kind.CANCELLED: _("Cancelled: %(title)s"),
    Kind.REMINDED: _("Soon: %(title)s"),
}
"""What is told by letter."""
WITH_AN_ENTRY = frozenset({Kind.PLACED, Kind.ACCEPTED, Kind.CHANGED, Kind.CANCELLED, Kind.REMINDED})
"""What puts a session into the calendar of somebody who has a place, moves it there or strikes it out."""


def of_one(letter: Letter, event: QueueEvent) -> EmailMultiAlternatives:
    """Write a letter about one thing."""
    sign_up = _sign_up(event)
    session, page = sign_up.session, _own_page(sign_up)
    context = {
        "kind": str(event.kind),
        "event": event,
        "sign_up": sign_up,
        "session": session,
        "link": envelopes.address_of(page),
        "joins": sign_up.state == SignUp.State.COMING and session.state == Session.State.OPEN,
    }
    subject = SUBJECTS[Kind(event.kind)] % {"title": envelopes.in_one_line(session.title)}
    message = _message(letter, event, subject, "gatherings/mail/letter.txt", context)
    if event.kind in WITH_AN_ENTRY and sign_up.state == SignUp.State.COMING:
        _add_entry(message, sign_up, page)
    return message


def called_off(letter: Letter, events: Sequence[QueueEvent]) -> EmailMultiAlternatives:
    """Write one letter that names every session that was called off for somebody."""
    lines, entries = [], []
    for event in sorted(events, key=lambda one: one.session.begins_at):
        sign_up = _sign_up(event)
        page = _own_page(sign_up)
        lines.append({"session": sign_up.session, "link": envelopes.address_of(page)})
        if sign_up.state == SignUp.State.COMING:
            entries.append(calendars.letter_entry(sign_up, page=page)[1])
    place = events[0].session.place.name
    subject = ngettext(
        "Cancelled: %(count)s session in %(place)s", "Cancelled: %(count)s sessions in %(place)s", len(lines)
    ) % {"count": len(lines), "place": envelopes.in_one_line(place)}
    message = _message(letter, events[0], subject, "gatherings/mail/called_off.txt", {"lines": lines, "place": place})
    for number, entry in enumerate(entries, 1):  # a mail program acts upon one entry by itself, and these are several
        message.attach(f"cancelled-{number}.ics", entry, "application/ics")
    return message


def _sign_up(event: QueueEvent) -> SignUp:
    assert event.sign_up is not None  # noqa: S101 - tells the type checker what whoever calls this has seen
    return event.sign_up


def _own_page(sign_up: SignUp) -> str:
    """Make a key for this letter, and give the page that it opens."""
    key = links.new_key()
    OwnLink.objects.create(sign_up=sign_up, key_digest=links.digest(key))
    return reverse("signup:mine", args=[key])


def _message(
    letter: Letter, event: QueueEvent, subject: str, template: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    about, to = f"gathering-{(letter.event or event).session.code}", _sign_up(event).email
    return envelopes.message(letter, about=about, to=to, subject=subject, template=template, context=context)


def _add_entry(message: EmailMultiAlternatives, sign_up: SignUp, page: str) -> None:
    """Put in what the reader's calendar acts upon, and the same as a file for those whose mail program does not."""
    method, entry = calendars.letter_entry(sign_up, page=page)
    message.attach_alternative(entry.decode(), f"text/calendar; method={method}")
    message.attach("session.ics", entry, "application/ics")
