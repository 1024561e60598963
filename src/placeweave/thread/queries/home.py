"""The home of a place: the question, the freshest of each step, and who is in the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.action.models import Commitment
from placeweave.action.queries import commitments as promised
from placeweave.jigsaw import queries as jigsaw
from placeweave.kit.access import INSIDE
from placeweave.kit.figures import Bar, BarFigure
from placeweave.places.models import Member, Place, Question
from placeweave.themes.models import Coding, Theme, WhatWeHeard
from placeweave.themes.queries import heard
from placeweave.themes.queries.boards import example_quotes
from placeweave.themes.queries.words import ANYBODY, MEMBERS, ReadableQuote


@dataclass(frozen=True)
class Loudest:
    """One of the themes most is said about, with a quote and what came of it."""

    theme: Theme
    quotes: Sequence[ReadableQuote]
    hops: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Home:
    """What the home of a place shows to one reader."""

    question: Question | None
    quotes: Sequence[ReadableQuote]
    voices: BarFigure | None
    themes: Sequence[Loudest] = ()
    introductions: Sequence[jigsaw.InWords] = ()
    coming: Sequence[tuple[Commitment, str, str]] = ()
    told: Sequence[WhatWeHeard] = ()


def question_of(place: Place) -> Question | None:
    """Give the question in use of the first live issue."""
    rows = Question.objects.filter(issue__place=place, issue__state="live", state=Question.State.ADOPTED)
    return rows.select_related("issue").order_by("issue__pk").first()


def home(place: Place, member: Member) -> Home:
    """Gather what this reader may see; visitors get only what is public.

    Words given in confidence are left out even for those who may read them: a home page is shown to a room.
    """
    question = question_of(place)
    if member.standing not in INSIDE:
        shared = WhatWeHeard.objects.filter(place=place, state=WhatWeHeard.State.SHARED)
        told = list(shared.filter(audience=WhatWeHeard.Audience.LINK))
        return Home(question, heard.newest(place, ANYBODY), _voices(place, outside=True), told=told)
    themes = _loudest(place)
    return Home(
        question,
        [] if themes else heard.newest(place, MEMBERS),
        _voices(place, outside=False),
        themes,
        jigsaw.worth_making(place, most=3),
        _coming(place),
    )


def _loudest(place: Place, *, most: int = 3) -> list[Loudest]:
    """Give the themes most is said about: those are what a newcomer asks about first."""
    coded = Coding.objects.filter(theme=OuterRef("pk"), ended_at=None).order_by().values("theme")
    answering = Commitment.themes.through.objects.filter(theme=OuterRef("pk")).order_by().values("theme")
    rows = Theme.objects.current().filter(place=place).exclude(status=Theme.Status.RETIRED)
    themes = list(
        rows.annotate(said=_count(coded), answers=_count(answering)).filter(said__gt=0).order_by("-said")[:most]
    )
    shown = example_quotes(place, MEMBERS, most=1, among=themes) if themes else {}
    return [Loudest(one, shown.get(one.pk, []), _hops(place, one)) for one in themes]


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def _hops(place: Place, theme: Theme) -> list[Mapping[str, Any]]:
    """Give the short strand of a theme: the words beneath it, and the promises that answer it."""
    own, trace = (
        reverse("themes:theme", args=[place.slug, theme.pk]),
        reverse("thread:trace", args=[place.slug, "theme", theme.pk]),
    )
    said, answers = getattr(theme, "said", 0), getattr(theme, "answers", 0)
    words = ngettext("%(n)s quote", "%(n)s quotes", said) % {"n": said}
    hops: list[Mapping[str, Any]] = [
        {
            "label": words,
            "url": own,
            "step": "heard",
            "is_here": False,
        },
        {"label": theme.title, "url": "", "step": "themes", "is_here": True},
    ]
    if answers:
        promises = ngettext("%(n)s commitment", "%(n)s commitments", answers) % {"n": answers}
        hops.append({"label": promises, "url": trace, "step": "action", "is_here": False})
    return hops


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
