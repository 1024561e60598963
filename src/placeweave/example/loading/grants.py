"""The grants of Clachan, as their funders would have published them."""

from __future__ import annotations

from decimal import Decimal

from placeweave.example.loading.world import Record, World, read
from placeweave.jigsaw.models import FundingFlow
from placeweave.places.models import Organisation


def weave(world: World) -> None:
    """Let money flow in, partly to a partner under the name that its funder has for it."""
    told = read("grants.toml")
    known = {**world.organisations, **{one["key"]: _organisation(world, one) for one in told["organisation"]}}
    for record in told["grant"]:
        _grant(world, record, known)


def _organisation(world: World, record: Record) -> Organisation:
    plain = ("name", "sector", "description")
    return Organisation.objects.create(
        place=world.place, created_at=world.moment(-30), **{name: record[name] for name in plain}
    )


def _grant(world: World, record: Record, known: dict[str, Organisation]) -> None:
    FundingFlow.objects.create(
        place=world.place,
        external_id=record["key"],
        title=record["title"],
        funder=known[record["funder"]],
        recipient=known[record["recipient"]],
        currency="GBP",
        amount=Decimal(record["amount"]),
        awarded_on=world.day(record["awarded_day"]),
        starts_on=world.day(record["starts_day"]),
        ends_on=world.day(record["ends_day"]),
        programme=record["programme"],
        created_at=world.moment(-30),
    )
