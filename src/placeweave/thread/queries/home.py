"""The home of a place: the question, the freshest of each step, and who is in the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.action.models import Commitment
from placeweave.action.queries import commitments as promised
from placeweave.jigsaw import queries as jigsaw
from placeweave.kit.access import INSIDE
from placeweave.kit.figures import Bar, BarFigure
from placeweave.places.models import Member, Place, Question
from placeweave.themes.models import Theme, WhatWeHeard
from placeweave.themes.queries import counting, heard
from placeweave.themes.queries.boards import example_quotes
from placeweave.themes.queries.words import ANYBODY, MEMBERS, ReadableQuote


@dataclass(frozen=True)
class Loudest:
    """One of the themes most is said about, with a quote and what came of it."""

    theme: Theme
    counts: counting.ThemeCounts
    quotes: Sequence[ReadableQuote]
    hops: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Home:
    """What the home of a place shows to one reader."""

    question: Question | None
    quotes: Sequence[ReadableQuote]
    themes: Sequence[Loudest]
    introductions: Sequence[jigsaw.InWords]
    coming: Sequence[tuple[Commitment, str, str]]
    voices: BarFigure | None
    told: Sequence[WhatWeHeard]


def question_of(place: Place) -> Question | None:
    """Give the question in use of the first live issue."""
    rows = Question.objects.filter(issue__place=place, issue__state="live", state=Question.State.ADOPTED)
    return rows.select_related("issue").order_by("issue__pk").first()


def home(place: Place, member: Member) -> Home:
    """Gather what this reader may see; visitors get only what is public.

    Words given in confidence are left out even for those who may read them: a home page is shown to a room.
    """
    told = WhatWeHeard.objects.filter(place=place, state=WhatWeHeard.State.SHARED)
    if member.standing not in INSIDE:
        told = told.filter(audience=WhatWeHeard.Audience.LINK)
        return Home(
            question_of(place), heard.newest(place, ANYBODY), [], [], [], _voices(place, outside=True), list(told)
        )
    return Home(
        question_of(place),
        heard.newest(place, MEMBERS, most=2),
        _loudest(place),
        jigsaw.worth_making(place, most=3),
        _coming(place),
        _voices(place, outside=False),
        list(told[:2]),
    )


def _loudest(place: Place, *, most: int = 2) -> list[Loudest]:
    counts, shown = counting.counts(place), example_quotes(place, MEMBERS, most=1)
    themes = Theme.objects.current().filter(place=place).exclude(status=Theme.Status.RETIRED)
    fullest = sorted(themes, key=lambda one: -counts.get(one.pk, counting.NOTHING).quotes)[:most]
    answered = list(Commitment.objects.filter(place=place, themes__in=fullest).values_list("themes", "number", "pk"))
    return [
        Loudest(one, counts.get(one.pk, counting.NOTHING), shown.get(one.pk, []), _hops(place, one, answered))
        for one in fullest
    ]


def _hops(place: Place, theme: Theme, answered: Sequence[tuple[int, int, int]]) -> list[Mapping[str, Any]]:
    """Give the short strand from a theme to the promises that answer it."""
    promises = [
        {
            "label": _("commitment %(number)s") % {"number": number},
            "url": reverse("action:commitment", args=[place.slug, pk]),
            "step": "action",
            "is_here": False,
        }
        for key, number, pk in answered
        if key == theme.pk
    ]
    here = {"label": theme.title, "url": "", "step": "themes", "is_here": True}
    return [here, *promises[:4]] if promises else []


def _coming(place: Place, *, most: int = 4) -> list[tuple[Commitment, str, str]]:
    now = timezone.now()
    rows = promised.commitments(place).filter(state__in=promised.OPEN, due_on__isnull=False)[:most]
    states = [(one, promised.shown_state(one, now=now)) for one in rows]
    return [(one, state, str(promised.SHOWN[state])) for one, state in states]


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
