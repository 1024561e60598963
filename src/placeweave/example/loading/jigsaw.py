"""The pieces, needs and ties of Clachan."""

from __future__ import annotations

from decimal import Decimal

from placeweave.example.loading.world import Record, World, read
from placeweave.jigsaw.models import Need, Piece, Tie
from placeweave.places.models import FrameworkNode

PRIORITIES = {"later": Need.Priority.LATER, "soon": Need.Priority.SOON, "pressing": Need.Priority.PRESSING}


def weave(world: World) -> None:
    """Lay out who holds what, who wants what, and who works with whom."""
    for record in read("pieces.toml")["piece"]:
        world.pieces[record["key"]] = _piece(world, record)
    for record in read("needs.toml")["need"]:
        world.needs[record["key"]] = _need(world, record)
    for record in read("ties.toml")["tie"]:
        _tie(world, record)
    for record in read("what_for.toml")["for"]:
        for key in record["pieces"]:
            _serves(world, world.pieces[key], record)


def _piece(world: World, record: Record) -> Piece:
    return Piece.objects.create(
        place=world.place,
        organisation=world.organisations.get(record.get("organisation", "")),
        title=record["title"],
        kind=record["kind"],
        sharability=record["sharability"],
        note=record.get("note", ""),
        amount=Decimal(record["amount"]) if "amount" in record else None,
        currency=record.get("currency", ""),
        quantity=record.get("quantity", ""),
        when=record.get("when", ""),
        neighbourhood=world.neighbourhoods.get(record.get("neighbourhood", "")),
        expires_on=world.some_day(record, "expires_day"),
        last_checked_on=world.some_day(record, "checked_day"),
        created_at=world.moment(record.get("checked_day", -60)),
    )


def _serves(world: World, piece: Piece, record: Record) -> None:
    piece.themes.add(*(world.themes[key] for key in record.get("themes", ())))
    if record.get("issue"):
        piece.issues.add(*world.issues.values())
    piece.topics.add(*(_heading(name) for name in record.get("topics", ())))
    if "hours" in record:
        piece.hours_a_month = Decimal(record["hours"])
    piece.what_stops = record.get("stops", piece.what_stops)
    piece.save(update_fields=["hours_a_month", "what_stops"])


def _heading(name: str) -> FrameworkNode:
    framework, code = name.split(":")
    return FrameworkNode.objects.get(framework__slug=framework, framework__valid_to=None, code=code)


def _need(world: World, record: Record) -> Need:
    made = Need.objects.create(
        place=world.place,
        title=record["title"],
        detail=record.get("detail", ""),
        asked_by=world.organisations.get(record.get("asked_by", "")),
        asked_for=record.get("asked_for", ""),
        kind=record["kind"],
        when=record.get("when", ""),
        neighbourhood=world.neighbourhoods.get(record.get("neighbourhood", "")),
        priority=PRIORITIES[record["priority"]],
        state=record["state"],
        created_at=world.moment(record["day"]),
    )
    made.themes.set(world.themes[key] for key in record.get("themes", ()))
    made.quotes.set(world.quotes[key] for key in record.get("quotes", ()))
    return made


def _tie(world: World, record: Record) -> None:
    Tie.objects.create(
        place=world.place,
        source=world.organisations[record["source"]],
        target=world.organisations[record["target"]],
        level=record["level"],
        kind=record["kind"],
        note=record.get("note", ""),
        reported_by=world.member(record["reported_by"]),
        reported_on=world.day(record["day"]),
        created_at=world.moment(record["day"]),
    )
