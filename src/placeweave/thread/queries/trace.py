"""The thread, walked both ways: what a thing rests on, and what came of it.

Every kind of thing is a :class:`Kind`, every way one can rest on another a :class:`Link`. The links of a place are
read at once and walked breadth-first, so that a long thread costs no more queries than a short one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from placeweave.action.models import Commitment, Pledge, Purpose
from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.kit.strand import Step
from placeweave.places.models import Place
from placeweave.themes.models import Coding, Quote, Theme

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
    counted: Any
    """Several of them in words: ``counted % {"n": 3}``."""


def _title_of_quote(quote: Quote) -> str:
    return _("Quote %(number)s") % {"number": quote.pk}


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "quote",
            pgettext_lazy("kind", "quote"),
            Step.HEARD,
            Quote,
            "thread:quote",
            _title_of_quote,
            ngettext_lazy("%(n)s quote", "%(n)s quotes", "n"),
        ),
        Kind(
            "theme",
            pgettext_lazy("kind", "theme"),
            Step.THEMES,
            Theme,
            "themes:theme",
            str,
            ngettext_lazy("%(n)s theme", "%(n)s themes", "n"),
        ),
        Kind(
            "need",
            pgettext_lazy("kind", "need"),
            Step.JIGSAW,
            Need,
            "jigsaw:need",
            str,
            ngettext_lazy("%(n)s need", "%(n)s needs", "n"),
        ),
        Kind(
            "piece",
            pgettext_lazy("kind", "piece"),
            Step.JIGSAW,
            Piece,
            "jigsaw:piece",
            str,
            ngettext_lazy("%(n)s piece", "%(n)s pieces", "n"),
        ),
        Kind(
            "synergy",
            pgettext_lazy("kind", "synergy"),
            Step.JIGSAW,
            Synergy,
            "jigsaw:synergy",
            lambda one: one.get_kind_display(),
            ngettext_lazy("%(n)s synergy", "%(n)s synergies", "n"),
        ),
        Kind(
            "purpose",
            pgettext_lazy("kind", "purpose"),
            Step.ACTION,
            Purpose,
            "action:purpose",
            str,
            ngettext_lazy("%(n)s purpose", "%(n)s purposes", "n"),
        ),
        Kind(
            "commitment",
            pgettext_lazy("kind", "commitment"),
            Step.ACTION,
            Commitment,
            "action:commitment",
            str,
            ngettext_lazy("%(n)s commitment", "%(n)s commitments", "n"),
        ),
    )
}


@dataclass(frozen=True)
class Link:
    """That one kind rests on another: the table that says so, its two ends, and how a row leads to its place."""

    upper: str
    lower: str
    table: type[models.Model]
    upper_field: str
    lower_field: str
    place: str
    holds: Q | None = None

    def rows(self, place: Place) -> models.QuerySet[Any, Any]:
        """Give the links of a place as (upper kind, lower kind, upper key, lower key)."""
        rows = self.table._base_manager.filter(self.holds or Q(), **{self.place: place}).order_by()
        ends = (F(self.upper_field), F(self.lower_field))
        return rows.values_list(Value(self.upper), Value(self.lower), *ends)


def _through(model: type[models.Model], name: str) -> type[models.Model]:
    table: type[models.Model] = getattr(model, name).through
    return table


# Downwards is "rests on". Themes folded into another are followed through to it.
LINKS: tuple[Link, ...] = (
    Link("theme", "quote", Coding, "theme_id", "quote_id", "theme__place", Q(ended_at=None)),
    Link("theme", "theme", Theme, "merged_into_id", "pk", "place", Q(merged_into__isnull=False)),
    Link("need", "theme", _through(Need, "themes"), "need_id", "theme_id", "need__place"),
    Link("need", "quote", _through(Need, "quotes"), "need_id", "quote_id", "need__place"),
    Link("synergy", "need", Synergy, "pk", "need_id", "place", Q(need__isnull=False)),
    Link("synergy", "piece", _through(Synergy, "pieces"), "synergy_id", "piece_id", "synergy__place"),
    Link("commitment", "theme", _through(Commitment, "themes"), "commitment_id", "theme_id", "commitment__place"),
    Link("commitment", "quote", _through(Commitment, "quotes"), "commitment_id", "quote_id", "commitment__place"),
    Link("commitment", "need", _through(Commitment, "needs"), "commitment_id", "need_id", "commitment__place"),
    Link(
        "commitment", "synergy", _through(Commitment, "synergies"), "commitment_id", "synergy_id", "commitment__place"
    ),
    Link("commitment", "piece", Pledge, "commitment_id", "piece_id", "commitment__place"),
    Link("purpose", "commitment", Commitment, "purpose_id", "pk", "place", Q(purpose__isnull=False)),
)


@dataclass(frozen=True)
class Hop:
    """One thing met on a walk, and how many links away it is."""

    kind: Kind
    pk: int
    title: str
    url: str
    distance: int = 0

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


@dataclass(frozen=True)
class Thread:
    """The thread of one thing: itself, what it rests on, and what came of it, each nearest first."""

    start: Hop
    below: Sequence[Hop]
    above: Sequence[Hop]


Edges = Mapping[Key, Sequence[Key]]


def _edges(place: Place) -> tuple[Edges, Edges]:
    """Read every link of a place at once: downwards, and upwards."""
    first, *others = (link.rows(place) for link in LINKS)
    down: dict[Key, list[Key]] = {}
    up: dict[Key, list[Key]] = {}
    for upper, lower, above, below in first.union(*others, all=True):
        down.setdefault((upper, above), []).append((lower, below))
        up.setdefault((lower, below), []).append((upper, above))
    return down, up


def _reach(start: Key, edges: Edges) -> dict[Key, int]:
    """Walk breadth-first, and say how many links away each thing is; nothing is met twice."""
    far, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for found in edges.get(here, ()):
            if found not in far:
                far[found] = far[here] + 1
                waiting.append(found)
    far.pop(start)
    return far


def thread(place: Place, kind: str, pk: int) -> Thread | None:
    """Give the thread of one thing, or None where this place has no such thing.

    One query reads the links and one a kind the titles, however long the thread is.
    """
    if kind not in KINDS:
        return None
    down, up = _edges(place)
    below, above = _reach((kind, pk), down), _reach((kind, pk), up)
    named = _named(place, {(kind, pk), *below, *above})
    if (kind, pk) not in named:
        return None
    start = replace(named[kind, pk], distance=0)
    return Thread(start, _in_order(below, named), _in_order(above, named))


def _in_order(far: Mapping[Key, int], named: Mapping[Key, Hop]) -> list[Hop]:
    hops = [replace(named[key], distance=distance) for key, distance in far.items() if key in named]
    return sorted(hops, key=lambda one: (one.distance, list(KINDS).index(one.kind.name), one.pk))


def _named(place: Place, keys: AbstractSet[Key]) -> dict[Key, Hop]:
    """Read the titles, one query a kind, leaving out anything that is not of this place."""
    found: dict[Key, Hop] = {}
    for kind in KINDS.values():
        wanted = [pk for name, pk in keys if name == kind.name]
        if wanted:
            records = kind.model._base_manager.filter(place=place, pk__in=wanted)
            found |= {(kind.name, one.pk): _hop(kind, one, place) for one in records}
    return found


def _hop(kind: Kind, record: models.Model, place: Place) -> Hop:
    url = reverse(kind.url_name, args=[place.slug, record.pk])
    return Hop(kind, record.pk, kind.title(record), url)


def beads(found: Thread) -> list[Mapping[str, Any]]:
    """Give the personal strand of one thing: beads below it, itself, beads above."""
    here = {"label": found.start.label, "url": "", "step": found.start.step, "is_here": True}
    return [*_beads(found.below), here, *_beads(found.above)]


def _beads(hops: Sequence[Hop]) -> list[Mapping[str, Any]]:
    """Gather a walk into one bead a kind, in the order of the thread."""
    gathered: list[Mapping[str, Any]] = []
    for kind in KINDS.values():
        found = [one for one in hops if one.kind is kind]
        if not found:
            continue
        label = found[0].label if len(found) == 1 else kind.counted % {"n": len(found)}
        gathered.append({"label": label, "url": found[0].url, "step": kind.step, "is_here": False})
    return gathered
