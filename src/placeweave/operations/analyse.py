"""Run an engine over a file: no database, no settings, no network."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("other", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def linkage(file: Path, other: Path | None, *, as_json: bool) -> None:
    """Say which rows of FILE stand for one organisation, or which of FILE and OTHER do (.csv, .xlsx, .json, .jsonl).

    The columns are id, identifier (as GB-SC-SC012345), name and postcode; charity_number, company_number and
    other_names are read where they are there.
    """
    rows, others = read_rows(file), read_rows(other) if other else None
    try:
        result = linkage_report.analyse(rows, others)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else linkage_report.as_table(result))
