"""Add places, and the people an installation cannot do without at its start."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from placeweave.kit import audit
from placeweave.kit.access import Standing
from placeweave.kit.models import Account
from placeweave.operations.demo import MARKER
from placeweave.operations.operator import operator, place_called
from placeweave.operations.prepare import prepare
from placeweave.operations.transfer import upload_from
from placeweave.places import services
from placeweave.thread import bundle

STANDINGS = [str(standing) for standing in Standing if standing != Standing.VISITOR]


@click.group()
def place() -> None:
    """Add places to this installation, and invite people to them."""


@place.command()
@click.argument("slug")
@click.argument("name")
def add(slug: str, name: str) -> None:
    """Add a place: SLUG is its short name in addresses, NAME what people call it."""
    prepare()
    made = services.add_place(slug=slug, name=name, by=operator())
    click.echo(f"Added {made.name}. Invite its convener: placeweave place invite {made.slug} EMAIL NAME")
    if (Path(settings.HOME) / MARKER).exists():
        click.echo(f"{settings.HOME} holds the demonstration, and make demo-reset empties it: {made.name} with it.")
        click.echo("For a place of your own, name another folder first: export PLACEWEAVE_HOME=$HOME/placeweave")


@place.command()
@click.argument("slug")
@click.argument("email")
@click.argument("name")
@click.option("--standing", default="convener", show_default=True, type=click.Choice(STANDINGS))
def invite(slug: str, email: str, name: str, standing: str) -> None:
    """Invite somebody to a place by e-mail, and print the link to hand over."""
    prepare()
    _check_address(email)
    invited = services.invite(place=place_called(slug), email=email, name=name, standing=standing, by=operator())
    click.echo(f"Invited {name} as {standing}. The link works once:\n{invited.link}")


@place.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Bring a whole place back from FILE (written by: export place) into an installation that holds none."""
    prepare()
    restored = bundle.restore(content=upload_from(file).content, name=file.name)
    place, count = restored.place, sum(restored.counts.values())
    click.echo(f"Brought back {place.name}: {count:,} records, /p/{place.slug}/")
    click.echo("Its people sign in with a code sent to the same e-mail addresses as before.")


@click.group()
def steward() -> None:
    """Name those who run the whole installation."""


@steward.command("add")
@click.argument("email")
@click.argument("name")
def add_steward(email: str, name: str) -> None:
    """Let somebody run this installation; they sign in with a code sent to EMAIL."""
    prepare()
    _check_address(email)
    try:
        with transaction.atomic():
            made = Account.objects.create_user(email, name=name, is_steward=True)
            audit.write(by=operator(), place_id=None, verb="added steward", subject=made, summary=name)
    except IntegrityError as taken:
        raise click.ClickException(f"There is already an account for {email}.") from taken
    click.echo(f"Added {name} as steward. They sign in with {made.email}.")


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise click.ClickException(f"{email} is not an e-mail address.") from wrong
