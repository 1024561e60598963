"""What asks for a convener's care this week: introductions to ask about, ties that cooled, and her own contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models import Value as Const
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from placeweave.jigsaw.models import ContactNote, Tie, TieReply, TieSurvey
from placeweave.jigsaw.queries.care import QUIET_AFTER
from placeweave.jigsaw.queries.introductions import introductions_to_ask_about
from placeweave.places.models import Member, Organisation, Place

Rows = QuerySet[Any, tuple[Any, ...]]
COOLED_BY = 2
"""Levels by which a report must fall from one wave to the next to be worth asking after."""


@dataclass(frozen=True)
class Concern:
    """One thing to look after. ``kind`` is due, cooled, strained, thanks or quiet.

    Attributes
    ----------
    key : int
        The introduction (due), the tie of the wave before (cooled), or the partner.
    day : date or None
        When they were introduced, or when the convener last spoke with the partner.
    was, now : int
        Levels of a tie that cooled; 0 elsewhere.
    """

    kind: str
    key: int
    one: str
    other: str
    day: date | None
    was: int
    now: int


@dataclass(frozen=True)
class Concerns:
    """All there is to look after, by kind; what a convener noted herself is told to her alone."""

    rows: Sequence[Concern]

    OWN: ClassVar = ("strained", "thanks", "quiet")

    def _of(self, kind: str) -> Sequence[Concern]:
        return [one for one in self.rows if one.kind == kind]

    @property
    def due(self) -> Sequence[Concern]:
        """Introductions of which it is time to ask what came."""
        return self._of("due")

    @property
    def cooled(self) -> Sequence[Concern]:
        """Ties that fell by two levels or more since the wave before."""
        return self._of("cooled")

    @property
    def own(self) -> Sequence[Concern]:
        """What her own notes say: under strain, then thanks owed, then the longest silences."""
        return [one for kind in self.OWN for one in self._of(kind)]


def to_look_after(place: Place, reader: Member | None = None) -> Concerns:
    """Read it all in one query; without a reader, nothing of anybody's own notes."""
    parts = [_due(place), _cooled(place)]
    if reader is not None:
        parts.append(_own(reader))
    found = [Concern(*row) for row in parts[0].union(*parts[1:], all=True)]
    return Concerns(sorted(found, key=lambda one: (one.day or date.min, one.one, one.other)))


def _rows(
    rows: QuerySet[Any],
    kind: Expression,
    names: tuple[F, F | Const],
    day: F,
    levels: tuple[Expression | F, Expression | F] = (Const(0), Const(0)),
) -> Rows:
    """Give rows of the one shape that can be read together: kind, key, one, other, day, was, now."""
    found: Rows = (
        rows.annotate(
            c_kind=Cast(kind, CharField()),
            c_one=Cast(names[0], CharField()),
            c_other=Cast(names[1], CharField()),
            c_day=Cast(day, DateField()),
            c_was=Cast(levels[0], IntegerField()),
            c_now=Cast(levels[1], IntegerField()),
        )
        .order_by()
        .values_list("c_kind", "pk", "c_one", "c_other", "c_day", "c_was", "c_now")
    )
    return found


def _due(place: Place) -> Rows:
    waiting = introductions_to_ask_about(place).select_related(None)
    return _rows(waiting, Const("due"), (F("one__name"), F("other__name")), F("made_on"))


def _cooled(place: Place) -> Rows:
    """Give reports that fell by two levels or more from the wave before to the newest one.

    Whoever has sent its answer and left the other out says 0; who has not answered yet says nothing.
    """
    waves = TieSurvey.objects.filter(place=place).order_by("-number").values("pk")
    newest, before = Subquery(waves[:1]), Subquery(waves[1:2])
    again = Tie.objects.filter(survey=newest, source=OuterRef("source"), target=OuterRef("target")).values("level")
    sent = TieReply.objects.filter(survey=newest, organisation=OuterRef("source"), sent_at__isnull=False)
    silence = Case(When(Exists(sent), then=Const(0)), default=None, output_field=IntegerField())
    fallen = (
        Tie.objects.current()
        .filter(survey=before)
        .annotate(said_now=Coalesce(Subquery(again), silence), fell=F("level") - F("said_now"))
    )
    names, levels = (F("source__name"), F("target__name")), (F("level"), F("said_now"))
    return _rows(fallen.filter(fell__gte=COOLED_BY), Const("cooled"), names, F("reported_on"), levels)


def _own(reader: Member) -> Rows:
    """Read a convener's own notes; a partner she never wrote of is no silence to be told of every week."""
    notes = ContactNote.objects.filter(author=reader, organisations=OuterRef("pk")).order_by("-happened_on", "-pk")
    partners = Organisation.objects.filter(place=reader.place_id, is_partner=True).annotate(
        spoken=Subquery(notes.values("happened_on")[:1]), feel=Subquery(notes.values("feel")[:1])
    )
    tense = Q(feel__in=[ContactNote.Feel.STRAINED, ContactNote.Feel.THANKS])
    silent = Q(spoken__lt=timezone.localdate() - QUIET_AFTER)
    kind = Case(When(tense, then=F("feel")), default=Const("quiet"), output_field=CharField())
    return _rows(partners.filter(tense | silent), kind, (F("name"), Const("")), F("spoken"))
