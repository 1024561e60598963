"""From a JSON package or a spreadsheet to numbered flat grants, and nothing of a person's name beyond here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from placeweave.formats import limits
from placeweave.formats.problems import Problem, Unreadable
from placeweave.formats.tables import Table, read_table
from placeweave.formats.tables.records import comparable
from placeweave.formats.text import decode, is_storable, storable
from placeweave.formats.threesixty.paths import Flat, flatten, path_of

REQUIRED = ("id", "title", "description", "currency", "amountAwarded", "awardDate")
_REQUIRED_COLUMNS = (*REQUIRED, "fundingOrganization/0/id", "fundingOrganization/0/name")
_OF_A_GRANT = frozenset({*REQUIRED, "fundingOrganization", "recipientOrganization", "recipientIndividual"})
META = "Meta"
"""The sheet in which the standard's own template keeps what a file says of itself, a title and its value a row."""
_PACKAGE_TITLES = {"license": "license", "attribution": "attribution", "publisher:name": "publisher/name"}
_EXPECTED = "a 360Giving package was expected, an object with a list called “grants”"


@dataclass(slots=True)
class Source:
    """Flat grants by row, the package's own words, and what was wrong before any grant was looked at."""

    grants: list[tuple[int, Flat]] = field(default_factory=list)
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    package: Flat = field(default_factory=dict)
    serials_from: date | None = None


def read_source(content: bytes, name: str, report: Callable[[float], None] | None = None) -> Source:
    """Read JSON if the content is JSON, else a spreadsheet."""
    limits.refuse_oversized(content, name)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in {b"{", b"["}:
        return _of_json(content, name)
    return _of_table(read_table(content, name, beside=META, report=report), name)


def _of_json(content: bytes, name: str) -> Source:
    decoded = decode(content, name)
    package = _parsed(decoded.text, name)
    grants = package.get("grants") if isinstance(package, dict) else package
    if not isinstance(grants, list):
        raise Unreadable(f"{name} is JSON, but {_EXPECTED}.")
    if grants is package:
        _refuse_other_objects(grants, name)
    limits.refuse_too_many_rows(len(grants), name)
    source = Source(rows=len(grants), notes=list(decoded.notes))
    if isinstance(package, dict):
        source.package = flatten({key: value for key, value in package.items() if key != "grants"})
    for row, grant in enumerate(grants, start=1):
        if isinstance(grant, dict):
            _take(source, row, flatten(grant))
        else:
            source.problems.append(Problem(row, "grants", "A grant was expected here.", str(grant)[:120], "rejected"))
    return source


def _refuse_other_objects(listed: list[Any], name: str) -> None:
    """Refuse a bare list of something else: no package claims that these are grants."""
    if listed and all(isinstance(one, dict) and not _OF_A_GRANT & one.keys() for one in listed):
        raise Unreadable(f"{name} holds objects with {', '.join(sorted(listed[0])[:5]) or 'nothing'}; {_EXPECTED}.")


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_int=Decimal, parse_float=Decimal, parse_constant=_refuse_constant)
    except json.JSONDecodeError as fault:
        raise Unreadable(
            f"{name} is not valid JSON: line {fault.lineno}, column {fault.colno}: {fault.msg}; {_EXPECTED}."
        ) from fault
    except (RecursionError, ArithmeticError, ValueError) as fault:
        raise Unreadable(f"{name} is JSON of a kind that no grants file needs; {_EXPECTED}.") from fault


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _of_table(table: Table, name: str) -> Source:
    columns, package = _about_all(table)
    paths = {column: path_of(column) for column in columns}
    _refuse_missing(frozenset(paths.values()), name)
    source = Source(rows=len(table.rows), notes=list(table.notes), serials_from=table.serials_from)
    source.package = package
    source.problems.extend(_impersonal(table.problems, frozenset(paths.values())))
    unusable = table.held_rows()
    for row in table.rows:
        if row.number not in unusable:
            flat = {
                paths[column]: cell.strip() for column, cell in row.cells.items() if column in paths and cell.strip()
            }
            _take(source, row.number, flat)
    return source


def _about_all(table: Table) -> tuple[list[str], Flat]:
    """Set apart what a table says of itself: a sheet beside it, or a column that says the same on every row."""
    said = {pair[0]: pair[1] for pair in table.beside if len(pair) > 1}
    columns = []
    for column in table.columns:
        values = set(table.values(column)) if comparable(column) in _PACKAGE_TITLES else set()
        if len(values) == 1:
            said.setdefault(column, values.pop())
        else:
            columns.append(column)
    known = ((_PACKAGE_TITLES.get(comparable(title)), text.strip()) for title, text in said.items())
    return columns, {path: text for path, text in known if path and text and is_storable(text)}


