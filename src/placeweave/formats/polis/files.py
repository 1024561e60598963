"""Finding the files of an export under the names that five eras of exporters gave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from placeweave.formats.problems import Problem, Severity, Unreadable
from placeweave.formats.tables import Row, Table, read_table

COMMENTS, VOTES, MATRIX, SUMMARY = "comments.csv", "votes.csv", "participant-votes.csv", "summary.csv"

# Longest first: "x-participant-votes.csv" also ends in "-votes.csv".
_KINDS = {
    "participants-votes.csv": MATRIX,
    "participant-votes.csv": MATRIX,
    "comment-groups.csv": "comment-groups.csv",
    "stats-history.csv": "stats-history.csv",
    "comments.csv": COMMENTS,
    "summary.csv": SUMMARY,
    "votes.csv": VOTES,
    "xid.csv": "xid.csv",
}
_LISTED = 8
_SHOWN = 30
UNUSED = {
    "comment-groups.csv": "comment-groups.csv was not imported: its counts are worked out again from the votes.",
    "stats-history.csv": "stats-history.csv was not imported: its counts are worked out again from the votes.",
    "xid.csv": "The file of outside identities (xid) was not read: participants stay pseudonymous.",
}


@dataclass(slots=True)
class Findings:
    """What has been noticed so far, in the order of noticing."""

    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def reject(self, row: Row, part: str, field_name: str, reason: str) -> None:
        """Note that a row cannot become anything."""
        self._add(row, part, field_name, reason, "rejected")

    def hold(self, row: Row, part: str, field_name: str, reason: str) -> None:
        """Note that a row needs an answer first."""
        self._add(row, part, field_name, reason, "held")

    def warn(self, row: Row, part: str, field_name: str, reason: str) -> None:
        """Note a fault in a row that is accepted all the same."""
        self._add(row, part, field_name, reason, "warning")

    def _add(self, row: Row, part: str, field_name: str, reason: str, severity: Severity) -> None:
        value = next((cell for column, cell in row.cells.items() if column.lower() == field_name), "")
        self.problems.append(Problem(row.number, field_name, reason, value, severity, part))


def sort_files(files: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Say which file is which: kind -> (name as sent, content)."""
    found: dict[str, tuple[str, bytes]] = {}
    for name, content in sorted(files.items()):
        kind = _kind(name)
        if kind is None:
            continue
        if kind in found:
            raise Unreadable(f"There are two files that could be {kind}: {found[kind][0]} and {name}.")
        found[kind] = (name, content)
    if COMMENTS not in found:
        raise Unreadable(f"There is no {COMMENTS} among the files; a Polis export holds one.")
    return found


def unrecognised(files: Mapping[str, bytes]) -> list[str]:
    """List the files that are no part of a Polis export."""
    return [name for name in sorted(files) if _kind(name) is None]


def table(sent: tuple[str, bytes], part: str, required: tuple[str, ...], findings: Findings) -> Table:
    """Read one CSV of the export, refusing it where a required column is missing."""
    name, content = sent
    read = read_table(content, name)
    missing = [column for column in required if read.column(column) is None]
    if missing:
        raise Unreadable(f"{name} has no column {_listed(missing)}; its columns are {_listed(list(read.columns))}.")
    findings.notes.extend(f"{name}: {note}" for note in read.notes)
    findings.problems.extend(replace(problem, part=part) for problem in read.problems)
    return read


def _kind(name: str) -> str | None:
    base = name.rsplit("/", 1)[-1].lower()
    return next(
        (kind for ending, kind in _KINDS.items() if base == ending or base.endswith(("-" + ending, "_" + ending))), None
    )


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name[:_SHOWN]}”" for name in names[:_LISTED])
