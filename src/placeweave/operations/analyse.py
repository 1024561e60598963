"""Run an engine over a file: no database, no settings, no network."""

from __future__ import annotations

import json
from pathlib import Path

import click

from placeweave.engines.grouping import cohort_report
from placeweave.engines.grouping import report as grouping_report
from placeweave.engines.grouping.records import Rules
from placeweave.engines.linkage import report as linkage_report
from placeweave.engines.matching import report as matching
from placeweave.engines.network import report as network_report
from placeweave.engines.opinion import report as opinion_report
from placeweave.engines.opinion.records import Config, Mode
from placeweave.engines.themes import report
from placeweave.operations.applications import read_applicants, read_quotas
from placeweave.operations.ballots import read_ballots
from placeweave.operations.networks import read_network
from placeweave.operations.rows import read_rows
from placeweave.operations.seatings import read_pairs, read_people, read_seats, read_sittings, read_tables
from placeweave.operations.supply import read_needs, read_offers

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def analyse() -> None:
    """Run an analysis on a file, without a database."""


@analyse.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--text-column", default="text", show_default=True, help="The column that holds what people said.")
@click.option("--themes", "count", type=click.IntRange(min=2), help="How many themes to make; otherwise the data says.")
@click.option("--level", default="mid", show_default=True, help="How fine: coarse, mid or fine.")
@click.option("--seed", default=0, show_default=True, help="Where chance starts; the same seed gives the same answer.")
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def themes(file: Path, text_column: str, count: int | None, level: str, seed: int, *, as_json: bool) -> None:
    """Suggest themes for what people said in FILE (.jsonl, .json, .csv or .xlsx)."""
    rows = read_rows(file)
    try:
        result = report.analyse(rows, text_column=text_column, themes=count, level=level, seed=seed)
    except ValueError as refusal:  # an engine's word for something that was asked wrongly
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else report.as_table(result))


@analyse.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--mode", type=click.Choice(["own", "polis"]), default="own", show_default=True, help="Own, or as Polis.")
@click.option("--seed", default=0, show_default=True, help="Where chance starts; the same seed gives the same answer.")
@click.option("--public", is_flag=True, help="Leave out who is in which group, and every count of a few people.")
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def opinion(path: Path, mode: Mode, seed: int, *, public: bool, as_json: bool) -> None:
    """Find groups and common ground in the votes of PATH: a Polis export, or a table of votes."""
    try:
        result = opinion_report.analyse(read_ballots(path), Config(mode=mode, seed=seed), public=public)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else opinion_report.as_table(result))


@analyse.command()
@click.argument("offers", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("needs", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def match(offers: Path, needs: Path, *, as_json: bool) -> None:
    """Share OFFERS out among NEEDS as well as can be (.csv, .xlsx, .json or .jsonl), and name who goes without."""
    try:
        result = matching.analyse(read_offers(offers), read_needs(needs))
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else matching.as_table(result))


@analyse.command()
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


@analyse.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", required=True, help="What makes a silo: an attribute of the partners, such as sector.")
@click.option("--at-least", type=click.IntRange(1, 5), default=1, show_default=True, help="The level that is a tie.")
@click.option("--seed", default=0, show_default=True, help="Where chance starts; the same seed gives the same answer.")
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def network(file: Path, by: str, at_least: int, seed: int, *, as_json: bool) -> None:
    """Measure the network of partners in FILE (.graphml, .json, .csv): silos, bridges, weak points, introductions."""
    try:
        result = network_report.analyse(read_network(file), by, at_least=at_least, seed=seed)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else network_report.as_table(result))


@analyse.command()
@click.argument("people", type=FILE)
@click.option("--size", type=click.IntRange(min=1), help="How many sit at a table at most; or give --tables.")
@click.option("--rounds", type=click.IntRange(min=1), default=1, show_default=True, help="How many rounds.")
@click.option("--organisation-column", help="The column that says whom somebody comes from.  [default: organisation]")
@click.option(
    "--mix", multiple=True, help="A further column whose values are to be spread, such as sector; repeatable."
)
@click.option("--history", type=FILE, help="Who sat with whom before: round, table, id; or one, other, times.")
@click.option("--apart", type=FILE, help="Who must not sit together: one, other.")
@click.option("--together", type=FILE, help="Who must sit together: one, other.")
@click.option("--fixed", type=FILE, help="Seats that are decided: round, table, id.")
@click.option("--tables", type=FILE, help="The tables there are: seats, offers (needs of people that they meet).")
@click.option("--given", type=FILE, help="A plan to mend with the fewest moves: round, table, id.")
@click.option("--played", type=click.IntRange(min=0), default=0, help="So many rounds of the given plan are over.")
@click.option("--iterations", type=click.IntRange(min=0), help="Steps of the search.  [default: about a second]")
@click.option("--seed", default=0, show_default=True, help="Where chance starts; the same seed gives the same answer.")
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def groups(
    people: Path,
    *,
    size: int | None,
    rounds: int,
    organisation_column: str | None,
    mix: tuple[str, ...],
    history: Path | None,
    apart: Path | None,
    together: Path | None,
    fixed: Path | None,
    tables: Path | None,
    given: Path | None,
    played: int,
    iterations: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Seat PEOPLE (.csv, .xlsx, .json, .jsonl) at tables, round after round, so that they meet others than their own.

    The columns are id, organisation, name, needs and brings (several with ;) and host (the table somebody stays at).
    """
    if (size is None) == (tables is None):
        raise click.UsageError("Say how large tables are with --size, or which there are with --tables.")
    there = read_people(people, organisation_column, mix)
    keys = {one.key for one in there}
    rules = Rules(
        apart=read_pairs(apart, keys) if apart else (),
        together=read_pairs(together, keys) if together else (),
        fixed=read_seats(fixed, keys) if fixed else (),
        history=read_sittings(history) if history else (),
        mixed=mix,
    )
    places = read_tables(tables) if tables else size or 1
    try:
        if given:
            before = read_sittings(given)
            result = grouping_report.mend(
                before, there, places, rules=rules, played=played, seed=seed, iterations=iterations
            )
        else:
            result = grouping_report.analyse(there, places, rounds, rules=rules, seed=seed, iterations=iterations)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else grouping_report.as_table(result))


@analyse.command()
@click.argument("applicants", type=FILE)
@click.option("--places", type=click.IntRange(min=1), required=True, help="How many can be in.")
@click.option("--quotas", type=FILE, help="What is wished for: aspect, value (* for each), least, most.")
@click.option("--seconds", type=click.FloatRange(min=0), default=60.0, show_default=True, help="End after so long.")
@click.option("--seed", default=0, show_default=True, help="Draws the lots of those who have waited as long.")
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def cohort(applicants: Path, *, places: int, quotas: Path | None, seconds: float, seed: int, as_json: bool) -> None:
    """Choose who of APPLICANTS (.csv, .xlsx, .json, .jsonl) is in, and say why the others wait and in which order.

    The columns are id, waited (days) or applied (a day), and those that quotas speak of, such as sector and place.
    """
    wished = read_quotas(quotas) if quotas else []
    asked = read_applicants(applicants, wished)
    try:
        result = cohort_report.analyse(asked, places, wished, seed=seed, seconds=seconds)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else cohort_report.as_table(result))
