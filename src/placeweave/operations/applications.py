"""Read who applied and what a cohort should be made of: one table for each."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from pathlib import Path

from placeweave.engines.grouping.applicants import EACH, Applicant, Quota
from placeweave.operations.sheets import Cells, Sheet

_DAYS = ("waited", "days waited", "waiting days", "days", "waiting")
_SINCE = ("waiting since", "applied on", "applied", "since", "date", "submitted")
_ALL = frozenset({EACH, "each", "every", "any"})


def read_applicants(path: Path, quotas: Sequence[Quota] = ()) -> list[Applicant]:
    """Read applicants: ``id``, how long they have waited, and a column for every trait that quotas speak of.

    Waiting is in days (``waited``) or since a day (``applied`` or ``waiting since``, as 2026-03-31); without either,
    all have waited as long.

    Raises
    ------
    Unreadable
        If a column or a cell is not as it must be; the sentence names file, row, column and value.
    """
    sheet = Sheet(path, "applicants")
    key = sheet.column("applicant", "id", "key", "ref", "applicant", "name")
    for aspect in dict.fromkeys(one.aspect for one in quotas):
        sheet.column(f"{aspect} that a quota speaks of", aspect)
    days, since = sheet.find(*_DAYS), sheet.find(*_SINCE)
    latest = max((sheet.day(number, row, since) or date.min for number, row in sheet.rows), default=date.min)
    found: dict[str, Applicant] = {}
    for number, row in sheet.rows:
        written = sheet.filled(number, row, key)
        if written in found:
            sheet.refuse(number, key, written, "it is there already, and each applicant needs one of their own")
        waited = _waited(sheet, number, row, days) if days else _since(sheet, number, row, since, latest)
        traits = {one: sheet.text(row, one) for one in sheet.headings if one not in {key, days, since}}
        traits |= {one.aspect: sheet.text(row, sheet.find(one.aspect)) for one in quotas}
        found[written] = Applicant(written, waited, traits, sheet.text(row, sheet.find("name")))
    return list(found.values())


def _waited(sheet: Sheet, number: int, row: Cells, column: str) -> float:
    return float(sheet.whole(number, row, column) or 0)


def _since(sheet: Sheet, number: int, row: Cells, column: str, latest: date) -> float:
    """Count the days somebody has waited longer than the last to apply; nothing written counts as the last."""
    day = sheet.day(number, row, column)
    return float((latest - day).days) if day else 0.0


def read_quotas(path: Path) -> list[Quota]:
    """Read quotas: ``aspect`` (a column of the applicants), ``value`` (* for each there is), ``least`` and ``most``.

    Raises
    ------
    Unreadable
        As for :func:`read_applicants`.
    """
    sheet = Sheet(path, "quotas")
    aspect = sheet.column("aspect", "aspect", "column", "attribute", "trait", "field", "dimension", "kind")
    value = sheet.column("value", "value", "group", "category", "name")
    least = sheet.find("least", "min", "minimum", "at least", "lower", "target")
    most = sheet.find("most", "max", "maximum", "at most", "upper")
    if not (least or most):
        sheet.column("least or most", "least", "most")
    seen: set[tuple[str, str]] = set()
    found = []
    for number, row in sheet.rows:
        quota = _quota(sheet, number, row, (aspect, value, least, most))
        _check(sheet, number, quota, (value, least), seen)
        seen.add((quota.aspect, quota.value))
        found.append(quota)
    return found


def _quota(sheet: Sheet, number: int, row: Cells, columns: tuple[str, str, str, str]) -> Quota:
    aspect, value, least, most = columns
    said = sheet.filled(number, row, value)
    return Quota(
        sheet.filled(number, row, aspect),
        EACH if said.casefold() in _ALL else said,
        sheet.whole(number, row, least) or 0,
        sheet.whole(number, row, most),
    )


def _check(sheet: Sheet, number: int, quota: Quota, columns: tuple[str, str], seen: Container[tuple[str, str]]) -> None:
    value, least = columns
    if (quota.aspect, quota.value) in seen:
        sheet.refuse(number, value, quota.value, f"there is a quota for this {quota.aspect} already")
    if quota.most is not None and quota.least > quota.most:
        sheet.refuse(number, least, str(quota.least), f"it is above the most, {quota.most}")
