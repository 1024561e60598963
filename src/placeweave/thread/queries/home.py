"""The home of a place: the question, the freshest of each step, and who is in the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.action.models import Commitment
from placeweave.action.queries import commitments as promised
from placeweave.kit.access import INSIDE
from placeweave.kit.figures import Bar, BarFigure
from placeweave.places.models import Member, Place, Question
from placeweave.themes.models import Theme, WhatWeHeard
from placeweave.themes.queries import counting, heard
from placeweave.themes.queries.words import ReadableQuote
from placeweave.thread.queries import introductions


@dataclass(frozen=True)
class Home:
    """What the home of a place shows to one reader."""

    question: Question | None
    quotes: Sequence[ReadableQuote]
    themes: Sequence[tuple[Theme, counting.ThemeCounts]]
    introductions: Sequence[introductions.InWords]
    coming: Sequence[tuple[Commitment, str]]
    voices: BarFigure | None
    told: Sequence[WhatWeHeard]


def question_of(place: Place) -> Question | None:
    """Give the question in use of the first live issue."""
    rows = Question.objects.filter(issue__place=place, issue__state="live", state=Question.State.ADOPTED)
    return rows.select_related("issue").order_by("issue__pk").first()


def home(place: Place, member: Member) -> Home:
    """Gather what this reader may see; visitors get only what is public."""
    if member.standing not in INSIDE:
        told = WhatWeHeard.objects.filter(
            place=place, state=WhatWeHeard.State.SHARED, audience=WhatWeHeard.Audience.LINK
        )
        return Home(
            question_of(place), heard.newest(place, member), [], [], [], _voices(place, outside=True), list(told)
        )
    now = timezone.now()
    counts = counting.counts(place)
    themes = Theme.objects.current().filter(place=place).exclude(status=Theme.Status.RETIRED)
    fullest = sorted(themes, key=lambda one: -counts.get(one.pk, counting.NOTHING).quotes)[:3]
    rows = [one for one in promised.commitments(place).filter(state__in=promised.OPEN)[:200] if one.due_on]
    return Home(
        question_of(place),
        heard.newest(place, member),
        [(one, counts.get(one.pk, counting.NOTHING)) for one in fullest],
        introductions.worth_making(place, most=3),
        [(one, promised.shown_state(one, now=now)) for one in sorted(rows, key=lambda one: str(one.due_on))[:4]],
        _voices(place, outside=False),
        list(WhatWeHeard.objects.filter(place=place, state=WhatWeHeard.State.SHARED)[:2]),
    )


def _voices(place: Place, *, outside: bool) -> BarFigure | None:
    rows = heard.mix_of_voices(place, outside=outside)
    if not rows:
        return None
    return BarFigure(
        title=_("Who is in the conversation"),
        description=_("Contributions by kind of voice."),
        hue="heard",
        bars=[Bar(label, count) for label, count in rows],
    )
