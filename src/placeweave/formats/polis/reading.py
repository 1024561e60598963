"""Reading a whole Polis export from its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from placeweave.formats.polis import files as sent_files
from placeweave.formats.polis.fields import by_number
from placeweave.formats.polis.files import COMMENTS, MATRIX, SUMMARY, VOTES, Findings
from placeweave.formats.polis.records import Participant, PolisExport, Statement, Vote
from placeweave.formats.polis.signs import compare_counts, compare_matrix, flipped, read_sign
from placeweave.formats.polis.statements import read_statements, read_summary
from placeweave.formats.polis.votes import Matrix, read_matrix, read_votes, votes_of_matrix
from placeweave.formats.text import counted

_LISTED = 10


def read_polis(files: Mapping[str, bytes], *, flip: bool | None = None) -> PolisExport:
    """Read the files of a Polis export, from a folder or a zip, of any era.

    Parameters
    ----------
    files
        Names and contents, as :mod:`placeweave.formats.archives` gives them.
    flip
        A person's decision whether to exchange agree and disagree; ``None`` lets the authors' own votes decide.

    Raises
    ------
    Unreadable
        If there is no comments.csv, or a file lacks a required column.
    """
    sent = sent_files.sort_files(files)
    findings = Findings()
    summary = read_summary(sent.get(SUMMARY), findings)
    statements, published, comment_rows = read_statements(sent[COMMENTS], findings)
    matrix = read_matrix(sent[MATRIX], findings) if MATRIX in sent else Matrix()
    votes, vote_rows = _votes(sent, statements, matrix, findings)
    reading = read_sign(statements, votes, flip=flip)
    findings.notes.append(reading.note)
    if reading.sign == "inverted and flipped":
        votes = flipped(votes)
    if VOTES in sent and published:
        findings.notes.append(compare_counts(published, votes, reading.sign))
    if VOTES in sent and matrix.cells is not None:
        findings.notes.extend(compare_matrix(matrix.cells, votes))
    _note_revotes(votes, findings)
    _note_unvoted(statements, votes, findings)
    _note_files(files, sent, findings)
    return PolisExport(
        topic=summary.get("topic", ""),
        description=summary.get("conversation-description", ""),
        url=summary.get("url", ""),
        statements=tuple(statements),
        votes=tuple(votes),
        participants=_participants(matrix, votes),
        sign=reading.sign,
        notes=tuple(findings.notes),
        problems=tuple(findings.problems),
        rows={COMMENTS: comment_rows, VOTES: vote_rows, MATRIX: matrix.rows},
    )


def _votes(
    sent: Mapping[str, tuple[str, bytes]], statements: Sequence[Statement], matrix: Matrix, findings: Findings
) -> tuple[list[Vote], int]:
    known = frozenset(statement.external_id for statement in statements)
    if VOTES in sent:
        return read_votes(sent[VOTES], known, findings)
    if not matrix.rows:
        findings.notes.append(f"There is neither {VOTES} nor {MATRIX}: the statements come without votes.")
        return [], 0
    findings.notes.append(f"There is no {VOTES}: the last votes were read from {MATRIX}, without their times.")
    votes = votes_of_matrix(matrix)
    strangers = sorted({vote.statement for vote in votes} - known, key=by_number)
    if strangers:
        findings.notes.append(f"Votes left out because comments.csv has no such statement: {_some(strangers)}.")
    return [vote for vote in votes if vote.statement in known], 0


def _note_revotes(votes: Sequence[Vote], findings: Findings) -> None:
    earlier = sum(not vote.standing for vote in votes)
    if earlier:
        findings.notes.append(
            f"Standing votes: {len(votes) - earlier:,}. Revotes: {counted(earlier, 'earlier vote')} by the same person "
            "on the same statement kept as history."
        )


def _note_unvoted(statements: Sequence[Statement], votes: Sequence[Vote], findings: Findings) -> None:
    voted = {vote.statement for vote in votes}
    silent = [statement.external_id for statement in statements if statement.external_id not in voted]
    if silent:
        findings.notes.append(
            f"Nobody voted on {len(silent):,} of {counted(len(statements), 'statement')}: {_some(silent)}."
        )


def _note_files(files: Mapping[str, bytes], sent: Mapping[str, object], findings: Findings) -> None:
    findings.notes.extend(sentence for kind, sentence in sent_files.UNUSED.items() if kind in sent)
    if others := sent_files.unrecognised(files):
        findings.notes.append(f"Files that are no part of a Polis export were not read: {_some(others)}.")


def _participants(matrix: Matrix, votes: Sequence[Vote]) -> tuple[Participant, ...]:
    """List everyone in the matrix, and voters it leaves out; authors who never voted stay names on statements."""
    listed = {participant.external_id for participant in matrix.participants}
    others = {vote.participant for vote in votes} - listed
    everyone = [*matrix.participants, *(Participant(person) for person in others)]
    return tuple(sorted(everyone, key=lambda participant: by_number(participant.external_id)))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
