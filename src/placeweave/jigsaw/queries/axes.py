"""What the board can be laid out by: kinds, neighbourhoods, themes, issues, or the headings of a framework."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.models import Need, Piece, PieceKind
from placeweave.places.models import Framework, FrameworkNode, Issue, Place
from placeweave.themes import queries as theme_queries

HELD_KINDS = [kind for kind in PieceKind if kind != PieceKind.IN_BETWEEN]
SHORT = {
    PieceKind.MONEY: gettext_lazy("Money"),
    PieceKind.PEOPLE: gettext_lazy("People, skills"),
    PieceKind.BUILDING: gettext_lazy("Buildings"),
    PieceKind.VEHICLE: gettext_lazy("Vehicles, kit"),
    PieceKind.SERVICE: gettext_lazy("Services"),
    PieceKind.INFORMATION: gettext_lazy("Data"),
    PieceKind.KNOWLEDGE: gettext_lazy("Know-how"),
    PieceKind.RELATIONSHIP: gettext_lazy("Trust"),
    PieceKind.MANDATE: gettext_lazy("Say-so"),
    PieceKind.CONVENING: gettext_lazy("Convening"),
}
WAYS = {
    "kind": gettext_lazy("By kind"),
    "theme": gettext_lazy("By theme"),
    "issue": gettext_lazy("By issue"),
    "neighbourhood": gettext_lazy("By neighbourhood"),
}
FIELDS = {"kind": "kind", "neighbourhood": "neighbourhood", "theme": "themes", "issue": "issues", "topic": "topics"}
ABOUT_PEOPLE = ("sectors", "levels-of-collaboration", "participation-levels", "statutory-partners", "place-principle")
"""Frameworks that sort partners and ways of working, and not what a piece is for."""
MOST_COLUMNS = 40


@dataclass(frozen=True)
class ColumnHead:
    """One column: the value its cells are filtered by, its name, short and whole, and how many open needs it has."""

    value: str
    label: str
    title: str
    wanted: int = 0


@dataclass(frozen=True)
class Axis:
    """One way to lay the board out. ``name`` is the filter that its cells narrow a list by."""

    by: str
    name: str
    columns: Sequence[ColumnHead]
    title: str = ""

    @property
    def counts_needs(self) -> bool:
        """Whether a need can stand in the columns: they are what pieces and needs are for."""
        return self.name in {"theme", "issue", "topic"}

    @property
    def field(self) -> str:
        """Where a piece says which column it belongs to."""
        return FIELDS[self.name]


def frameworks_for_pieces(place: Place) -> list[Framework]:
    """List the frameworks in force that pieces and needs are sorted by, and retired ones this place has sorted by."""
    return list(_frameworks(place))


def headings_for_pieces(place: Place) -> QuerySet[FrameworkNode]:
    """Give the headings of these frameworks that are divided no further, framework by framework."""
    nodes = FrameworkNode.objects.filter(framework__in=_frameworks(place), children=None)
    return nodes.select_related("framework").order_by("framework__title", "framework__version", "order", "pk")


def _frameworks(place: Place) -> QuerySet[Framework]:
    used = Exists(Piece.topics.through.objects.filter(frameworknode__framework=OuterRef("pk"), piece__place=place))
    wanted = Exists(Need.topics.through.objects.filter(frameworknode__framework=OuterRef("pk"), need__place=place))
    return Framework.objects.filter(Q(valid_to=None) | used | wanted).exclude(slug__in=ABOUT_PEOPLE)


def axis(place: Place, by: str, frameworks: Sequence[Framework]) -> Axis:
    """Read off an address how the board is to be laid out; what cannot be one is the board by kind."""
    chosen = next((one for one in frameworks if by == f"framework-{one.pk}"), None)
    if chosen is not None:
        nodes = FrameworkNode.objects.filter(framework=chosen, children=None).order_by("order", "pk")
        heads = [
            ColumnHead(str(one.pk), one.label, one.text or one.label, one.wanted)
            for one in _wanting(nodes, place, Q(topics=OuterRef("pk")))
        ]
        return Axis(by, "topic", heads, str(chosen))
    if by == "theme":
        under = Q(themes=OuterRef("pk")) | Q(themes__merged_into=OuterRef("pk"))
        return Axis(by, "theme", _titled(_wanting(theme_queries.theme_options(place), place, under)))
    if by == "issue":
        issues = Issue.objects.filter(place=place)
        return Axis(by, "issue", _titled(_wanting(issues, place, Q(issues=OuterRef("pk")))))
    if by == "neighbourhood":
        named = [ColumnHead(str(one.pk), one.name, one.name) for one in place.neighbourhoods.all()]
        whole = ColumnHead("none", _("The whole place"), _("No neighbourhood in particular"))
        return Axis(by, "neighbourhood", [*named, whole])
    return Axis("kind", "kind", [ColumnHead(kind.value, str(SHORT[kind]), str(kind.label)) for kind in HELD_KINDS])


def _wanting(found: QuerySet[Any], place: Place, under: Q) -> QuerySet[Any]:
    """Give the first columns, each with the number of open needs that stand under it."""
    needs = Need.objects.filter(under, place=place, state=Need.State.OPEN).order_by().values("place")
    counted = Subquery(needs.annotate(found=Count("pk", distinct=True)).values("found"))
    columns: QuerySet[Any] = found.annotate(wanted=Coalesce(counted, 0))[:MOST_COLUMNS]
    return columns


def _titled(found: QuerySet[Any]) -> list[ColumnHead]:
    return [ColumnHead(str(one.pk), one.title, one.title, one.wanted) for one in found]
