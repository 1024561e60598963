"""From a feed's page, a list, one service, a package of tables or an answer of ALISS to services."""

from __future__ import annotations

from typing import Any

from placeweave.formats import limits
from placeweave.formats.archives import looks_zipped
from placeweave.formats.hsds.aliss import items_of
from placeweave.formats.hsds.items import ItemReader, text_of
from placeweave.formats.hsds.packages import read_package
from placeweave.formats.hsds.records import Services
from placeweave.formats.json_text import read_json
from placeweave.formats.problems import Unreadable

EXPECTED = "services of Open Referral UK 3 were expected, as a page with “contents”, a list, or one service"


def read_services(content: bytes, name: str) -> Services:
    """Read services in Open Referral UK 3.0 (HSDS 3), from JSON or a zip of tables.

    Raises
    ------
    Unreadable
        If it holds no services of that version; one sentence says what it seems to be instead.

    References
    ----------
    Open Referral, Human Services Data Specification 3; Open Referral UK application profile 3.0.
    """
    limits.refuse_oversized(content, name)
    if looks_zipped(content):
        items, notes = read_package(content, name)
        return _read(items, notes, name)
    parsed, told = read_json(content, name, EXPECTED)
    items = _items(parsed, name)
    return _read(items, [*told, *_mismatch(parsed, items)], name)


def read_aliss(content: bytes, name: str) -> Services:
    """Read a saved answer of ALISS (API 4): a search, one service, or one organisation with its services.

    Raises
    ------
    Unreadable
        If it is not such an answer.
    """
    parsed, told = read_json(content, name, "an answer of ALISS was expected, with “meta” and “data”")
    items, licence, attribution = items_of(parsed, name)
    read = _read(items, list(told), name)
    return Services(read.services, read.rows, read.problems, read.notes, licence, attribution)


def _read(items: list[Any], notes: list[str], name: str) -> Services:
    limits.refuse_too_many_rows(len(items), name)
    reader = ItemReader()
    services = tuple(
        service for row, item in enumerate(items, start=1) if (service := reader.read(row, item)) is not None
    )
    return Services(services, len(items), tuple(reader.problems), tuple(notes))


def _items(parsed: Any, name: str) -> list[Any]:
    if isinstance(parsed, list):
        return _services_of(parsed, name)
    if not isinstance(parsed, dict):
        raise Unreadable(f"{name} is JSON, but {EXPECTED}.")
    if isinstance(parsed.get("contents"), list):
        return _services_of(parsed["contents"], name)
    if "content" in parsed and "totalElements" in parsed:
        raise Unreadable(f"{name} looks like Open Referral UK 1; {EXPECTED}. Ask its publisher for version 3.")
    if "service" in parsed and "location" in parsed:
        raise Unreadable(f"{name} describes one service at one location; {EXPECTED}.")
    return _services_of([parsed], name)


def _services_of(items: list[Any], name: str) -> list[Any]:
    """Refuse a list of something else: organisations, taxonomies, locations (which have schedules too)."""
    of_services = {"status", "organization", "organization_id", "service_at_locations"}
    if items and all(isinstance(one, dict) and not (of_services & one.keys()) for one in items):
        first = ", ".join(sorted(items[0])[:5])
        raise Unreadable(f"{name} holds objects with {first}; {EXPECTED}.")
    return items


def _mismatch(parsed: Any, items: list[Any]) -> list[str]:
    told = text_of(parsed.get("total_items")) if isinstance(parsed, dict) else ""
    if told and told != str(len(items)):
        counted = f"The feed says it has {told} services in all; this file holds {len(items):,}."
        return [f"{counted} Other pages go in one by one."]
    return []
