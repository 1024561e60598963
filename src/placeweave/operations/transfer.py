"""Bring files in and take files out, by command."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import click

from placeweave.formats import archives, limits
from placeweave.kit import exports, imports
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.operations.operator import operator, place_called
from placeweave.operations.prepare import prepare

SHOWN = 20
"""Problems shown on a screen; --json gives them all."""


@click.command("import")
@click.argument("format_name", metavar="FORMAT")
@click.argument("source", metavar="FILE_OR_FOLDER", type=click.Path(path_type=Path))
@click.option("--place", "slug", required=True, metavar="SLUG", help="The place it belongs to.")
@click.option("--accept", is_flag=True, help="Bring it in. Without this, it is only previewed.")
@click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
def import_file(format_name: str, source: Path, slug: str, *, accept: bool, as_json: bool) -> None:
    """Read a file or folder, say row by row what it would change, and bring it in on --accept."""
    importer = imports.importer_for(format_name)
    prepare()
    place, by = place_called(slug), operator()
    batch = imports.stage(format=importer.format, upload=upload_from(source), place_id=place.pk, options={}, by=by)
    if batch.state == Batch.State.REFUSED:
        raise click.ClickException(batch.failure)
    problems = _problems(batch)  # read before accepting, which wipes the values
    if accept:
        batch = imports.accept(batch=batch, by=by)
    answer = {**batch.totals, "problems": problems, "batch": batch.pk}
    answer |= {"state": batch.state, "counts": batch.counts, "notes": batch.notes}
    answer |= {"licence": batch.licence, "attribution": batch.attribution}
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _in_words(batch, problems))


def upload_from(source: Path) -> Upload:
    """Read what the path names; a folder travels as one zip, the same bytes each time."""
    if source.is_dir():
        return Upload(f"{source.resolve().name}.zip", _zipped(source))
    size = source.stat().st_size
    if size > limits.MAX_BUNDLE_BYTES:
        most = limits.megabytes(limits.MAX_BUNDLE_BYTES)
        raise click.ClickException(f"{source.name} is {limits.megabytes(size)}; no file may be more than {most}.")
    return Upload(source.name, source.read_bytes())


def _zipped(folder: Path) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in archives.read_folder(folder).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _problems(batch: Batch) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name) for name in ("part", "row", "key", "outcome", "field", "reason", "value")}
        for row in batch.rows.exclude(reason="")
    ]


def _in_words(batch: Batch, problems: list[dict[str, Any]]) -> str:
    lines = [f"{batch.file_name}: {batch.totals['rows']:,} rows"]
    lines += [f"  {batch.totals[outcome]:>9,}  {outcome.label.lower()}" for outcome in Outcome]
    lines += [
        f"  {number:>9,}  {noun.replace('_', ' ')}" for noun, number in batch.counts.items() if isinstance(number, int)
    ]
    lines += [str(note) for note in batch.notes]
    lines += [_problem_in_words(one) for one in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"... and {len(problems) - SHOWN:,} more; --json gives them all.")
    accepted = batch.state == Batch.State.ACCEPTED
    lines.append(f"Brought in as import {batch.pk}." if accepted else "Nothing was changed. Bring it in with --accept.")
    return "\n".join(lines)


def _problem_in_words(problem: dict[str, Any]) -> str:
    where = [str(problem["part"])] if problem["part"] else []
    if problem["row"] is not None:
        where.append(f"row {problem['row']}")
    if problem["field"]:
        where.append(str(problem["field"]))
    return f"  {', '.join(where) or problem['outcome']}: {problem['reason']}"


@click.command("export")
@click.argument("format_name", metavar="FORMAT")
@click.option("--place", "slug", required=True, metavar="SLUG", help="The place to take it from.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def export_file(format_name: str, slug: str, out: Path) -> None:
    """Write a file with what a convener of the place may take out; the place's log keeps that it left."""
    prepare()
    exported = exports.take(format=format_name, place_id=place_called(slug).pk, by=operator())
    partial = out.with_name(f"{out.name}.partial")
    partial.write_bytes(exported.content)
    partial.replace(out)
    click.echo(f"Wrote {out}: {exported.rows:,} rows, {len(exported.content):,} bytes ({exported.scope}).")
