"""Sessions as calendars hold them: open ones for anybody, and with the link to join for whoever has a place."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from placeweave.formats.calendars import Address, Happening, Method, Status, write_entry, write_feed
from placeweave.gatherings.models import Session, SignUp
from placeweave.places.models import Place

_OURS = uuid.UUID("6c1d0f0e-6a8e-4a53-9d43-0b7d3a0f5c27")
"""What the lasting names of entries are made from, so that they outlive a change of address, and tell no code."""
_STANDS = {
    SignUp.State.COMING: Status.CONFIRMED,
    SignUp.State.WAITING: Status.TENTATIVE,
    SignUp.State.OFFERED: Status.TENTATIVE,
    SignUp.State.LAPSED: Status.CANCELLED,
    SignUp.State.LEFT: Status.CANCELLED,
}


def uid(session: Session) -> str:
    """Give the name by which calendars know a session again."""
    return str(uuid.uuid5(_OURS, session.code))


def organiser(place: Place) -> Address:
    """Give who asks people to come: the place, at the address its mail comes from."""
    return Address(place.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def open_to_all(session: Session) -> Happening:
    """Give a session as anybody may see it who has its address."""
    return _happening(session, page=reverse("signup:page", args=[session.code]))


def inside(session: Session) -> Happening:
    """Give a session as a member of the place sees it."""
    return _happening(session, page=reverse("gatherings:session", args=[session.place.slug, session.pk]))


def of_one(sign_up: SignUp, *, page: str) -> Happening:
    """Give a session as it stands for one who signed up; each deed of the queue about them is a change of its own."""
    session, deeds = sign_up.session, list(sign_up.events.order_by("pk"))
    return _happening(
        session,
        page=page,
        status=_STANDS[SignUp.State(sign_up.state)],
        joining_link=session.joining_link if sign_up.state == SignUp.State.COMING else "",
        deeds=len(deeds),
        changed_at=max([session.changed_at, *(one.created_at for one in deeds)]),
    )


def _happening(
    session: Session,
    *,
    page: str,
    status: Status = Status.CONFIRMED,
    joining_link: str = "",
    deeds: int = 0,
    changed_at: datetime | None = None,
) -> Happening:
    is_cancelled = session.state == Session.State.CANCELLED
    address = settings.PUBLIC_URL + page
    link = "" if is_cancelled else joining_link
    return Happening(
        uid=uid(session),
        sequence=session.version + deeds,
        changed_at=changed_at or session.changed_at,
        begins_at=session.begins_at,
        ends_at=session.ends_at,
        zone=session.place.zone.key,
        # Many calendars show no status of what they subscribe to, so the title says it too.
        title=_("Cancelled: %(title)s") % {"title": session.title} if is_cancelled else session.title,
        about=_about(session, address, link),
        where=session.where or link,
        page=address,
        joining_link=link,
        status=Status.CANCELLED if is_cancelled else status,
    )


def _about(session: Session, address: str, link: str) -> str:
    join = _("Join online: %(link)s") % {"link": link} if link else ""
    page = _("The page of this session: %(link)s") % {"link": address}
    return "\n\n".join(part for part in (session.about, join, page) if part)


def webcal(path: str) -> str:
    """Give the address by which a calendar program is asked to subscribe."""
    return urlsplit(settings.PUBLIC_URL + path)._replace(scheme="webcal").geturl()


def feed(happenings: Iterable[Happening], *, place: Place, name: str) -> bytes:
    """Write a feed of a place."""
    return write_feed(list(happenings), name=name, organiser=organiser(place))


def file_of(session: Session) -> bytes:
    """Write the entry of a session for anybody who wants to keep it."""
    return write_entry(open_to_all(session), organiser=organiser(session.place))


def letter_entry(sign_up: SignUp, *, page: str) -> tuple[Method, bytes]:
    """Write the entry that goes with a letter to somebody who has, or had, a place.

    Asked for by ``REQUEST`` and taken back by ``CANCEL``, since only these are acted upon by a calendar on its own; it
    says that they are coming, so that it asks nothing of them.
    """
    happening = of_one(sign_up, page=page)
    method = Method.CANCEL if happening.status is Status.CANCELLED else Method.REQUEST
    invited = Address(sign_up.name, sign_up.email)
    return method, write_entry(happening, organiser=organiser(sign_up.session.place), invited=invited, method=method)


def spoken(session: Session) -> str:
    """Say when a session is, by the clock of its place."""
    begins, ends = (timezone.localtime(one, session.place.zone) for one in (session.begins_at, session.ends_at))
    day = formats.date_format(begins, "l j F Y")
    return _("%(day)s, %(begins)s to %(ends)s") % {
        "day": day,
        "begins": formats.date_format(begins, "H:i"),
        "ends": formats.date_format(ends, "H:i e"),
    }


_MODES = {Session.Mode.ROOM: "Offline", Session.Mode.ONLINE: "Online", Session.Mode.HYBRID: "Mixed"}
_HIDDEN = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&"}


def linked(session: Session) -> SafeString:
    """Describe a public session in schema.org's words, for programs that read pages; a browser runs none of it.

    Nothing in it can end the element it stands in: the three marks that could are written by their numbers.
    """
    zone, page = session.place.zone, settings.PUBLIC_URL + reverse("signup:page", args=[session.code])
    state = "Cancelled" if session.state == Session.State.CANCELLED else "Scheduled"
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": session.title,
        "description": session.about,
        "startDate": session.begins_at.astimezone(zone).isoformat(),
        "endDate": session.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"https://schema.org/Event{state}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[Session.Mode(session.mode)]}EventAttendanceMode",
        "location": _locations(session, page),
        "organizer": {"@type": "Organization", "name": session.place.name},
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": session.capacity,
        "url": page,
    }
    return mark_safe(json.dumps(said).translate(_HIDDEN))  # noqa: S308 - escaped just here


def _locations(session: Session, page: str) -> list[dict[str, str]]:
    """Say where it is; online it is at its page, since only those who have a place are told the link."""
    room = {"@type": "Place", "name": session.where or session.place.name, "address": session.where}
    online = {"@type": "VirtualLocation", "url": page}
    by_mode = {Session.Mode.ROOM: [room], Session.Mode.ONLINE: [online], Session.Mode.HYBRID: [room, online]}
    return by_mode[Session.Mode(session.mode)]
