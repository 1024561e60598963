"""Reading a column of dates: the order of day and month is settled for the whole column, or asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from placeweave.formats.problems import Severity

Order = Literal["iso", "day_first", "month_first", "ask"]

_CLOCK = r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?[ ]?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})" + _CLOCK, re.IGNORECASE)
_SLASHED = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second_part>\d{1,2})(?P=mark)(?P<year>\d{4})" + _CLOCK, re.IGNORECASE
)
_SERIAL = re.compile(r"\d{4,6}")
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class DateCell:
    """One cell read as a date, with what is wrong with it if anything is."""

    value: date | None
    moment: datetime | None = None
    severity: Severity | None = None
    reason: str = ""
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class DateReading:
    """How one column writes its dates, why we think so, and the question if that cannot be told."""

    order: Order
    evidence: str
    question: str = ""
    serials_from: date | None = None

    def read(self, text: str) -> DateCell:
        """Read one cell of the column; an empty cell is no date and no problem."""
        text = text.strip()
        if not text:
            return DateCell(None)
        if iso := _ISO.fullmatch(text):
            return self._among_others(_built(iso, int(iso["month"]), int(iso["day"]), text))
        if slashed := _SLASHED.fullmatch(text):
            return self._slashed(slashed, text)
        if self.serials_from is not None and _SERIAL.fullmatch(text):
            return DateCell(self.serials_from + timedelta(days=int(text)))
        return DateCell(None, None, "held", f"“{text}” is not a date that can be read; write it as 2021-01-26.")

    def _among_others(self, cell: DateCell) -> DateCell:
        if cell.value is None or self.order == "iso":
            return cell
        reason = f"Written year first among dates that are not; read as {cell.value.day} {cell.value:%B %Y}."
        return DateCell(cell.value, cell.moment, "warning", reason)

    def _slashed(self, match: re.Match[str], text: str) -> DateCell:
        first, second = int(match["first"]), int(match["second_part"])
        if self.order == "month_first":
            return _built(match, first, second, text)
        cell = _built(match, second, first, text)
        if self.order == "day_first" or (first == second and cell.value is not None):
            return cell
        if self.order == "iso" and first > LAST_MONTH:
            return cell
        question = self.question or f"Is “{text}” day/month/year? The other dates of this column are year-month-day."
        return DateCell(None, None, "held", question, is_question=True)


def settle_dates(
    values: Iterable[str], *, day_first: bool | None = None, serials_from: date | None = None
) -> DateReading:
    """Decide for a whole column whether its dates are ISO, day first or month first, or must be asked about.

    Parameters
    ----------
    values
        Every cell of the column, empty ones included.
    day_first
        A person's answer, where there is one; it settles every date with slashes.
    serials_from
        Day 0 of the workbook's date system, where bare numbers are days since then.
    """
    cells = [text for text in (value.strip() for value in values) if text]
    slashed = [match for match in map(_SLASHED.fullmatch, cells) if match]
    iso = sum(bool(_ISO.fullmatch(text)) for text in cells)
    reading = _answered(day_first=day_first) or _settled(slashed, iso)
    return replace(reading, serials_from=serials_from)


def _answered(*, day_first: bool | None) -> DateReading | None:
    if day_first is None:
        return None
    return DateReading("day_first" if day_first else "month_first", "a person said so")


def _settled(slashed: list[re.Match[str]], iso: int) -> DateReading:
    if len(slashed) <= iso:
        return DateReading("iso", f"{iso:,} dates are written year-month-day" if iso else "no dates to tell by")
    days = [match[0] for match in slashed if int(match["first"]) > LAST_MONTH]
    months = [match[0] for match in slashed if int(match["second_part"]) > LAST_MONTH]
    if days and not months:
        share = f"{len(days):,} of {len(slashed):,} have a first part over 12 (for example {days[0]}) and none a second"
        return DateReading("day_first", share)
    if all(match["first"] == match["second_part"] for match in slashed):
        return DateReading("day_first", "day and month are the same number throughout")
    return DateReading("ask", "nothing in the column settles it", _question(slashed, days, months))


def _question(slashed: list[re.Match[str]], days: list[str], months: list[str]) -> str:
    if days and months:
        return (
            f"Some dates look like day/month/year ({days[0]}) and some like month/day/year ({months[0]}): which is it?"
        )
    if months:
        return f"These dates look like month/day/year (for example {months[0]}): is that so?"
    telling = next(match[0] for match in slashed if match["first"] != match["second_part"])
    return f"Is {telling} day/month/year or month/day/year? Nothing in this column settles it."


def _built(match: re.Match[str], month: int, day: int, text: str) -> DateCell:
    try:
        value = date(int(match["year"]), month, day)
        return DateCell(value, datetime.combine(value, _clock(match), _zone(match["zone"])))
    except ValueError:
        return DateCell(None, None, "rejected", f"“{text}” is not a date that exists.")


def _clock(match: re.Match[str]) -> time:
    return time(int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))


def _zone(written: str | None) -> timezone:
    if written is None or written in "Zz":
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
