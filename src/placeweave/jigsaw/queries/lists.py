"""Lists of pieces and needs, and finding them by their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Need, Piece, PieceKind
from placeweave.kit.access import may
from placeweave.kit.asking import number_of
from placeweave.kit.finding import Hit, Kind, hits, holding, page
from placeweave.places.models import FrameworkNode, Issue, Member, Place
from placeweave.themes.models import Quote, Theme

STALE_AFTER = timedelta(days=183)


@dataclass(frozen=True)
class Filters:
    """What a list of pieces is narrowed to; an empty field narrows nothing."""

    kind: str = ""
    sharability: str = ""
    neighbourhood: int | None = None
    theme: int | None = None
    issue: int | None = None
    topic: int | None = None
    holder: int | None = None
    stale: bool = False
    words: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """Take filters off an address, leaving out what cannot be one."""
        kind, sharability = given.get("kind", ""), given.get("sharability", "")
        return cls(
            kind=kind if kind in PieceKind.values else "",
            sharability=sharability if sharability in Piece.Sharability.values else "",
            neighbourhood=number_of(given.get("neighbourhood")),
            theme=number_of(given.get("theme")),
            issue=number_of(given.get("issue")),
            topic=number_of(given.get("topic")),
            holder=number_of(given.get("holder")),
            stale=given.get("stale") == "yes",
            words=given.get("words", "").replace("\x00", "").strip()[:80],
        )

    def without(self, name: str) -> Filters:
        """Give the same filters, one of them left out."""
        return Filters(**{field: value for field, value in vars(self).items() if field != name})

    def as_q(self) -> Q:
        """Give them as a condition on pieces."""
        wanted = Q()
        for name in ("kind", "sharability", "neighbourhood"):
            if value := getattr(self, name):
                wanted &= Q(**{name: value})
        wanted &= self._serving()
        if self.holder:
            wanted &= Q(organisation=self.holder)
        if self.stale:
            wanted &= is_stale()
        if self.words:
            wanted &= holding(self.words, "title", "note", "when", "organisation__name")
        return wanted

    def _serving(self) -> Q:
        """Give what a piece must serve; a theme takes the pieces of those merged into it along."""
        wanted = Q()
        if self.theme:
            under = Q(themes=self.theme) | Q(themes__merged_into=self.theme)
            wanted &= Q(pk__in=Piece.objects.filter(under).values("pk"))
        for name in ("issue", "topic"):
            if value := getattr(self, name):
                wanted &= Q(**{f"{name}s": value})
        return wanted


def is_stale(today: date | None = None) -> Q:
    """Tell which pieces nobody has looked at for half a year."""
    day = (today or timezone.localdate()) - STALE_AFTER
    return Q(last_checked_on__lt=day) | Q(last_checked_on=None)


def pieces(place: Place, filters: Filters | None = None, *, gone: bool = False) -> QuerySet[Piece]:
    """Give the pieces that are still there (or, if asked, those that are gone) with their holders."""
    wanted = (filters or Filters()).as_q()
    found = Piece.objects.filter(wanted, place=place, is_gone=gone).select_related("organisation", "neighbourhood")
    return found.order_by(F("organisation__name").asc(nulls_last=True), "kind", "title", "pk")


def in_between(place: Place) -> QuerySet[Piece]:
    """Give what is nobody's, and is to be protected: never part of a board, a gap or a suggestion."""
    return pieces(place, Filters(kind=PieceKind.IN_BETWEEN))


def needs(
    place: Place,
    *,
    state: str = "",
    kind: str = "",
    words: str = "",
    theme: int | None = None,
    issue: int | None = None,
    topic: int | None = None,
) -> QuerySet[Need]:
    """Give the needs of a place, the most pressing first; a theme takes the needs of those merged into it along."""
    found = Need.objects.filter(place=place).select_related("asked_by", "neighbourhood")
    if theme:
        under = Need.objects.filter(Q(themes=theme) | Q(themes__merged_into=theme))
        found = found.filter(pk__in=under.values("pk"))
    if issue:
        found = found.filter(issues=issue)
    if topic:
        found = found.filter(topics=topic)
    if state in Need.State.values:
        found = found.filter(state=state)
    if kind in PieceKind.values:
        found = found.filter(kind=kind)
    return found.filter(holding(words, "title", "detail", "asked_for", "asked_by__name")) if words else found


@dataclass(frozen=True)
class Linked:
    """What a need rests on or is for: which of its links it is, its key and title, and the framework of a heading."""

    link: str
    pk: int
    title: str
    framework: str = ""


def links_of(need: Need) -> list[Linked]:
    """List themes, quotes, issues and headings of a need, all asked for in one query; of quotes the keys alone."""
    nothing, held = Value(""), {"needs": need}
    rows = [
        _linked("themes", Theme.objects.filter(**held), F("title"), nothing),
        _linked("quotes", Quote.objects.filter(**held), nothing, nothing),
        _linked("issues", Issue.objects.filter(**held), F("title"), nothing),
        _linked("topics", FrameworkNode.objects.filter(**held), F("label"), F("framework__title")),
    ]
    found = [Linked(*row) for row in rows[0].union(*rows[1:], all=True)]
    return sorted(found, key=lambda one: (one.link, one.title.casefold(), one.pk))


def _linked(link: str, found: QuerySet[Any], title: Value | F, framework: Value | F) -> QuerySet[Any, Any]:
    said = found.order_by().annotate(link=Value(link), told=title, within=framework)
    rows: QuerySet[Any, Any] = said.values_list("link", "pk", "told", "within")
    return rows


def open_needs(place: Place) -> QuerySet[Need]:
    """Give what is still wanted."""
    return needs(place, state=Need.State.OPEN)


def search(place: Place, member: Member, words: str) -> list[Hit]:
    """Find pieces and needs by their words."""
    if not may(member, "jigsaw.see_board"):
        return []
    return hits(
        Kind(_("Piece"), pieces(place, Filters(words=words)), "title", page(place.slug, "jigsaw:piece"), "jigsaw"),
        Kind(_("Need"), needs(place, words=words), "title", page(place.slug, "jigsaw:need"), "jigsaw"),
    )
