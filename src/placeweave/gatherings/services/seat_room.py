"""Turn those who come, the tables and what was decided about them into the plain records that the engine reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from placeweave.engines.grouping import Person, Rules, Table
from placeweave.engines.grouping.records import Seat as Fixed
from placeweave.engines.grouping.rounds import ENGINE
from placeweave.gatherings.models import Attendee, Bond, Seat, Session, SessionTable
from placeweave.gatherings.queries import past
from placeweave.gatherings.queries.people import Comer
from placeweave.gatherings.queries.seating import spoken

MOST_TABLES = 60


@dataclass(frozen=True)
class Gathered:
    """Everything that a seating rests on; people and organisations by key, so that what is kept of it names nobody."""

    comers: tuple[Comer, ...]
    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    rows: tuple[SessionTable, ...]
    rules: Rules

    def fingerprint(self, *more: object) -> str:
        """Digest what the answer depends on, engine included."""
        told = [sorted(_plain(one) for one in self.people), [_table(one) for one in self.tables], asdict(self.rules)]
        return hashlib.sha256(json.dumps([ENGINE, *told, *more], sort_keys=True).encode()).hexdigest()

    def named(self) -> list[Person]:
        """Give the people by name, for a sentence that is read once and not kept."""
        names = {str(one.attendee.pk): one.name for one in self.comers if one.attendee}
        return [replace(one, name=names[one.key]) for one in self.people]


def _plain(one: Person) -> list[object]:
    return [one.key, one.organisation, dict(one.traits), sorted(one.needs), one.host_of]


def _table(one: Table) -> list[object]:
    return [one.seats, sorted(one.offers)]


def lay_tables(session: Session, count: int) -> list[SessionTable]:
    """Give so many tables, making those there are not yet."""
    there = {one.number for one in session.tables.all()}
    SessionTable.objects.bulk_create(
        [SessionTable(session=session, number=number) for number in range(count) if number not in there]
    )
    return list(session.tables.all())


def gather(session: Session, comers: Sequence[Comer], *, tables: int, size: int, history: str) -> Gathered:
    """Read everything a seating of those who are there, or still may come, rests on."""
    coming = tuple(one for one in comers if one.attendee and one.state != Attendee.State.AWAY)
    rows = tuple(lay_tables(session, tables)[:tables])
    seats = max(size, -(-len(coming) // tables))
    keys = {one.attendee.pk for one in coming if one.attendee}
    bonds = [one for one in session.bonds.all() if {one.one_id, one.other_id} <= keys]
    rules = Rules(
        apart=[(str(one.one_id), str(one.other_id)) for one in bonds if one.kind == Bond.Kind.APART],
        together=[(str(one.one_id), str(one.other_id)) for one in bonds if one.kind == Bond.Kind.TOGETHER],
        history=[[[str(key) for key in table] for table in one] for one in past.sittings(session, history, coming)],
        mixed=("sector",) if any(one.sector for one in coming) else (),
    )
    return Gathered(
        coming,
        tuple(_people(coming, rows)),
        tuple(Table(seats, frozenset(spoken(offer).casefold() for offer in one.offers)) for one in rows),
        rows,
        rules,
    )


def _people(coming: Sequence[Comer], rows: Sequence[SessionTable]) -> Iterable[Person]:
    numbers = {row.pk: number for number, row in enumerate(rows)}
    tokens: dict[str, str] = {}
    for one in coming:
        assert one.attendee is not None  # noqa: S101 - gather has left out the others
        stays = one.attendee.stays_at_id
        yield Person(
            key=str(one.attendee.pk),
            organisation=_token(tokens, one),
            traits={"sector": one.sector},
            needs=frozenset(spoken(need).casefold() for need in one.attendee.needs),
            host_of=numbers.get(stays) if stays else None,
        )


def _token(tokens: dict[str, str], one: Comer) -> str:
    """Call an organisation by the first who comes from it, however each has written its name."""
    written = " ".join(one.organisation.split()).casefold()
    assert one.attendee is not None  # noqa: S101 - as above
    return tokens.setdefault(written, f"of {one.attendee.pk}") if written else ""


def sittings(seats: Iterable[Seat], *, rounds: int, rows: Sequence[SessionTable]) -> list[list[list[str]]]:
    """Give an arrangement as the engine reads it: rounds of tables of keys."""
    numbers = {row.pk: number for number, row in enumerate(rows)}
    given: list[list[list[str]]] = [[[] for _row in rows] for _round in range(rounds)]
    for seat in seats:
        if seat.table_id in numbers:
            given[seat.round - 1][numbers[seat.table_id]].append(str(seat.attendee_id))
    return given


def fixed(seats: Iterable[Seat], gathered: Gathered) -> list[Fixed]:
    """Give the locked seats of those who are there, rounds counted from 0."""
    numbers = {row.pk: number for number, row in enumerate(gathered.rows)}
    there = {one.key for one in gathered.people}
    return [
        Fixed(str(one.attendee_id), one.round - 1, numbers[one.table_id])
        for one in seats
        if one.is_locked and str(one.attendee_id) in there and one.table_id in numbers
    ]
