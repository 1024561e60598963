"""One name for each field: titles and JSON keys both become paths such as ``recipientOrganization/0/name``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from placeweave.formats.money import plain_number
from placeweave.formats.problems import Unreadable
from placeweave.formats.text import is_whole_number

Flat = dict[str, str]
MAX_DEPTH = 20

_COMMON = {"identifier": "id", "name": "name", "description": "description", "last modified": "dateModified"}
_LOCATION = {
    **_COMMON,
    "country code": "countryCode",
    "latitude": "latitude",
    "longitude": "longitude",
    "geographic code": "geoCode",
    "geographic code type": "geoCodeType",
}
_ORGANISATION = {
    **_COMMON,
    "department": "department",
    "contact name": "contactName",
    "charity number": "charityNumber",
    "company number": "companyNumber",
    "street address": "streetAddress",
    "city": "addressLocality",
    "county": "addressRegion",
    "country": "addressCountry",
    "postal code": "postalCode",
    "phone number": "telephone",
    "alternate name": "alternateName",
    "email": "email",
    "organisation type": "organisationType",
    "web address": "url",
}
_PERIOD = {
    **_COMMON,
    "title": "title",
    "start date": "startDate",
    "end date": "endDate",
    "duration (months)": "duration",
    "duration": "duration",
}
_CLASSIFICATION = {**_COMMON, "vocabulary": "vocabulary", "code": "code", "title": "title", "url": "url"}
_DOCUMENT = {**_COMMON, "title": "title", "web address": "url", "document type": "documentType"}
_REASONS = {
    "primary grant reason": "primaryGrantReason",
    "secondary grant reason": "secondaryGrantReason",
    "grant purpose": "grantPurpose/0",
}

# title -> (key, whether it is a list, titles inside)
_CONTAINERS: Mapping[str, tuple[str, bool, Mapping[str, str]]] = {
    "recipient org": ("recipientOrganization", True, _ORGANISATION),
    "funding org": ("fundingOrganization", True, _ORGANISATION),
    "recipient ind": ("recipientIndividual", False, _COMMON),
    "to individuals details": ("toIndividualsDetails", False, _REASONS),
    "beneficiary location": ("beneficiaryLocation", True, _LOCATION),
    "location": ("location", True, _LOCATION),
    "planned dates": ("plannedDates", True, _PERIOD),
    "actual dates": ("actualDates", True, _PERIOD),
    "grant programme": ("grantProgramme", True, _CLASSIFICATION),
    "funding type": ("fundingType", True, _CLASSIFICATION),
    "classifications": ("classifications", True, _CLASSIFICATION),
    "related document": ("relatedDocument", True, _DOCUMENT),
}
_TOP = {
    "identifier": "id",
    "title": "title",
    "description": "description",
    "currency": "currency",
    "amount applied for": "amountAppliedFor",
    "amount awarded": "amountAwarded",
    "amount disbursed": "amountDisbursed",
    "award date": "awardDate",
    "url": "url",
    "from an open call?": "fromOpenCall",
    "related activity": "relatedActivity/0",
    "last modified": "dateModified",
    "data source": "dataSource",
    "for regrant type": "regrantType",
    "location scope": "locationScope",
}
_KEYS = {path.casefold(): path for path in _TOP.values()}
_CONTAINER_KEYS = {key.casefold(): title for title, (key, _, _) in _CONTAINERS.items()}
KNOWN_ROOTS = frozenset({path.split("/")[0] for path in _TOP.values()} | {key for key, _, _ in _CONTAINERS.values()})


def path_of(header: str) -> str:
    """Turn a spreadsheet header into the path of its field; an unknown header keeps its own words.

    >>> path_of("Recipient Org:Postal Code")
    'recipientOrganization/0/postalCode'
    >>> path_of("Beneficiary Location:1:Name")
    'beneficiaryLocation/1/name'
    >>> path_of("Website: Decision Notes")
    'Website/Decision Notes'
    """
    parts = [part.strip() for part in header.split(":")]
    if len(parts) == 1 and "/" in header:
        parts = [part.strip() for part in header.split("/")]
    return _top(parts) or _nested(parts) or "/".join(parts)


def flatten(value: Any, path: str = "") -> Flat:
    """Lay a JSON grant out as paths and texts, as a spreadsheet would hold it; empty values are left out."""
    if path.count("/") > MAX_DEPTH:
        raise Unreadable(f"The grants are nested more than {MAX_DEPTH} levels deep, near {path[:80]}.")
    if isinstance(value, dict):
        pieces = [(f"{path}/{key}" if path else str(key).strip(), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        pieces = [(f"{path}/{position}", inner) for position, inner in enumerate(value)]
    else:
        text = text_of(value)
        return {path: text} if text else {}
    flat: Flat = {}
    for inner_path, inner in pieces:
        flat.update(flatten(inner, inner_path))
    return flat


def text_of(value: Any) -> str:
    """Write one JSON value as the text a spreadsheet cell would give."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Decimal):
        return plain_number(value)
    return str(value).strip()


def _top(parts: list[str]) -> str | None:
    if len(parts) != 1:
        return None
    word = " ".join(parts[0].split()).casefold()
    return _TOP.get(word) or _KEYS.get(word)


def _nested(parts: list[str]) -> str | None:
    title = " ".join(parts[0].split()).casefold()
    container = _CONTAINERS.get(_CONTAINER_KEYS.get(title, title))
    if container is None or len(parts) == 1:
        return None
    key, is_list, inside = container
    numbered = len(parts) > 2 and is_whole_number(parts[1])
    prefix = f"{key}/{int(parts[1]) if numbered else 0}" if is_list else key
    rest = _inside(parts[2:] if numbered else parts[1:], inside)
    return f"{prefix}/{rest}" if rest else None


def _inside(parts: list[str], inside: Mapping[str, str]) -> str | None:
    if len(parts) > 1:
        return _nested(parts)
    word = " ".join(parts[0].split()).casefold()
    keys = {path.casefold(): path for path in inside.values()}
    return inside.get(word) or keys.get(word)
