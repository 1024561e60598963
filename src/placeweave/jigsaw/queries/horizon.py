"""The next 24 months: which money and pieces end when, what stops then, and which promises would outlast them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from placeweave.jigsaw.models import FundingFlow, PieceKind
from placeweave.jigsaw.queries.lists import pieces
from placeweave.places.models import Place

MONTHS = 24
SOON = 6
"""Months before an end from which it is time to talk about what comes after."""
MOST = 60


@dataclass(frozen=True)
class Leaning:
    """A promise that leans on a piece, and the day it is due."""

    label: str
    url: str
    due_on: date | None


Lean = Callable[[Place, Sequence[int]], Mapping[int, Sequence[Leaning]]]
_rooms_above: list[Lean] = []


def ask_what_leans(lean: Lean) -> None:
    """Let a room above say which of its promises lean on pieces; jigsaw itself knows none."""
    _rooms_above.append(lean)


@dataclass(frozen=True)
class Strip:
    """One bar: from now until something ends."""

    label: str
    holder: str
    url: str
    end: date
    months: int
    amount: Decimal | None
    currency: str
    what_stops: str
    leaning: Sequence[Leaning] = ()

    @property
    def is_soon(self) -> bool:
        """Whether it ends within half a year."""
        return self.months <= SOON

    @property
    def outlasted_by(self) -> list[Leaning]:
        """The promises that are due after it has ended."""
        return [one for one in self.leaning if one.due_on and one.due_on > self.end]

    @property
    def tone(self) -> str:
        """How it is drawn: what a promise outlasts first, then what ends soon."""
        return "outlasted" if self.outlasted_by else "soon" if self.is_soon else "later"


@dataclass(frozen=True)
class Horizon:
    """The bars, the first to end on top, with what is not drawn counted beside them."""

    start: date
    strips: Sequence[Strip]
    is_cut: bool
    open_ended: int

    @property
    def years(self) -> Sequence[tuple[int, date]]:
        """Every sixth month, in twenty-fourths from the left, for the scale."""
        return [(ahead, _later(self.start.replace(day=1), ahead)) for ahead in range(0, MONTHS + 1, 6)]


def horizon(place: Place, *, today: date | None = None) -> Horizon:
    """Lay out what ends in the next 24 months: pieces by their last day, and grants to partners by theirs."""
    day = today or timezone.localdate()
    last = _later(day, MONTHS)
    held = pieces(place).filter(organisation__isnull=False)
    ending = list(held.filter(expires_on__gte=day, expires_on__lte=last).order_by("expires_on", "title")[: MOST + 1])
    grants = FundingFlow.objects.filter(place=place, recipient__is_partner=True, ends_on__gte=day, ends_on__lte=last)
    paid = list(grants.select_related("recipient").order_by("ends_on", "pk")[: MOST + 1])
    leaning = _leaning(place, [one.pk for one in ending])
    strips = [
        Strip(
            one.title,
            one.organisation.name if one.organisation else "",
            reverse("jigsaw:piece", args=[place.slug, one.pk]),
            one.expires_on or day,
            _months(day, one.expires_on or day),
            one.amount,
            one.currency,
            one.what_stops,
            leaning.get(one.pk, ()),
        )
        for one in ending
    ] + [_of_grant(place, one, day) for one in paid]
    strips.sort(key=lambda one: (one.end, one.label))
    unending = held.order_by().filter(kind=PieceKind.MONEY, expires_on=None).count()
    return Horizon(day, strips[:MOST], len(strips) > MOST, unending)


def _of_grant(place: Place, grant: FundingFlow, day: date) -> Strip:
    end = grant.ends_on or day
    return Strip(
        grant.title,
        grant.recipient.name if grant.recipient else "",
        reverse("jigsaw:flow", args=[place.slug, grant.pk]),
        end,
        _months(day, end),
        grant.amount,
        grant.currency,
        "",
    )


def _leaning(place: Place, keys: Sequence[int]) -> Mapping[int, Sequence[Leaning]]:
    found: dict[int, list[Leaning]] = {}
    for lean in _rooms_above if keys else ():
        for key, some in lean(place, keys).items():
            found.setdefault(key, []).extend(some)
    return found


def _months(day: date, end: date) -> int:
    return min(max((end.year - day.year) * 12 + end.month - day.month, 1), MONTHS)


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, 28))
