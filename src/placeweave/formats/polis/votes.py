"""Reading votes.csv and the matrix of last votes, and settling which vote of a person stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from placeweave.formats.polis.fields import by_number, is_milliseconds, read_flag, read_moment
from placeweave.formats.polis.files import MATRIX, VOTES, Findings, table
from placeweave.formats.polis.records import Participant, Vote, VoteValue
from placeweave.formats.tables import Row, Table
from placeweave.formats.text import is_whole_number

VALUES: Mapping[str, VoteValue] = {"1": 1, "0": 0, "-1": -1}
_KNOWN = frozenset({"timestamp", "datetime", "comment-id", "voter-id", "vote", "important"})
_MATRIX_KNOWN = frozenset({"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
_NEVER = datetime.min.replace(tzinfo=UTC)

Cells = dict[tuple[str, str], VoteValue]


@dataclass(frozen=True, slots=True)
class Matrix:
    """participant-votes.csv: who took part, in which published group, and the last vote of each."""

    participants: tuple[Participant, ...] = ()
    cells: Mapping[tuple[str, str], VoteValue] | None = None
    statements: frozenset[str] = frozenset()
    rows: int = 0


def read_votes(sent: tuple[str, bytes], statements: frozenset[str], findings: Findings) -> tuple[list[Vote], int]:
    """Read every vote from first to last; of two at one moment the one lower in the file counts as later."""
    votes = table(sent, VOTES, ("timestamp", "comment-id", "voter-id", "vote"), findings)
    unusable = votes.held_rows()
    unknown = [column for column in votes.columns if column.lower() not in _KNOWN]
    if unknown:
        findings.notes.append(f"{VOTES}: columns not kept, because they are unknown: {', '.join(unknown)}.")
    reader = _VoteReader(votes, statements, findings)
    read = [vote for row in votes.rows if row.number not in unusable and (vote := reader.read(row)) is not None]
    findings.notes.append(_unit(votes))
    return chronological(read), len(votes.rows)


def chronological(votes: Iterable[Vote]) -> list[Vote]:
    """Sort votes by time, then by place in the file, and mark all but the last of each pair as history."""
    ordered = sorted(votes, key=lambda vote: (vote.at or _NEVER, vote.row))
    last = {(vote.participant, vote.statement): position for position, vote in enumerate(ordered)}
    return [
        vote if last[vote.participant, vote.statement] == position else replace(vote, standing=False)
        for position, vote in enumerate(ordered)
    ]


def read_matrix(sent: tuple[str, bytes], findings: Findings) -> Matrix:
    """Read the participants and their last votes; statement columns are exactly those headed by a number."""
    matrix = table(sent, MATRIX, ("participant",), findings)
    unusable = matrix.held_rows()
    columns = [column for column in matrix.columns if is_whole_number(column)]
    _note_columns(matrix, columns, findings)
    participants: dict[str, Participant] = {}
    cells: Cells = {}
    for row in matrix.rows:
        participant = None if row.number in unusable else _participant(matrix, row, participants, findings)
        if participant is not None:
            participants[participant.external_id] = participant
            _read_cells(row, participant.external_id, columns, cells, findings)
    return Matrix(tuple(participants.values()), cells, frozenset(columns), len(matrix.rows))


def votes_of_matrix(matrix: Matrix) -> list[Vote]:
    """Make votes of the matrix where there is no votes.csv: what stands is known, when it was cast is not."""
    cells = matrix.cells or {}
    rows = {participant.external_id: participant.row for participant in matrix.participants}
    ordered = sorted(cells, key=lambda key: (by_number(key[0]), by_number(key[1])))
    return [Vote(person, statement, cells[person, statement], None, row=rows[person]) for person, statement in ordered]


class _VoteReader:
    """Reads rows of one votes.csv, with its columns looked up once: there may be a hundred thousand."""

    def __init__(self, votes: Table, statements: frozenset[str], findings: Findings) -> None:
        self.time, self.statement = votes.column("timestamp") or "", votes.column("comment-id") or ""
        self.person, self.value = votes.column("voter-id") or "", votes.column("vote") or ""
        self.important = votes.column("important")
        self.statements = statements
        self.findings = findings

    def read(self, row: Row) -> Vote | None:
        cells = row.cells
        person, statement = cells[self.person].strip(), cells[self.statement].strip()
        value, at = VALUES.get(cells[self.value].strip()), read_moment(cells[self.time])
        if value is None or at is None or not person or statement not in self.statements:
            self._refuse(row, person, statement, value)
            return None
        important = read_flag(cells[self.important]) if self.important else None
        return Vote(person, statement, value, at, important=important, row=row.number)

    def _refuse(self, row: Row, person: str, statement: str, value: VoteValue | None) -> None:
        if not person:
            self.findings.reject(row, VOTES, "voter-id", "This vote has no voter.")
        elif statement not in self.statements:
            reason = "This vote is on a statement that is not among those read from comments.csv."
            self.findings.hold(row, VOTES, "comment-id", reason)
        elif value is None:
            reason = "A vote is 1 (agree), -1 (disagree) or 0 (pass)."
            self.findings.reject(row, VOTES, "vote", reason)
        else:
            self.findings.hold(row, VOTES, "timestamp", "Not a time that can be read.")


def _unit(votes: Table) -> str:
    column = votes.column("timestamp") or ""
    milliseconds = sum(is_milliseconds(row.cells[column].strip()) for row in votes.rows)
    if milliseconds in {0, len(votes.rows)}:
        return f"{VOTES}: times are in {'milliseconds' if milliseconds else 'seconds'}."
    return f"{VOTES}: {milliseconds:,} times are in milliseconds and {len(votes.rows) - milliseconds:,} in seconds."


def _note_columns(matrix: Table, statements: list[str], findings: Findings) -> None:
    others = [column for column in matrix.columns if column not in statements and column.lower() not in _MATRIX_KNOWN]
    if "xid" in [column.lower() for column in others]:
        findings.notes.append(f"{MATRIX}: outside identities (xid) were not read: participants stay pseudonymous.")
    unknown = [column for column in others if column.lower() != "xid"]
    if unknown:
        findings.notes.append(f"{MATRIX}: columns not kept, because they are unknown: {', '.join(unknown)}.")


def _participant(matrix: Table, row: Row, known: Mapping[str, Participant], findings: Findings) -> Participant | None:
    external_id = row.cells[matrix.column("participant") or ""].strip()
    if not external_id or external_id in known:
        reason = "This participant is listed twice." if external_id else "This row names no participant."
        findings.reject(row, MATRIX, "participant", reason)
        return None
    group = row.cells[matrix.column("group-id") or ""].strip() if matrix.column("group-id") else ""
    if group and not is_whole_number(group):
        findings.warn(row, MATRIX, "group-id", "A group number was expected; left empty.")
        group = ""
    return Participant(external_id, int(group) if group else None, row.number)


def _read_cells(row: Row, person: str, columns: list[str], cells: Cells, findings: Findings) -> None:
    for statement in columns:
        written = row.cells[statement]
        if not written:
            continue
        value = VALUES.get(written.strip().removesuffix(".0"))
        if value is None:
            findings.warn(row, MATRIX, statement, "A vote is 1, -1 or 0; this cell was left out.")
        else:
            cells[person, statement] = value
