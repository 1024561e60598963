"""What partners could pool for one outcome: never added up across currencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.queries.lists import pieces
from placeweave.places.models import Framework, FrameworkNode, Place

MOST = 60
"""Pieces listed below the sums; the sums are of all."""


@dataclass(frozen=True)
class Pot:
    """Pots of money in one currency."""

    currency: str
    amount: Decimal
    pots: int


@dataclass(frozen=True)
class Pool:
    """What could be pooled for an outcome: money by currency, hours a month, rooms, people and the rest."""

    outcome: FrameworkNode
    pieces: Sequence[Piece]
    total: int
    money: Sequence[Pot]
    hours: Decimal
    rooms: int
    people: int
    others: int
    first_end: date | None


def pooled(place: Place, outcome: FrameworkNode) -> Pool:
    """Lay together what is written down for an outcome, as far as its holders share it at all."""
    today = timezone.localdate()
    still = Q(expires_on=None) | Q(expires_on__gte=today)
    shared = pieces(place).filter(still, topics=outcome).exclude(sharability=Piece.Sharability.NO)
    counts = shared.order_by().aggregate(
        total=Count("pk"),
        hours=Sum("hours_a_month"),
        rooms=Count("pk", filter=Q(kind=PieceKind.BUILDING)),
        people=Count("pk", filter=Q(kind=PieceKind.PEOPLE)),
        first_end=Min("expires_on"),
    )
    pots = shared.order_by().filter(kind=PieceKind.MONEY, amount__isnull=False).values("currency")
    money = [
        Pot(row["currency"], row["amount"], row["pots"])
        for row in pots.annotate(pots=Count("pk"), amount=Sum("amount")).order_by("currency")
    ]
    counted = counts["rooms"] + counts["people"] + sum(one.pots for one in money)
    return Pool(
        outcome,
        list(shared[:MOST]),
        counts["total"],
        money,
        counts["hours"] or Decimal(0),
        counts["rooms"],
        counts["people"],
        counts["total"] - counted,
        counts["first_end"],
    )


@dataclass(frozen=True)
class Outcomes:
    """The headings of one framework, each with how many pieces are written down for it."""

    framework: Framework
    headings: Sequence[tuple[FrameworkNode, int]]

    @property
    def stood_behind(self) -> list[tuple[FrameworkNode, int]]:
        """Those for which there is a piece at all."""
        return [(node, held) for node, held in self.headings if held]


def outcomes(place: Place, frameworks: Sequence[Framework]) -> list[Outcomes]:
    """List every heading one could pool for, those nobody holds anything for included."""
    held = Q(pieces__place=place, pieces__is_gone=False)
    nodes = FrameworkNode.objects.filter(framework__in=frameworks, children=None).order_by("order", "pk")
    rows = list(nodes.annotate(held=Count("pieces", filter=held)))
    return [Outcomes(one, [(node, node.held) for node in rows if node.framework_id == one.pk]) for one in frameworks]
