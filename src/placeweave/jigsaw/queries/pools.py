"""What partners could pool for one outcome: never added up across currencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone

from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.queries.lists import pieces
from placeweave.places.models import Framework, FrameworkNode, Place

MOST = 200


@dataclass(frozen=True)
class Sum:
    """Pots of money in one currency."""

    currency: str
    amount: Decimal
    pots: int


@dataclass(frozen=True)
class Pool:
    """What could be pooled for an outcome: money by currency, hours a month, rooms, people and the rest."""

    outcome: FrameworkNode
    pieces: Sequence[Piece]
    money: Sequence[Sum]
    hours: Decimal
    rooms: int
    people: int
    others: int
    first_end: date | None


def pooled(place: Place, outcome: FrameworkNode) -> Pool:
    """Lay together what is written down for an outcome, as far as its holders share it at all."""
    today = timezone.localdate()
    still = Q(expires_on=None) | Q(expires_on__gte=today)
    rows = list(pieces(place).filter(still, topics=outcome).exclude(sharability=Piece.Sharability.NO)[:MOST])
    kinds = [one.kind for one in rows]
    rooms, people = kinds.count(PieceKind.BUILDING), kinds.count(PieceKind.PEOPLE)
    money = _sums(rows)
    pots = sum(one.pots for one in money)
    ends = [one.expires_on for one in rows if one.expires_on]
    hours = sum((one.hours_a_month for one in rows if one.hours_a_month is not None), Decimal(0))
    return Pool(outcome, rows, money, hours, rooms, people, len(rows) - rooms - people - pots, min(ends, default=None))


def _sums(rows: Sequence[Piece]) -> list[Sum]:
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for one in rows:
        if one.amount is not None and one.kind == PieceKind.MONEY:
            amounts[one.currency].append(one.amount)
    return [Sum(currency, sum(some, Decimal(0)), len(some)) for currency, some in sorted(amounts.items())]


@dataclass(frozen=True)
class Outcomes:
    """The headings of one framework, each with how many pieces are written down for it."""

    framework: Framework
    headings: Sequence[tuple[FrameworkNode, int]]


def outcomes(place: Place, frameworks: Sequence[Framework]) -> list[Outcomes]:
    """List every heading one could pool for, those nobody holds anything for included."""
    held = Q(pieces__place=place, pieces__is_gone=False)
    nodes = FrameworkNode.objects.filter(framework__in=frameworks, children=None).order_by("order", "pk")
    rows = list(nodes.annotate(held=Count("pieces", filter=held)))
    return [Outcomes(one, [(node, node.held) for node in rows if node.framework_id == one.pk]) for one in frameworks]
