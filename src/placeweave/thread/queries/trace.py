"""The thread, walked both ways: what a thing rests on, and what came of it.

Every kind of thing is a :class:`Kind` with two lists of steps. A walk is breadth-first, one query a step and level,
and never goes round in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.action.models import Commitment, Purpose
from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.kit.strand import Step
from placeweave.places.models import Place
from placeweave.themes.models import Quote, Theme

Key = tuple[str, int]


@dataclass(frozen=True)
class Kind:
    """One kind of thing on the thread."""

    name: str
    label: Any
    step: Step
    model: type[models.Model]
    url_name: str
    title: Callable[[Any], str]
    related: tuple[str, ...] = ()


def _title_of_quote(quote: Quote) -> str:
    return _("Quote %(number)s") % {"number": quote.pk}


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("quote", gettext_lazy("quote"), Step.HEARD, Quote, "thread:quote", _title_of_quote),
        Kind("theme", gettext_lazy("theme"), Step.THEMES, Theme, "themes:theme", str),
        Kind("need", gettext_lazy("need"), Step.JIGSAW, Need, "jigsaw:need", str),
        Kind("piece", gettext_lazy("piece"), Step.JIGSAW, Piece, "jigsaw:piece", str),
        Kind(
            "synergy",
            gettext_lazy("synergy"),
            Step.JIGSAW,
            Synergy,
            "jigsaw:synergy",
            lambda one: one.get_kind_display(),
        ),
        Kind("purpose", gettext_lazy("purpose"), Step.ACTION, Purpose, "action:purpose", str),
        Kind("commitment", gettext_lazy("commitment"), Step.ACTION, Commitment, "action:commitment", str),
    )
}


@dataclass(frozen=True)
class Link:
    """That one kind rests on another: the through table, and its two ends."""

    upper: str
    lower: str
    table: Callable[[], models.QuerySet[Any]]
    upper_field: str
    lower_field: str


def _through(model: type[models.Model], name: str) -> Callable[[], models.QuerySet[Any]]:
    table: type[models.Model] = getattr(model, name).through
    return table._base_manager.all


# Downwards is "rests on". Themes folded into another are followed through to it.
LINKS: tuple[Link, ...] = (
    Link("theme", "quote", lambda: Quote.themes.through._base_manager.filter(ended_at=None), "theme_id", "quote_id"),
    Link("theme", "theme", lambda: Theme.objects.filter(merged_into__isnull=False), "merged_into_id", "pk"),
    Link("need", "theme", _through(Need, "themes"), "need_id", "theme_id"),
    Link("need", "quote", _through(Need, "quotes"), "need_id", "quote_id"),
    Link("synergy", "need", lambda: Synergy.objects.filter(need__isnull=False), "pk", "need_id"),
    Link("synergy", "piece", _through(Synergy, "pieces"), "synergy_id", "piece_id"),
    Link("commitment", "theme", _through(Commitment, "themes"), "commitment_id", "theme_id"),
    Link("commitment", "quote", _through(Commitment, "quotes"), "commitment_id", "quote_id"),
    Link("commitment", "need", _through(Commitment, "needs"), "commitment_id", "need_id"),
    Link("commitment", "synergy", _through(Commitment, "synergies"), "commitment_id", "synergy_id"),
    Link("commitment", "piece", _through(Commitment, "pieces"), "commitment_id", "piece_id"),
    Link("purpose", "commitment", lambda: Commitment.objects.filter(purpose__isnull=False), "purpose_id", "pk"),
)


@dataclass(frozen=True)
class Hop:
    """One thing met on a walk: how many links away, and from which thing it was reached."""

    kind: Kind
    pk: int
    title: str
    url: str
    distance: int
    via: Key | None = None

    @property
    def key(self) -> Key:
        """What names this thing among all others."""
        return self.kind.name, self.pk

    @property
    def step(self) -> Step:
        """The step of the thread it belongs to."""
        return self.kind.step

    @property
    def label(self) -> str:
        """Its kind and title, as a bead shows them."""
        return f"{self.kind.label}: {self.title}"


@dataclass
class _Walk:
    seen: dict[Key, tuple[int, Key | None]] = field(default_factory=dict)

    def meet(self, pairs: Iterable[tuple[Key, Key]], distance: int) -> list[Key]:
        """Note the things reached for the first time; give them."""
        fresh = []
        for source, found in pairs:
            if found not in self.seen:
                self.seen[found] = (distance, source)
                fresh.append(found)
        return fresh


def _next(edge: Sequence[Key], *, down: bool) -> list[tuple[Key, Key]]:
    """Follow every link from the things at the edge of a walk."""
    at_edge: dict[str, list[int]] = {}
    for name, pk in edge:
        at_edge.setdefault(name, []).append(pk)
    pairs: list[tuple[Key, Key]] = []
    for link in LINKS:
        near, far = (link.upper, link.lower) if down else (link.lower, link.upper)
        near_field, far_field = (link.upper_field, link.lower_field) if down else (link.lower_field, link.upper_field)
        if near in at_edge:
            rows = (
                link.table()
                .filter(**{f"{near_field}__in": at_edge[near]})
                .order_by()
                .values_list(near_field, far_field)
            )
            pairs += [((near, one), (far, other)) for one, other in rows]
    return pairs


def walk(place: Place, start: Key, *, down: bool, most: int = 400) -> list[Hop]:
    """Walk from one thing, down to what it rests on or up to what came of it; nearest first.

    At most ``most`` things are met: past that the walk stops, and says nothing of the rest.
    """
    walked = _Walk({start: (0, None)})
    edge, distance = [start], 0
    while edge and len(walked.seen) < most:
        distance += 1
        edge = walked.meet(_next(edge, down=down), distance)
    walked.seen.pop(start)
    return _named(place, walked.seen)


def _named(place: Place, seen: Mapping[Key, tuple[int, Key | None]]) -> list[Hop]:
    """Read the titles, one query a kind, leaving out anything that is not of this place."""
    hops = []
    for kind in KINDS.values():
        wanted = [pk for name, pk in seen if name == kind.name]
        if not wanted:
            continue
        records = kind.model._base_manager.filter(place=place, pk__in=wanted)
        hops += [hop(kind, one, place, *seen[kind.name, one.pk]) for one in records]
    return sorted(hops, key=lambda one: (one.distance, list(KINDS).index(one.kind.name), one.pk))


def hop(kind: Kind, record: models.Model, place: Place, distance: int = 0, via: Key | None = None) -> Hop:
    """Give a record as it is met on a walk."""
    url = reverse(kind.url_name, args=[place.slug, record.pk])
    return Hop(kind, record.pk, kind.title(record), url, distance, via)


def beads(start: Hop, below: Sequence[Hop], above: Sequence[Hop]) -> list[Mapping[str, Any]]:
    """Give the personal strand of one thing: beads below it, itself, beads above."""
    here = {"label": start.label, "url": "", "step": start.step, "is_here": True}
    return [*_beads(below), here, *_beads(above)]


def _beads(hops: Sequence[Hop]) -> list[Mapping[str, Any]]:
    """Gather a walk into one bead a kind, in the order of the thread."""
    gathered: list[Mapping[str, Any]] = []
    for kind in KINDS.values():
        found = [one for one in hops if one.kind is kind]
        if not found:
            continue
        label = found[0].label if len(found) == 1 else f"{len(found)} × {kind.label}"
        gathered.append({"label": label, "url": found[0].url, "step": kind.step, "is_here": False})
    return gathered
