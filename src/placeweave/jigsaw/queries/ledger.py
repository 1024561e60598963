"""The ledger of mutual help, month by month: by name, given and received side by side, and never ranked or summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from placeweave.jigsaw.models import Help, Need
from placeweave.jigsaw.queries.lists import open_needs
from placeweave.places.models import Place

MOST = 400
"""Acts of help on one page of a month."""


@dataclass(frozen=True)
class Partner:
    """What one partner gave and received in a month, each act in words."""

    name: str
    given: Sequence[Help]
    received: Sequence[Help]


@dataclass(frozen=True)
class Month:
    """One month of the ledger: partners by name, with the acts on one page of it."""

    first: date
    partners: Sequence[Partner]
    acts: Page[Help]

    @property
    def before(self) -> date:
        """The month before."""
        return _first(self.first.year, self.first.month - 1)

    @property
    def after(self) -> date | None:
        """The month after, unless it has not begun."""
        later = _first(self.first.year, self.first.month + 1)
        return later if later <= timezone.localdate() else None


def _first(year: int, month: int) -> date:
    years, place = divmod(month - 1, 12)
    return date(year + years, place + 1, 1)


def read_month(text: str) -> date:
    """Read "2026-05" off an address; whatever is no month is this one."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if date(1990, 1, 1) <= asked <= today else today.replace(day=1)


def month_of_help(place: Place, first: date, *, page: str | None = None) -> Month:
    """Give one month: who gave and who received what, day by day where it fills several pages."""
    until = _first(first.year, first.month + 1)
    rows = Help.objects.filter(place=place, state=Help.State.GIVEN, given_on__gte=first, given_on__lt=until)
    asked = Paginator(rows.select_related("giver", "receiver").order_by("given_on", "pk"), MOST).get_page(page)
    acts = list(asked)
    given, received = _by_name(acts, "giver"), _by_name(acts, "receiver")
    names = sorted({*given, *received}, key=str.casefold)
    return Month(first, [Partner(name, given.get(name, ()), received.get(name, ())) for name in names], asked)


def _by_name(acts: Sequence[Help], end: str) -> Mapping[str, Sequence[Help]]:
    found: dict[str, list[Help]] = {}
    for act in acts:
        body = getattr(act, end)
        if body is not None:
            found.setdefault(body.name, []).append(act)
    return found


def asks(place: Place) -> QuerySet[Need]:
    """Give what is asked for, the most pressing first, with the answers that stand."""
    standing = Help.objects.exclude(state=Help.State.WITHDRAWN).select_related("giver").order_by("pk")
    return open_needs(place).prefetch_related(Prefetch("help", standing))


def answers_of(need: Need) -> QuerySet[Help]:
    """Give the answers to one ask that were not taken back."""
    return need.help.filter(~Q(state=Help.State.WITHDRAWN)).select_related("giver").order_by("pk")
