"""A package of tables put together into the nested form of the JSON: one table a file, joined by ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from placeweave.formats import limits
from placeweave.formats.archives import read_zip
from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import read_table

Record = dict[str, Any]

SINGULAR = {
    "services": "service", "organizations": "organization", "locations": "location", "addresses": "address",
    "schedules": "schedule", "taxonomy_terms": "taxonomy_term", "attributes": "attribute", "phones": "phone",
    "cost_options": "cost_option", "service_areas": "service_area",
    "organization_identifiers": "organization_identifier",
    "service_at_locations": "service_at_location",
}  # fmt: skip
"""Tables that matter here; the standard's own examples name some in the singular and some in the plural."""


def read_package(content: bytes, name: str) -> tuple[list[Record], list[str]]:
    """Give the services of a zipped package in the nested form, and what was noticed.

    Raises
    ------
    Unreadable
        If the zip is unsafe or damaged, or holds no table of services.
    """
    tables: dict[str, list[Record]] = {}
    notes: list[str] = []
    total = 0
    for inner, raw in read_zip(content, name).items():
        path = PurePosixPath(inner)
        table = SINGULAR.get(path.stem.lower(), path.stem.lower())
        if path.suffix.lower() != ".csv" or table not in SINGULAR.values():
            continue
        read = read_table(raw, inner)
        total += len(read.rows)
        limits.refuse_too_many_rows(total, name)
        notes += [f"{inner}: {note}" for note in read.notes]
        tables[table] = [
            {column.casefold(): cell.strip() for column, cell in row.cells.items() if cell.strip()} for row in read.rows
        ]
    if "service" not in tables:
        raise Unreadable(f"{name} holds no services.csv; a package of Open Referral tables was expected.")
    return _joined(tables), notes


def _by(rows: Sequence[Record], key: str) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if key in row:
            found[row[key]].append(row)
    return found


def _joined(tables: Mapping[str, list[Record]]) -> list[Record]:
    def of(table: str, key: str) -> Mapping[str, list[Record]]:
        return _by(tables.get(table, []), key)

    holders, numbers = of("organization", "id"), of("organization_identifier", "organization_id")
    places, addresses, terms = of("location", "id"), of("address", "location_id"), of("taxonomy_term", "id")
    at, linked = of("service_at_location", "service_id"), of("attribute", "link_id")
    beside = {
        field: of(table, "service_id")
        for field, table in (
            ("schedules", "schedule"),
            ("cost_options", "cost_option"),
            ("service_areas", "service_area"),
            ("phones", "phone"),
        )
    }
    joined = []
    for service in tables["service"]:
        key = service.get("id", "")
        whole: Record = dict(service)
        for holder in holders.get(service.get("organization_id", ""), [])[:1]:
            whole["organization"] = {**holder, "organization_identifiers": numbers.get(holder["id"], [])}
        whole["service_at_locations"] = [
            {"location": {**place, "addresses": addresses.get(place["id"], [])}}
            for link in at.get(key, [])
            for place in places.get(link.get("location_id", ""), [])[:1]
        ]
        whole["attributes"] = [
            {"taxonomy_term": term}
            for link in linked.get(key, [])
            for term in terms.get(link.get("taxonomy_term_id", ""), [])[:1]
        ]
        whole |= {field: rows.get(key, []) for field, rows in beside.items()}
        joined.append(whole)
    return joined
