"""Writing services as a page of Open Referral UK 3.0, whole and in the order given."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from placeweave.formats.hsds.records import Holder, Location, Schedule, Service, Term

NAMESPACE = uuid.UUID("0c9ad0c3-3b27-5c0f-8d0b-6a6b1f2b9f55")
"""Ids that are no UUID elsewhere become one by this, the same each time."""


def stable(*said: str) -> str:
    """Give a UUID for what is said; a text that is a UUID stays as it is."""
    try:
        return str(uuid.UUID(said[0])) if len(said) == 1 else str(uuid.uuid5(NAMESPACE, "\x1f".join(said)))
    except ValueError:
        return str(uuid.uuid5(NAMESPACE, said[0]))


def write_services(services: Sequence[Service]) -> bytes:
    """Write one page that holds all of the services; ``total_items`` is how many there are."""
    page = {
        "total_items": len(services),
        "total_pages": 1 if services else 0,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": [_service(one) for one in services],
    }
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def _service(one: Service) -> dict[str, Any]:
    key = stable(one.id)
    return _filled(
        {
            "id": key,
            "name": one.name,
            "description": one.description,
            "url": one.url if one.url.startswith(("http://", "https://")) else "",
            "email": one.email,
            "status": one.status,
            "fees": one.fees,
            "assured_date": one.assured[:10],
            "last_modified": one.modified,
            "organization": _holder(one.holder),
            "service_at_locations": [
                {"id": stable(key, place.id, "at"), "location": _location(place)} for place in one.locations
            ],
            "phones": [{"id": stable(key, "phone", n), "service_id": key, "number": n} for n in one.phones],
            "schedules": [_schedule(key, n, schedule) for n, schedule in enumerate(one.schedules)],
            "cost_options": [{"id": stable(key, "cost", cost), "option": cost} for cost in one.costs],
            "service_areas": [{"id": stable(key, "area", area), "name": area} for area in one.areas],
            "attributes": [_term(key, term) for term in one.terms],
        }
    )


def _holder(holder: Holder) -> dict[str, Any]:
    key = stable(holder.id or holder.name)
    numbers = [
        {
            "id": stable(key, scheme, number),
            "identifier_scheme": scheme,
            "identifier_type": scheme,
            "identifier": number,
        }
        for scheme, number in holder.numbers
    ]
    told = {"id": key, "name": holder.name, "description": holder.description or holder.name}
    website = holder.website if holder.website.startswith(("http://", "https://")) else ""
    return told | _filled({"website": website, "organization_identifiers": numbers})


def _location(place: Location) -> dict[str, Any]:
    key = stable(place.id or place.name)
    address = {
        "id": stable(key, "address"),
        "address_1": place.address or place.name,
        "city": place.city,
        "state_province": place.region,
        "postal_code": place.postcode,
        "country": "GB",
        "address_type": "physical",
    }
    told = {"id": key, "location_type": "physical", "name": place.name, "addresses": [address]}
    return told | _filled({"latitude": place.latitude, "longitude": place.longitude})


def _schedule(service: str, number: int, one: Schedule) -> dict[str, Any]:
    return {"id": stable(service, "schedule", str(number))} | _filled(
        {
            "freq": one.freq if one.freq in {"WEEKLY", "MONTHLY"} else "",
            "interval": one.interval,
            "byday": one.byday,
            "bymonthday": one.bymonthday,
            "opens_at": one.opens_at and f"{one.opens_at}:00Z",
            "closes_at": one.closes_at and f"{one.closes_at}:00Z",
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
            "description": one.description,
        }
    )


def _term(service: str, term: Term) -> dict[str, Any]:
    return {
        "id": stable(service, "term", term.id),
        "taxonomy_term": {
            "id": stable(term.taxonomy, term.id) if not _is_uuid(term.id) else term.id,
            "name": term.name,
            "description": term.name,
            "taxonomy": term.taxonomy or "not said",
        },
    }


def _is_uuid(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False
