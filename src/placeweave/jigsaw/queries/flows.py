"""Money that flows into a place, as published files say; never added up across currencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import ExtractYear

from placeweave.jigsaw.models import FundingFlow
from placeweave.kit.models import Batch
from placeweave.places.models import Place


@dataclass(frozen=True)
class Total:
    """A sum in one currency."""

    currency: str
    amount: Decimal
    count: int


@dataclass(frozen=True)
class YearRow:
    """What one funder gave in one year, in one currency."""

    funder: str
    funder_id: int
    year: int
    currency: str
    amount: Decimal
    count: int


def flows(
    place: Place, *, funder: int | None = None, year: int | None = None, words: str = ""
) -> QuerySet[FundingFlow]:
    """Give the grants of a place with both ends, newest first."""
    found = FundingFlow.objects.filter(place=place).select_related("funder", "recipient")
    if funder:
        found = found.filter(funder=funder)
    if year:
        found = found.filter(awarded_on__year=year)
    return found.filter(title__icontains=words) if words else found


def totals(rows: QuerySet[FundingFlow]) -> list[Total]:
    """Sum flows by currency."""
    summed = rows.order_by().values("currency").annotate(total=Sum("amount"), found=Count("pk")).order_by("currency")
    return [Total(row["currency"], row["total"], row["found"]) for row in summed]


def yearly(place: Place) -> Sequence[YearRow]:
    """Sum flows by funder, year and currency, the newest year first."""
    rows = FundingFlow.objects.filter(place=place).order_by().annotate(year=ExtractYear("awarded_on"))
    summed = rows.values("funder", "year", "currency").annotate(
        total=Sum("amount"), found=Count("pk"), name=Min("funder__name")
    )
    return [
        YearRow(row["name"], row["funder"], row["year"], row["currency"], row["total"], row["found"])
        for row in summed.order_by("-year", "name", "currency")
    ]


def attributions(place: Place) -> list[str]:
    """Give the lines that licences ask for wherever this data shows."""
    rows = Batch.objects.filter(place_id=place.pk, format="360giving", state=Batch.State.ACCEPTED)
    lines = {
        one.attribution if one.licence in one.attribution else f"{one.attribution}, {one.licence}".strip(", ")
        for one in rows.only("attribution", "licence")
    }
    return sorted(line for line in lines if line)
