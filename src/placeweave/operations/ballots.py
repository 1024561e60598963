"""Read votes for the opinion engine: a Polis export, or a table with one vote a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from placeweave.engines.opinion.report import Ballots
from placeweave.formats import archives
from placeweave.formats.polis import read_polis
from placeweave.formats.problems import Unreadable
from placeweave.operations.rows import read_rows

_PERSON = "participant participantid voter voterid user userid person personid member respondent".split()
_STATEMENT = "statement statementid comment commentid tid item itemid question questionid".split()
_VALUE = "value vote answer response".split()
_TIME = "timestamp time datetime modified created at order sequence".split()
_WORDS: Mapping[str, int] = {
    "agree": 1, "yes": 1, "1": 1, "+1": 1, "1.0": 1,
    "disagree": -1, "no": -1, "-1": -1, "-1.0": -1, "−1": -1,
    "pass": 0, "unsure": 0, "neutral": 0, "skip": 0, "0": 0, "0.0": 0,
}  # fmt: skip
_SINGLE_FILES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl"})


def read_ballots(path: Path) -> Ballots:
    """Read the votes of a folder, a zip or a file.

    Raises
    ------
    Unreadable
        If it is neither a Polis export nor a table of votes; the sentence says what is missing.
    """
    if path.is_file() and path.suffix.lower() in _SINGLE_FILES:
        return _of_table(path)
    return _of_export(path)


def _of_export(path: Path) -> Ballots:
    export = read_polis(archives.read_path(path))
    votes = export.standing
    return Ballots(
        participant=[vote.participant for vote in votes],
        statement=[vote.statement for vote in votes],
        value=[vote.value for vote in votes],
        out=frozenset(one.external_id for one in export.statements if one.moderated == -1),
        meta=frozenset(one.external_id for one in export.statements if one.is_meta),
    )


def _of_table(path: Path) -> Ballots:
    rows = read_rows(path)
    if not rows:
        raise Unreadable(f"{path.name} holds no votes.")
    columns = {_plain(str(name)): str(name) for name in rows[0]}
    person, statement, value = (
        _column(columns, spellings, f"{path.name} has no column for the {what} (such as {spellings[0]}).")
        for spellings, what in ((_PERSON, "participant"), (_STATEMENT, "statement"), (_VALUE, "vote"))
    )
    moments = [columns[name] for name in _TIME if name in columns]
    return Ballots(
        participant=[_name(row.get(person), path.name, number) for number, row in enumerate(rows, start=2)],
        statement=[_name(row.get(statement), path.name, number) for number, row in enumerate(rows, start=2)],
        value=[_vote(row.get(value), path.name, number) for number, row in enumerate(rows, start=2)],
        order=_order([row.get(moments[0]) for row in rows]) if moments else None,
    )


def _column(columns: Mapping[str, str], spellings: list[str], refusal: str) -> str:
    for spelling in spellings:
        if spelling in columns:
            return columns[spelling]
    raise Unreadable(refusal)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _name(cell: Any, file: str, number: int) -> str:
    name = "" if cell is None else str(cell).strip()
    if not name:
        raise Unreadable(f"{file}, row {number}: a vote needs a participant and a statement.")
    return name


def _vote(cell: Any, file: str, number: int) -> int:
    word = "" if cell is None else str(cell).strip().lower()
    if word not in _WORDS:
        raise Unreadable(f"{file}, row {number}: {word or 'an empty cell'} is not a vote; 1, 0, -1, agree or pass are.")
    return _WORDS[word]


def _order(cells: list[Any]) -> list[float] | None:
    """Read times or sequence numbers; ``None`` if not all can be read, for half an order is none."""
    readers: tuple[Callable[[str], float], ...] = (float, lambda text: datetime.fromisoformat(text).timestamp())
    for read in readers:
        try:
            return [read(str(cell).strip()) for cell in cells]
        except ValueError:
            continue
    return None
