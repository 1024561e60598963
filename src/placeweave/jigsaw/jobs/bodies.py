"""What a charity register and the grants say of the organisations of a place, as the search for synergies reads it."""

from __future__ import annotations

from collections import defaultdict

from placeweave.engines import synergy
from placeweave.jigsaw.models import FundingFlow
from placeweave.places.models import Pairing, RegisterEntry

NOBODY_IN_PARTICULAR = "no specific group"
"""How the register says that a charity is for everybody: true of half of them, and no reason to meet."""


def bodies(place_id: int) -> list[synergy.Body]:
    """Read whom each registered organisation is for, what for, where it is, and who gave it money."""
    funders = _funders(place_id)
    entries = RegisterEntry.objects.filter(organisation__place=place_id, organisation__merged_into=None)
    rows = entries.order_by("organisation", "register", "external_id").values_list(
        "organisation", "organisation__is_partner", "external_id", "said"
    )
    found = {
        key: synergy.Body(
            key,
            tuple(sorted(one for one in said.get("beneficiaries", ()) if not _is_everybody(one))),
            tuple(sorted(said.get("purposes", ()))),
            _district(said.get("postcode", "")),
            tuple(sorted(funders[key])),
            takes_part,
            number,
        )
        for key, takes_part, number, said in rows
    }
    return list(found.values())


def _district(postcode: str) -> str:
    """Give the outward part of a postcode: the register may hold somebody's home, and the rest is not needed."""
    return "".join(postcode.split()).upper()[:-3]


def _is_everybody(written: str) -> bool:
    return written.casefold().startswith(NOBODY_IN_PARTICULAR)


def _funders(place_id: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    given = FundingFlow.objects.filter(place=place_id, recipient__isnull=False).order_by()
    for recipient, funder in given.values_list("recipient", "funder").distinct():
        found[recipient].add(funder)
    return found


def perhaps_one(place_id: int) -> list[tuple[int, int]]:
    """Pair the organisations of which a person has yet to say whether they are one."""
    waiting = Pairing.objects.filter(place=place_id, state__in=[Pairing.State.OPEN, Pairing.State.LATER])
    return list(waiting.order_by("one", "other").values_list("one", "other"))
