"""What the board can be laid out by: kinds, neighbourhoods, themes, issues, or the headings of a framework."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.models import Piece, PieceKind
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
    """One column: the value its cells are filtered by, and its name, short and whole."""

    value: str
    label: str
    title: str


@dataclass(frozen=True)
class Axis:
    """One way to lay the board out. ``name`` is the filter that its cells narrow a list by."""

    by: str
    name: str
    columns: Sequence[ColumnHead]
    title: str = ""

    @property
    def field(self) -> str:
        """Where a piece says which column it belongs to."""
        return FIELDS[self.name]


def frameworks_for_pieces(place: Place) -> list[Framework]:
    """Give the frameworks in force that pieces can be sorted by, and retired ones this place has sorted by."""
    used = Exists(Piece.topics.through.objects.filter(frameworknode__framework=OuterRef("pk"), piece__place=place))
    return list(Framework.objects.filter(Q(valid_to=None) | used).exclude(slug__in=ABOUT_PEOPLE))


def axis(place: Place, by: str, frameworks: Sequence[Framework]) -> Axis:
    """Read off an address how the board is to be laid out; what cannot be one is the board by kind."""
    chosen = next((one for one in frameworks if by == f"framework-{one.pk}"), None)
    if chosen is not None:
        nodes = FrameworkNode.objects.filter(framework=chosen, children=None).order_by("order", "pk")[:MOST_COLUMNS]
        heads = [ColumnHead(str(one.pk), one.label, one.text or one.label) for one in nodes]
        return Axis(by, "topic", heads, str(chosen))
    if by == "theme":
        themes = theme_queries.theme_options(place)[:MOST_COLUMNS]
        return Axis(by, "theme", [ColumnHead(str(one.pk), one.title, one.title) for one in themes])
    if by == "issue":
        issues = Issue.objects.filter(place=place)[:MOST_COLUMNS]
        return Axis(by, "issue", [ColumnHead(str(one.pk), one.title, one.title) for one in issues])
    if by == "neighbourhood":
        named = [ColumnHead(str(one.pk), one.name, one.name) for one in place.neighbourhoods.all()]
        whole = ColumnHead("none", _("The whole place"), _("No neighbourhood in particular"))
        return Axis(by, "neighbourhood", [*named, whole])
    return Axis("kind", "kind", [ColumnHead(kind.value, str(SHORT[kind]), str(kind.label)) for kind in HELD_KINDS])
