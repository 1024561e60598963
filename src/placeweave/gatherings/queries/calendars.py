"""Reads for calendars and public lists: which sessions who may subscribe to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from placeweave.gatherings.models import CalendarKey, Programme, Session
from placeweave.kit import access, links
from placeweave.places.models import Member, Place

KEPT = timedelta(days=90)
"""How long what is over, and what was called off, stays in a feed."""
MOST = 500


def _lately(sessions: QuerySet[Session], now: datetime) -> QuerySet[Session]:
    recent = sessions.exclude(state=Session.State.DRAFT).filter(ends_at__gte=now - KEPT)
    return recent.select_related("place", "cohort__programme").order_by("begins_at", "pk")[:MOST]


def open_place(slug: str) -> Place | None:
    """Find the place whose public list an address names; one that shows visitors nothing has none."""
    return Place.objects.workspaces().filter(slug=slug, is_public=True).first()


def listed(place: Place, programme: Programme | None = None) -> QuerySet[Session]:
    """Give the sessions that their team lists publicly, those called off among them."""
    found = Session.objects.filter(place=place, is_listed=True)
    return _lately(found.filter(cohort__programme=programme) if programme else found, timezone.now())


def listed_programmes(place: Place) -> QuerySet[Programme]:
    """Give the programmes that have sessions on the public list."""
    shown = Session.objects.exclude(state=Session.State.DRAFT).filter(place=place, is_listed=True)
    return Programme.objects.filter(place=place, cohorts__sessions__in=shown).distinct()


def seen_by(member: Member) -> QuerySet[Session]:
    """Give the sessions of a member's place that they may see; a draft is no date yet."""
    return _lately(Session.objects.filter(place=member.place_id), timezone.now())


def with_calendar_key(key: str) -> Member | None:
    """Find whose calendar a key opens, as long as they may see the sessions of their place."""
    held = CalendarKey.objects.filter(key_digest=links.digest(key)).values("member")
    member = Member.objects.current().filter(pk__in=held).select_related("place", "person").first()
    return member if member is not None and access.may(member, "gatherings.see_sessions") else None


def calendar_key(member: Member) -> CalendarKey | None:
    """Give a member's key, if they have one."""
    return CalendarKey.objects.filter(member=member).first()
