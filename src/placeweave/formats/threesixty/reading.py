"""Reading a whole 360Giving file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime

from placeweave.formats.dates import DateReading, settle_dates
from placeweave.formats.problems import Problem
from placeweave.formats.threesixty.grants import DATE_FIELDS, GrantReader
from placeweave.formats.threesixty.paths import KNOWN_ROOTS, Flat
from placeweave.formats.threesixty.records import GrantsFile
from placeweave.formats.threesixty.sources import Source, read_source

# A date that came through a converter as midnight is the day it was in the spreadsheet.
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:Z|\+00:00)?")
_CODES: Mapping[str, frozenset[str]] = {
    "fromOpenCall": frozenset({"Yes", "No"}),
    "regrantType": frozenset({"FRG010", "FRG020", "FRG030", "FRG040", "FRG050", "FRG060", "FRG070"}),
    "locationScope": frozenset({"GLS010", "GLS020", "GLS030", "GLS040", "GLS050", "GLS060", "GLS099"}),
}
_WEB_FIELDS = ("url", "dataSource", "recipientOrganization/0/url", "fundingOrganization/0/url", "grantProgramme/0/url")
_LISTED = 12


def read_grants(
    content: bytes,
    name: str,
    *,
    day_first: bool | None = None,
    today: date | None = None,
    report: Callable[[float], None] | None = None,
) -> GrantsFile:
    """Read a 360Giving file from JSON, CSV or XLSX; the content decides which it is.

    Parameters
    ----------
    content
        The file as it was sent.
    name
        What to call it in sentences.
    day_first
        A person's answer to ``date_question``.
    today
        The day from which "long ago" is counted.
    report
        Told now and then which share of a workbook has been read.

    Raises
    ------
    Unreadable
        If the file is no 360Giving file at all: malformed JSON is told by line and column.
    """
    source = read_source(content, name, report)
    flats = [(row, _tidy(flat)) for row, flat in source.grants]
    dates = {field: _settled(field, flats, source, day_first=day_first) for field in DATE_FIELDS}
    reader = GrantReader(dates, today or datetime.now(tz=UTC).date())
    grants = [grant for row, flat in flats if (grant := reader.read(row, flat)) is not None]
    return GrantsFile(
        grants=tuple(grants),
        rows=source.rows,
        problems=(*source.problems, *reader.problems, *_doubtful_codes(flats), *_bare_addresses(flats)),
        notes=(*source.notes, *_date_notes(dates, flats), *_unknown_columns(flats), *_private(flats)),
        licence=source.package.get("license", ""),
        publisher=source.package.get("publisher/name", ""),
        attribution=source.package.get("attribution", ""),
        date_question=next((reading.question for reading in dates.values() if reading.order == "ask"), ""),
        ids={row: flat.get("id", "") for row, flat in flats},
    )


def _tidy(flat: Flat) -> Flat:
    return {path: _MIDNIGHT.sub(r"\1", text) if _MIDNIGHT.fullmatch(text) else text for path, text in flat.items()}


def _settled(field: str, flats: Iterable[tuple[int, Flat]], source: Source, *, day_first: bool | None) -> DateReading:
    values = (flat.get(field, "") for _, flat in flats)
    return settle_dates(values, day_first=day_first, serials_from=source.serials_from)


def _date_notes(dates: Mapping[str, DateReading], flats: Iterable[tuple[int, Flat]]) -> list[str]:
    present = {path for _, flat in flats for path in flat}
    spoken = {"day_first": "day/month/year", "month_first": "month/day/year"}
    return [
        f"{field}: dates read as {spoken[reading.order]}, because {reading.evidence}."
        for field, reading in dates.items()
        if field in present and reading.order in spoken
    ]


def _unknown_columns(flats: Iterable[tuple[int, Flat]]) -> list[str]:
    unknown = dict.fromkeys(
        path for _, flat in flats for path in flat if path.split("/")[0] not in KNOWN_ROOTS | {"recipientIndividual"}
    )
    if not unknown:
        return []
    more = f" and {len(unknown) - _LISTED} more" if len(unknown) > _LISTED else ""
    return [f"Columns outside the standard were kept as they are: {', '.join(list(unknown)[:_LISTED])}{more}."]


def _private(flats: Iterable[tuple[int, Flat]]) -> list[str]:
    people = sum("recipientIndividual" in flat for _, flat in flats)
    if not people:
        return []
    grants = "1 grant is" if people == 1 else f"{people:,} grants are"
    return [f"{grants} to individuals: no name and no column outside the standard was kept of them."]


def _doubtful_codes(flats: Iterable[tuple[int, Flat]]) -> list[Problem]:
    """Tell each unknown code once, with how often it stands there: some files have one on every row."""
    counts = Counter((field, flat[field]) for _, flat in flats for field in _CODES if field in flat)
    return [
        Problem(
            None, field, f"{_rows(count)} a value that is not in the standard's list; kept as text.", code, "warning"
        )
        for (field, code), count in counts.items()
        if code not in _CODES[field]
    ]


def _bare_addresses(flats: Iterable[tuple[int, Flat]]) -> list[Problem]:
    bare = [
        (field, flat[field]) for _, flat in flats for field in _WEB_FIELDS if field in flat and "://" not in flat[field]
    ]
    counts = Counter(field for field, _ in bare)
    first = dict(reversed(bare))
    return [
        Problem(
            None,
            field,
            f"{_rows(count)} a web address without https:// before it; kept as text.",
            first[field],
            "warning",
        )
        for field, count in counts.items()
    ]


def _rows(count: int) -> str:
    return "1 row has" if count == 1 else f"{count:,} rows have"
