"""Reading the register: columns by name whatever their order, every row told of once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from placeweave.formats.oscr.records import Charity, Register
from placeweave.formats.problems import Problem, Unreadable
from placeweave.formats.tables import DateReading, Row, Table, read_money, read_table, settle_dates

REQUIRED = ("Charity Number", "Charity Name", "Main Operating Location")
TEXTS = {
    "known_as": "Known As",
    "status": "Charity Status",
    "notes": "Notes",
    "postcode": "Postcode",
    "address": "Principal Office/Trustees Address",
    "form": "Constitutional Form",
    "previous_form": "Previous Constitutional Form 1",
    "spread": "Geographical Spread",
    "objectives": "Objectives",
    "website": "Website",
    "year_end": "Year End",
    "parent_name": "Parent charity name",
    "parent_number": "Parent charity number",
    "parent_country": "Parent charity country of registration",
    "religious_body": "Designated religious body",
    "regulatory_type": "Regulatory Type",
}
LISTS = {"purposes": "Purposes", "beneficiaries": "Beneficiaries", "activities": "Activities"}
MONEY = (
    "Most recent year income", "Most recent year expenditure", "Donations and legacies income",
    "Charitable activities income", "Other trading activities income", "Investments income", "Other income",
    "Raising funds spending", "Charitable activities spending", "Other spending",
)  # fmt: skip
DATES = ("Registered Date", "Date annual return received", "Next year end date")
SET_ASIDE = ("Mailing cycle",)
_KNOWN = frozenset({*REQUIRED, *TEXTS.values(), *LISTS.values(), *MONEY, *DATES, *SET_ASIDE})
_QUOTED = re.compile(r"'((?:[^']|'(?!\s*(?:,|$)))*)'")


def read_register(
    content: bytes,
    name: str,
    *,
    report: Callable[[float], None] | None = None,
) -> Register:
    """Read a register extract of any generation: 25 to 36 columns, in any order, dates day first.

    Parameters
    ----------
    content, name
        The file, and what to call it in sentences.
    report
        Told now and then which share has been read.

    Raises
    ------
    Unreadable
        If it is no table, or lacks a column without which no row can be used.

    References
    ----------
    Scottish Charity Register download, Office of the Scottish Charity Regulator.
    """
    table = read_table(content, name, report=report)
    missing = [column for column in REQUIRED if table.column(column) is None]
    if missing:
        raise Unreadable(f"{name} lacks columns that every extract of the register has: {', '.join(missing)}.")
    return _Reader(table).register()


class _Reader:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.column = {known: table.column(known) for known in _KNOWN}
        self.dates = {
            known: settle_dates(table.values(column), day_first=True, serials_from=table.serials_from)
            for known in DATES
            if (column := self.column[known])
        }
        self.problems = list(table.problems)
        self.stopped = set(table.held_rows())
        self.first: dict[str, int] = {}

    def register(self) -> Register:
        charities = tuple(
            charity for row in self.table.rows if row.number not in self.stopped for charity in self._charity(row)
        )
        numbers = {row.number: self._cell(row, "Charity Number") for row in self.table.rows}
        return Register(charities, len(self.table.rows), tuple(self.problems), self._notes(), numbers)

    def _notes(self) -> tuple[str, ...]:
        unknown = [one for one in self.table.columns if one not in self.column.values()]
        told = [*self.table.notes]
        if unknown:
            told.append(f"Columns the register is not known to have were kept as they are: {', '.join(unknown[:8])}.")
        return tuple(told)

    def _cell(self, row: Row, known: str) -> str:
        column = self.column[known]
        return row.cells[column].strip() if column else ""

    def _charity(self, row: Row) -> Iterator[Charity]:
        number, name = self._cell(row, "Charity Number"), self._cell(row, "Charity Name")
        if not number:
            self._stop(row, "Charity Number", "There is no charity number, so it cannot be told which charity.", name)
            return
        if not name:
            self._stop(row, "Charity Name", "There is no name.", number, held=True)
            return
        if self._repeats(row, number):
            return
        dates = {known: self._date(row, known, reading) for known, reading in self.dates.items()}
        money = {known: amount for known in MONEY if (amount := self._money(row, known)) is not None}
        if row.number in self.stopped:
            return
        columns = {column: known for known, column in self.column.items() if column}
        extra = {one: text.strip() for one, text in row.cells.items() if one not in columns and text.strip()}
        yield self._built(row, dates.get("Registered Date"), money, extra)

    def _built(
        self, row: Row, registered: date | None, money: Mapping[str, Decimal], extra: Mapping[str, str]
    ) -> Charity:
        cell = {name: self._cell(row, known) for name, known in TEXTS.items()}
        return Charity(
            row=row.number,
            number=self._cell(row, "Charity Number"),
            name=" ".join(self._cell(row, "Charity Name").split()),
            works_in=self._cell(row, "Main Operating Location"),
            registered_on=registered,
            money=money,
            extra=extra,
            purposes=split_list(self._cell(row, "Purposes")),
            beneficiaries=split_list(self._cell(row, "Beneficiaries")),
            activities=split_list(self._cell(row, "Activities")),
            **cell,
        )

    def _repeats(self, row: Row, number: str) -> bool:
        key = "".join(number.split()).upper()
        first = self.first.setdefault(key, row.number)
        if first != row.number:
            self._stop(row, "Charity Number", f"Row {first} of this file has the same number.", number)
        return first != row.number

    def _date(self, row: Row, known: str, reading: DateReading) -> date | None:
        written = self._cell(row, known)
        cell = reading.read(written)
        if cell.severity:
            self._tell(Problem(row.number, known, cell.reason, written, cell.severity))
        return cell.value

    def _money(self, row: Row, known: str) -> Decimal | None:
        written = self._cell(row, known)
        cell = read_money(written)
        if cell.severity in {"held", "rejected"}:
            self._tell(Problem(row.number, known, cell.reason, written, cell.severity))
        return cell.value

    def _stop(self, row: Row, field: str, reason: str, value: str, *, held: bool = False) -> None:
        self._tell(Problem(row.number, field, reason, value, "held" if held else "rejected"))

    def _tell(self, problem: Problem) -> None:
        self.problems.append(problem)
        if problem.severity in {"held", "rejected"} and problem.row is not None:
            self.stopped.add(problem.row)


def split_list(text: str) -> tuple[str, ...]:
    """Take a cell such as ``'Health','Recreation, or sport'`` apart; a comma inside quotation marks parts nothing.

    Examples
    --------
    >>> split_list("'Older people','People with disabilities, or health problems'")
    ('Older people', 'People with disabilities, or health problems')
    """
    found = [" ".join(part.split()) for part in _QUOTED.findall(text)]
    return tuple(part for part in found if part) or ((text.strip(),) if text.strip() else ())