def _impersonal(problems: Iterable[Problem], paths: frozenset[str]) -> Iterable[Problem]:
    """Leave out the cells themselves where any of them might be a person's name."""
    if any(path.startswith(_PERSON) for path in paths):
        return (replace(problem, value="") for problem in problems)
    return problems


def _refuse_missing(paths: frozenset[str], name: str) -> None:
    missing = [path for path in _REQUIRED_COLUMNS if path not in paths]
    if not {"recipientOrganization/0/name", "recipientIndividual/name", "recipientIndividual/id"} & paths:
        missing.append("recipientOrganization/0/name")
    if missing:
        raise Unreadable(f"{name} lacks columns that every 360Giving file has: {', '.join(map(_title, missing))}.")


def _title(path: str) -> str:
    words = {
        "id": "Identifier",
        "amountAwarded": "Amount Awarded",
        "awardDate": "Award Date",
        "fundingOrganization/0/id": "Funding Org:Identifier",
        "fundingOrganization/0/name": "Funding Org:Name",
        "recipientOrganization/0/name": "Recipient Org:Name",
    }
    return words.get(path, path.capitalize())


def _take(source: Source, row: int, flat: Flat) -> None:
    """Keep a flat grant, once its private names are gone and its text can be stored."""
    if bad := next((path for path, text in flat.items() if not (is_storable(text) and is_storable(path))), None):
        reason = "This field holds a character that no text may hold (a NUL or half of a pair)."
        source.problems.append(Problem(row, storable(bad), reason, "", "rejected"))
        return
    source.grants.append((row, without_private_names(flat)))


_PERSON = "recipientIndividual"
_PERSON_NAME = re.compile(rf"{_PERSON}(?:/\d+)?(?:/name)?")
_CONTACT = re.compile(r"(?:recipient|funding)Organization/\d+/(?:contactName|email|telephone)")
_INDIVIDUAL_KEEPS = (
    *REQUIRED,
    "url",
    "dataSource",
    "dateModified",
    "amountAppliedFor",
    "amountDisbursed",
    "fromOpenCall",
    "regrantType",
    "locationScope",
)
_INDIVIDUAL_KEEPS_UNDER = (
    "toIndividualsDetails/",
    "fundingOrganization/",
    "recipientOrganization/",
    "grantProgramme/",
    "beneficiaryLocation/",
    "plannedDates/",
    "actualDates/",
    "fundingType/",
    "classifications/",
)
_PROSE = ("title", "description")
REMOVED = "an individual"


def without_private_names(flat: Flat) -> Flat:
    """Drop contact people; of a grant to a person also the name, wherever it stands, and every unknown column.

    ``recipientIndividual`` stays as a mark with no content.
    """
    kept = {path: text for path, text in flat.items() if not _CONTACT.fullmatch(path)}
    person = [text for path, text in flat.items() if _PERSON_NAME.fullmatch(path)]
    if not any(path.split("/")[0] == _PERSON for path in flat):
        return kept
    kept = {
        path: text
        for path, text in kept.items()
        if path in _INDIVIDUAL_KEEPS or path.startswith(_INDIVIDUAL_KEEPS_UNDER)
    }
    if (whole := _name_pattern(person)) is not None:
        kept = {path: whole.sub(REMOVED, text) for path, text in kept.items()}
    if (parts := _parts_pattern(person)) is not None:
        kept |= {path: parts.sub(REMOVED, kept[path]) for path in _PROSE if path in kept}
    return {**kept, _PERSON: "yes"}


def _parts_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Match one word of a name by itself, as written: rather lose a month called May than give May away."""
    words = {word for name in names for word in re.split(r"[\W_]+", name) if len(word) > 2}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b") if words else None


def _name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Match a name in either order with anything between its words: "Jane Smith", "smith, jane", "jane-smith"."""
    spellings = []
    for name in names:
        words = [re.escape(word) for word in re.split(r"[\W_]+", name) if word]
        if words:
            spellings.append(r"[\W_]+".join(words))
            spellings.append(r"[\W_]+".join([words[-1], *words[:-1]]))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(spellings) + r")(?![^\W_])", re.IGNORECASE) if spellings else None
