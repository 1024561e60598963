"""Writing grants to organisations as a 360Giving package; a grant to a person is never written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from placeweave.formats.tables import Cell, Sheet, write_csv, write_xlsx
from placeweave.formats.threesixty.records import Grant
from placeweave.formats.threesixty.sources import META

VERSION = "1.4"


def write_grants(grants: Sequence[Grant], *, licence: str = "", attribution: str = "") -> bytes:
    """Write a package of the grants that have everything the standard requires.

    Raises
    ------
    ValueError
        If one of them is to an individual: those must be left out before.
    """
    package: dict[str, Any] = {"version": VERSION, **_source(licence, attribution)}
    package["grants"] = [_grant(one) for one in grants]
    return json.dumps(package, ensure_ascii=False, indent=1).encode()


def _source(licence: str, attribution: str) -> dict[str, str]:
    """Say where all of the grants come from; the standard takes a licence by its address alone."""
    told = {"license": licence if licence.startswith(("http://", "https://")) else "", "attribution": attribution}
    return {name: text for name, text in told.items() if text}


def _grant(one: Grant) -> dict[str, Any]:
    if one.individual or one.recipient is None:
        raise ValueError("A grant to an individual is never written.")
    amount = int(one.amount) if one.amount == one.amount.to_integral_value() else float(one.amount)
    told: dict[str, Any] = {
        "id": one.external_id,
        "title": one.title,
        "description": one.description,
        "currency": one.currency,
        "amountAwarded": amount,
        "awardDate": one.award_date.isoformat(),
        "fundingOrganization": [{"id": one.funder.external_id, "name": one.funder.name}],
        "recipientOrganization": [{"id": one.recipient.external_id, "name": one.recipient.name}],
    }
    period = {"startDate": one.planned_start, "endDate": one.planned_end}
    if any(period.values()):
        told["plannedDates"] = [{name: day.isoformat() for name, day in period.items() if day}]
    if one.programme:
        told["grantProgramme"] = [{"title": one.programme}]
    if one.url.startswith(("http://", "https://")):
        told["url"] = one.url
    if one.modified:
        told["dateModified"] = one.modified.isoformat()
    return told


TITLES = {
    "id": "Identifier",
    "title": "Title",
    "description": "Description",
    "currency": "Currency",
    "amountAwarded": "Amount Awarded",
    "awardDate": "Award Date",
    "fundingOrganization/0/id": "Funding Org:0:Identifier",
    "fundingOrganization/0/name": "Funding Org:0:Name",
    "recipientOrganization/0/id": "Recipient Org:0:Identifier",
    "recipientOrganization/0/name": "Recipient Org:0:Name",
    "plannedDates/0/startDate": "Planned Dates:0:Start Date",
    "plannedDates/0/endDate": "Planned Dates:0:End Date",
    "grantProgramme/0/title": "Grant Programme:0:Title",
    "url": "URL",
    "dateModified": "Last Modified",
}
"""The columns of the flattened form: the titles of the schema, and the place in its list of what is one of several."""


PACKAGE_TITLES = {"version": "Version", "license": "License", "attribution": "Attribution"}


def write_grants_csv(grants: Sequence[Grant], *, licence: str = "", attribution: str = "") -> bytes:
    """Write the same grants flattened, one a row; there is but one table, so each row says where it comes from."""
    source = _source(licence, attribution)
    titles = (*TITLES.values(), *(PACKAGE_TITLES[name] for name in source))
    return write_csv(titles, [[*_row(one), *source.values()] for one in grants], bom=False)


def write_grants_xlsx(grants: Sequence[Grant], *, licence: str = "", attribution: str = "") -> bytes:
    """Write the same grants flattened, with the standard's sheet about the file beside them."""
    told = {"version": VERSION, **_source(licence, attribution)}
    first, *others = [[PACKAGE_TITLES[name], text] for name, text in told.items()]
    grants_sheet = Sheet(tuple(TITLES.values()), [_row(one) for one in grants])
    return write_xlsx({"grants": grants_sheet, META: Sheet(first, others)})


def _row(one: Grant) -> list[Cell]:
    flat = _flat(_grant(one), ())
    flat["amountAwarded"] = one.amount
    return [flat.get(path) for path in TITLES]


def _flat(told: Any, path: tuple[str, ...]) -> dict[str, Cell]:
    if isinstance(told, (dict, list)):
        inside = told.items() if isinstance(told, dict) else enumerate(told)
        return {key: cell for name, value in inside for key, cell in _flat(value, (*path, str(name))).items()}
    return {"/".join(path): told}
