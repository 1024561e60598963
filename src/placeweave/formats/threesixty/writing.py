"""Writing grants to organisations as a 360Giving package; a grant to a person is never written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from placeweave.formats.threesixty.records import Grant

VERSION = "1.4"


def write_grants(grants: Sequence[Grant], *, licence: str = "", attribution: str = "") -> bytes:
    """Write a package of the grants that have everything the standard requires.

    Raises
    ------
    ValueError
        If one of them is to an individual: those must be left out before.
    """
    package: dict[str, Any] = {"version": VERSION}
    if licence.startswith(("http://", "https://")):
        package["license"] = licence
    if attribution:
        package["attribution"] = attribution
    package["grants"] = [_grant(one) for one in grants]
    return json.dumps(package, ensure_ascii=False, indent=1).encode()


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
