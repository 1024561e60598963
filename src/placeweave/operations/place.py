"""Add places, and the people an installation cannot do without at its start."""

from __future__ import annotations

import click

from placeweave.operations.operator import Operator
from placeweave.operations.prepare import prepare
from placeweave.places import services


@click.group()
def place() -> None:
    """Add places to this installation."""


@place.command()
@click.argument("slug")
@click.argument("name")
def add(slug: str, name: str) -> None:
    """Add a place: SLUG is its short name in addresses, NAME what people call it."""
    prepare()
    made = services.add_place(slug=slug, name=name, by=Operator())
    click.echo(f"Added {made.name}: /p/{made.slug}/")
