"""What ALISS answers, put into the nested form of Open Referral."""

from __future__ import annotations

from typing import Any

from placeweave.formats.hsds.items import listed, text_of
from placeweave.formats.problems import Unreadable


def items_of(parsed: Any, name: str) -> tuple[list[Any], str, str]:
    """Give the services of an answer, its licence, and the lines its attribution asks for."""
    found = (parsed.get("data") or parsed.get("results")) if isinstance(parsed, dict) else None
    if not isinstance(found, list | dict):
        raise Unreadable(f"{name} is JSON, but not an answer of ALISS: neither “data” nor “results” is in it.")
    meta = parsed.get("meta") if isinstance(parsed.get("meta"), dict) else {}
    lines = [text_of(one.get("text")) for one in listed(meta.get("attribution"))]
    licence = text_of(meta.get("licence"))
    attribution = "; ".join(["ALISS, CC BY 4.0", *filter(None, lines)])
    return [_nested(one) for one in _services(found)], licence, attribution


def _services(found: list[Any] | dict[str, Any]) -> list[Any]:
    if isinstance(found, list):
        return found
    if isinstance(found.get("services"), list):
        holder = {name: found.get(name) for name in ("id", "name", "description", "url")}
        return [{**one, "organisation": holder} if isinstance(one, dict) else one for one in found["services"]]
    return [found]


def _nested(one: Any) -> Any:
    if not isinstance(one, dict):
        return one
    holder = one.get("organisation") if isinstance(one.get("organisation"), dict) else {}
    whole = {name: one.get(name) for name in ("id", "name", "description", "url", "phone", "email")}
    return whole | {
        "status": "active",
        "last_modified": one.get("last_updated"),
        "organization": {**(holder or {}), "website": (holder or {}).get("url")},
        "service_at_locations": [{"location": _location(place)} for place in listed(one.get("locations"))],
        "service_areas": [{"name": area.get("name")} for area in listed(one.get("service_areas"))],
        "attributes": [
            {"taxonomy_term": {"id": term.get("slug"), "name": term.get("name"), "taxonomy": "ALISS"}}
            for term in listed(one.get("categories"))
        ],
    }


def _location(place: dict[str, Any]) -> dict[str, Any]:
    address = {
        "address_1": place.get("street_address"),
        "city": place.get("locality"),
        "state_province": place.get("region"),
        "postal_code": place.get("postal_code"),
    }
    name = text_of(place.get("name")) or text_of(place.get("formatted_address"))
    kept = {key: place.get(key) for key in ("id", "latitude", "longitude")}
    return {**kept, "name": name, "location_type": "physical", "addresses": [address]}
