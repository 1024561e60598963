"""Reading comments.csv and summary.csv."""

from __future__ import annotations

import csv
import io

from placeweave.formats.formulas import unguard
from placeweave.formats.polis.fields import by_number, read_flag, read_moment
from placeweave.formats.polis.files import COMMENTS, Findings, table
from placeweave.formats.polis.records import Moderated, Statement
from placeweave.formats.tables import Row, Table
from placeweave.formats.text import decode, is_whole_number

_REQUIRED = ("comment-id", "comment-body")
_KNOWN = frozenset(
    {
        "timestamp",
        "datetime",
        "comment-id",
        "author-id",
        "agrees",
        "disagrees",
        "moderated",
        "comment-body",
        "is-seed",
        "is-meta",
    }
)
_MODERATED: dict[str, Moderated] = {"1": 1, "0": 0, "-1": -1}

Counts = dict[str, tuple[int, int]]


def read_statements(sent: tuple[str, bytes], findings: Findings) -> tuple[list[Statement], Counts, int]:
    """Read the statements, the agree and disagree counts written beside them, and how many rows there were."""
    comments = table(sent, COMMENTS, _REQUIRED, findings)
    unusable = comments.held_rows()
    extra = [column for column in comments.columns if column.lower() not in _KNOWN]
    if extra:
        findings.notes.append(f"{COMMENTS}: columns kept as they are, without a meaning here: {', '.join(extra)}.")
    kept: dict[str, Statement] = {}
    counts: Counts = {}
    for row in comments.rows:
        statement = None if row.number in unusable else _statement(_named(comments, row), row, extra, findings)
        if statement is None:
            continue
        if statement.external_id in kept:
            findings.reject(row, COMMENTS, "comment-id", "This statement number is used twice.")
            continue
        kept[statement.external_id] = statement
        if (published := _counts(_named(comments, row))) is not None:
            counts[statement.external_id] = published
    return sorted(kept.values(), key=lambda s: by_number(s.external_id)), counts, len(comments.rows)


def read_summary(sent: tuple[str, bytes] | None, findings: Findings) -> dict[str, str]:
    """Read the key,value rows of summary.csv, which has no header."""
    if sent is None:
        findings.notes.append("There is no summary.csv: topic and description are empty.")
        return {}
    text = decode(sent[1], sent[0]).text
    pairs = (row for row in csv.reader(io.StringIO(text, newline="")) if row)
    return {row[0].strip().lower(): unguard(",".join(row[1:])).replace("\r\n", "\n") for row in pairs}


def _named(comments: Table, row: Row) -> dict[str, str]:
    return {column.lower(): row.cells[column] for column in comments.columns}


def _statement(cells: dict[str, str], row: Row, extra: list[str], findings: Findings) -> Statement | None:
    external_id, text = cells["comment-id"].strip(), cells["comment-body"]
    if not is_whole_number(external_id):
        findings.reject(row, COMMENTS, "comment-id", "A statement number was expected.")
        return None
    if not text.strip():
        findings.hold(row, COMMENTS, "comment-body", "This statement has no words.")
        return None
    created = read_moment(cells.get("timestamp", ""))
    if created is None:
        findings.warn(row, COMMENTS, "timestamp", "Not a time that can be read; left empty.")
    return Statement(
        external_id=external_id,
        text=text,
        author=cells.get("author-id", "").strip(),
        created=created,
        moderated=_moderated(cells, row, findings),
        is_seed=read_flag(cells.get("is-seed", "")),
        is_meta=read_flag(cells.get("is-meta", "")),
        extra={column: row.cells[column] for column in extra if row.cells[column]},
        row=row.number,
    )


def _moderated(cells: dict[str, str], row: Row, findings: Findings) -> Moderated:
    written = cells.get("moderated", "").strip()
    if written in _MODERATED:
        return _MODERATED[written]
    reason = "1 (accepted), 0 (undecided) or -1 (rejected) was expected; read as undecided."
    findings.warn(row, COMMENTS, "moderated", reason)
    return 0


def _counts(cells: dict[str, str]) -> tuple[int, int] | None:
    agrees, disagrees = cells.get("agrees", "").strip(), cells.get("disagrees", "").strip()
    return (int(agrees), int(disagrees)) if is_whole_number(agrees) and is_whole_number(disagrees) else None
