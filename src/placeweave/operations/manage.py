"""Django's own management commands, for those who know them."""

from __future__ import annotations

import click
from django.core.management import execute_from_command_line, get_commands


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as migrate or shell."""
    if arguments and not arguments[0].startswith("-") and arguments[0] not in {"help", *get_commands()}:
        raise click.ClickException(f"Django has no command called {arguments[0]}. To list them: placeweave manage help")
    execute_from_command_line(["placeweave manage", *arguments])
