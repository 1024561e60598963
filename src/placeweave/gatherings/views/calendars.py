"""What calendar programs and feed readers ask for: whole, or that nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import gettext as _

from placeweave.gatherings import calendars
from placeweave.gatherings.models import Programme, Session
from placeweave.gatherings.queries import calendars as queries
from placeweave.gatherings.queries import queue as queue_queries
from placeweave.gatherings.queries import sessions
from placeweave.kit.asking import number_of
from placeweave.kit.doors import private_link
from placeweave.places.access import open_view
from placeweave.places.models import Place

CALENDAR, ATOM = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8"
ANYBODY, HOLDER = "public, max-age=300", "private, no-cache"
"""Who may keep a copy: what is public, anybody for five minutes; what a key opened, its holder, who asks each time."""


def _answer(
    request: HttpRequest, content: bytes, media_type: str, *, cached: str, changed_at: datetime | None = None
) -> HttpResponse:
    """Send a file, or only say that it has not changed since it was last asked for."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    told = {"ETag": etag, "Cache-Control": cached}
    stamp = int(changed_at.timestamp()) if changed_at else None
    whole = HttpResponse(content, content_type=media_type)
    answer = get_conditional_response(request, etag=etag, last_modified=stamp, response=whole) or whole
    for name, value in (told | ({"Last-Modified": http_date(stamp)} if stamp else {})).items():
        answer.headers[name] = value
    return answer


def _latest(found: Iterable[Session]) -> datetime | None:
    return max((one.changed_at for one in found), default=None)


def place_or_404(slug: str) -> Place:
    """Find the place whose public list is asked for, and go by its clock."""
    place = queries.open_place(slug)
    if place is None:
        raise Http404
    timezone.activate(place.zone)
    return place


def narrowed_to(request: HttpRequest, place: Place) -> Programme | None:
    """Find the programme that a list is narrowed to, if it is."""
    asked = request.GET.get("programme")
    return get_object_or_404(queries.listed_programmes(place), pk=number_of(asked) or 0) if asked else None


@open_view
def place_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Give the public sessions of a place, or of one of its programmes, as a calendar."""
    place = place_or_404(key)
    programme = narrowed_to(request, place)
    name = f"{programme.title}, {place.name}" if programme else place.name
    shown = (calendars.open_to_all(one) for one in queries.listed(place, programme))
    return _answer(request, calendars.feed(shown, place=place, name=name), CALENDAR, cached=ANYBODY)


@open_view
def place_news(request: HttpRequest, key: str) -> HttpResponse:
    """Give the public sessions of a place as news, the last changed first."""
    place = place_or_404(key)
    found = list(queries.listed(place, narrowed_to(request, place)))
    page = settings.PUBLIC_URL + reverse("signup:list", args=[place.slug])
    news = Atom1Feed(
        title=_("Events in %(place)s") % {"place": place.name},
        link=page,
        description="",
        feed_url=settings.PUBLIC_URL + request.get_full_path(),
        feed_guid=page,
    )
    for one in sorted(found, key=lambda one: one.changed_at, reverse=True):
        entry = calendars.open_to_all(one)
        news.add_item(
            entry.title,
            entry.page,
            f"{calendars.spoken(one)}. {entry.about}",
            updateddate=one.changed_at,
            unique_id=f"urn:uuid:{entry.uid}",
        )
    return _answer(request, news.writeString("utf-8").encode(), ATOM, cached=ANYBODY)


@open_view
@private_link
def session_file(request: HttpRequest, key: str) -> HttpResponse:
    """Give one session as a file to keep."""
    session = sessions.public(key)
    if session is None:
        raise Http404
    answer = _answer(request, calendars.file_of(session), CALENDAR, cached=HOLDER, changed_at=session.changed_at)
    answer.headers["Content-Disposition"] = f'attachment; filename="{session.code}.ics"'
    return answer


@open_view
@private_link
def member_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Give a member the sessions of their place that they may see."""
    member = queries.with_calendar_key(key)
    if member is None:
        raise Http404
    timezone.activate(member.place.zone)
    found = list(queries.seen_by(member))
    shown = (calendars.inside(one) for one in found)
    content = calendars.feed(shown, place=member.place, name=member.place.name)
    return _answer(request, content, CALENDAR, cached=HOLDER)


@open_view
@private_link
def mine_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Give somebody who signed up the session as it stands for them, with the link to join if they have a place."""
    found = queue_queries.with_key(key)
    if found is None or found.session.state == Session.State.DRAFT:
        raise Http404
    entry, place = calendars.of_one(found, page=reverse("signup:mine", args=[key])), found.session.place
    content = calendars.feed([entry], place=place, name=found.session.title)
    return _answer(request, content, CALENDAR, cached=HOLDER, changed_at=entry.changed_at)
