"""Reads of tables: who sits where in a round, who has no seat, and whether an arrangement still fits who is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from placeweave.gatherings.models import Arrangement, Attendee, Feature, Seat, Session, SessionTable
from placeweave.gatherings.queries.people import Comer, by_attendee

AWAY = Attendee.State.AWAY


def current(session: Session) -> Arrangement | None:
    """Give the arrangement that holds: the newest."""
    return next(iter(newest(session)), None)


def newest(session: Session) -> list[Arrangement]:
    """Give the arrangement that holds and the one before it, as far as there are any."""
    return list(session.arrangements.select_related("by__person")[:2])


@dataclass(frozen=True)
class Placed:
    """Somebody at a table in one round."""

    comer: Comer
    seat: Seat
    lacks: tuple[str, ...] = ()

    @property
    def is_away(self) -> bool:
        """Whether they did not come, so that the seat is empty."""
        return self.comer.state == AWAY


@dataclass(frozen=True)
class Laid:
    """A table in one round with those who sit at it."""

    table: SessionTable
    people: Sequence[Placed]

    @property
    def there(self) -> list[Placed]:
        """Those of them who came, or still may."""
        return [one for one in self.people if not one.is_away]

    @property
    def offers(self) -> list[str]:
        """Say what the table offers to those who need it."""
        return [spoken(one) for one in self.table.offers]


@dataclass(frozen=True)
class Round:
    """One round: its tables, and who comes and has no seat in it."""

    number: int
    tables: Sequence[Laid]
    unseated: Sequence[Comer]

    @property
    def no_shows(self) -> int:
        """Count the seats of those who did not come."""
        return sum(len(one.people) - len(one.there) for one in self.tables)


def rounds(
    arrangement: Arrangement, people: Sequence[Comer], tables: Sequence[SessionTable] | None = None
) -> list[Round]:
    """Lay every round; whoever has left the session is at no table any more."""
    known = by_attendee(people)
    tables = list(arrangement.session.tables.all()) if tables is None else tables
    seats: dict[int, list[Seat]] = {}
    for seat in arrangement.seats.all():
        seats.setdefault(seat.round, []).append(seat)
    return [_round(number, seats.get(number, []), tables, known, people) for number in range(1, arrangement.rounds + 1)]


def _round(
    number: int,
    seats: Sequence[Seat],
    tables: Sequence[SessionTable],
    known: Mapping[int, Comer],
    people: Sequence[Comer],
) -> Round:
    seated = {seat.attendee_id for seat in seats}
    laid = []
    for table in tables:
        here = [one for one in seats if one.table_id == table.pk and one.attendee_id in known]
        placed = [Placed(known[one.attendee_id], one, _lacking(known[one.attendee_id], table)) for one in here]
        laid.append(Laid(table, sorted(placed, key=lambda one: one.comer.name.casefold())))
    unseated = [one for one in people if one.state != AWAY and (one.attendee is None or one.attendee.pk not in seated)]
    return Round(number, laid, unseated)


def _lacking(comer: Comer, table: SessionTable) -> tuple[str, ...]:
    needs = comer.attendee.needs if comer.attendee else []
    offered = {one.casefold() for one in table.offers}
    return tuple(spoken(one) for one in needs if one.casefold() not in offered)


def spoken(feature: str) -> str:
    """Say a feature in words; a language is said as it was written."""
    return str(Feature(feature).label) if feature in Feature.values else feature


@dataclass(frozen=True)
class Slip:
    """Where one person sits, round after round; an empty word where they have no seat."""

    comer: Comer
    tables: Sequence[str]


def slips(laid: Sequence[Round]) -> list[Slip]:
    """Give everybody who came, or still may, the way from table to table, by name."""
    ways: dict[str, dict[int, str]] = {}
    comers: dict[str, Comer] = {}
    for one in laid:
        for table in one.tables:
            for placed in table.there:
                comers[placed.comer.key] = placed.comer
                ways.setdefault(placed.comer.key, {})[one.number] = str(table.table)
    found = [Slip(comers[key], [way.get(one.number, "") for one in laid]) for key, way in ways.items()]
    return sorted(found, key=lambda one: one.comer.name.casefold())
