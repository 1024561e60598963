"""The Monday page: fifteen minutes, nothing to fill in before it gives something back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from placeweave.action.models import Commitment
from placeweave.action.queries import commitments as promised
from placeweave.gatherings.models import Session
from placeweave.gatherings.queries.sessions import in_the_days
from placeweave.jigsaw import queries as jigsaw
from placeweave.places.models import Member, Place
from placeweave.themes.models import Theme
from placeweave.themes.queries import heard

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Monday:
    """What a convener looks at on a Monday."""

    sessions: Sequence[Session]
    overdue: Sequence[Commitment]
    due: Sequence[Commitment]
    silent: Sequence[Commitment]
    kept: Sequence[Commitment]
    introductions: Sequence[jigsaw.InWords]
    concerns: jigsaw.Concerns
    debts: Sequence[heard.Debt]
    to_read: Sequence[heard.ToRead]
    suggestions_waiting: int
    moved: Sequence[tuple[Theme, int]]
    voiceless: Sequence[Commitment]
    heard_this_week: int


def monday(place: Place, reader: Member | None = None, *, now: datetime | None = None) -> Monday:
    """Gather the week as it stands; what a reader noted for herself is told to her alone."""
    now = now or timezone.now()
    today, week_ago = timezone.localdate(now), now - WEEK
    rows = list(
        promised.commitments(place)
        .annotate(is_voiceless=Exists(promised.without_voice(place).filter(pk=OuterRef("pk"))))
        .filter(
            Q(state__in=promised.OPEN)
            | Q(state=Commitment.State.KEPT, last_word_at__gte=week_ago)
            | Q(is_voiceless=True)
        )
    )
    shown = {one.pk: promised.shown_state(one, now=now) for one in rows}
    soon = [one for one in rows if one.due_on and today <= one.due_on <= today + WEEK and one.state in promised.OPEN]
    debts, to_read = heard.waiting_on_us(place)
    moved = heard.what_moved(place, since=week_ago)
    return Monday(
        sessions=list(in_the_days(place, _morning(now), now + WEEK)),
        overdue=[one for one in rows if shown[one.pk] == "overdue"],
        due=soon,
        silent=[one for one in rows if shown[one.pk] == "no_word" and one not in soon],
        kept=[one for one in rows if one.state == Commitment.State.KEPT and (one.last_word_at or now) >= week_ago],
        introductions=jigsaw.worth_making(place, most=3),
        concerns=jigsaw.to_look_after(place, reader),
        debts=debts,
        to_read=to_read,
        suggestions_waiting=moved.waiting,
        moved=moved.themes,
        voiceless=[one for one in rows if one.is_voiceless],
        heard_this_week=moved.came,
    )


def _morning(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
