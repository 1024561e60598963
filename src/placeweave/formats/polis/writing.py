"""Writing the five files of the current Polis export, so that other opinion tools can read what was said here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain

from placeweave.formats.polis.fields import by_number, write_moment
from placeweave.formats.polis.records import Participant, PolisExport, Statement, Vote
from placeweave.formats.tables import Cell, write_csv

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COMMENTS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
_VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
_MATRIX = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")

Tally = Counter[tuple[str, int]]


def write_polis(export: PolisExport) -> dict[str, bytes]:
    """Give the five files: current headers, whole seconds, agree = 1, no byte order mark (other programs parse these).

    Counts in comments.csv include repeat votes and a cell of the matrix is a last vote, as Polis itself has it.
    """
    return {
        "summary.csv": _summary(export),
        "comments.csv": _comments(export),
        "votes.csv": _votes(export.votes),
        "participant-votes.csv": _matrix(export),
        "comment-groups.csv": _groups(export),
    }


def _summary(export: PolisExport) -> bytes:
    voters = len({vote.participant for vote in export.votes})
    rows: list[Sequence[Cell]] = [
        ("url", export.url),
        ("voters", voters),
        ("voters-in-conv", voters),
        ("commenters", len({statement.author for statement in export.statements} - {""})),
        ("comments", len({vote.statement for vote in export.votes})),
        ("groups", len(_group_numbers(export.participants))),
        ("conversation-description", export.description),
    ]
    return write_csv(("topic", export.topic), rows, bom=False)


def _comments(export: PolisExport) -> bytes:
    tally = _tally(export.votes)
    told = [flag for flag in ("is_seed", "is_meta") if any(getattr(s, flag) is not None for s in export.statements)]
    extra = sorted(set(chain.from_iterable(statement.extra for statement in export.statements)))
    header = [*_COMMENTS[:-1], *(flag.replace("_", "-") for flag in told), *extra, _COMMENTS[-1]]
    return write_csv(header, (_comment(statement, tally, told, extra) for statement in export.statements), bom=False)


def _comment(statement: Statement, tally: Tally, told: list[str], extra: list[str]) -> list[Cell]:
    return [
        write_moment(statement.created),
        _spoken(statement.created),
        statement.external_id,
        statement.author,
        tally[statement.external_id, 1],
        tally[statement.external_id, -1],
        statement.moderated,
        *(_flag(statement, name) for name in told),
        *(statement.extra.get(column, "") for column in extra),
        statement.text,
    ]


def _votes(votes: Sequence[Vote]) -> bytes:
    weighed = any(vote.important is not None for vote in votes)
    header = [*_VOTES, "important"] if weighed else _VOTES
    return write_csv(header, (_vote(vote, weighed=weighed) for vote in votes if vote.at is not None), bom=False)


def _vote(vote: Vote, *, weighed: bool) -> list[Cell]:
    cells: list[Cell] = [write_moment(vote.at), _spoken(vote.at), vote.statement, vote.participant, vote.value]
    return [*cells, "" if vote.important is None else int(vote.important)] if weighed else cells


def _matrix(export: PolisExport) -> bytes:
    standing = {(vote.participant, vote.statement): vote.value for vote in export.standing}
    columns = sorted({statement for _, statement in standing}, key=by_number)
    written = Counter(statement.author for statement in export.statements)
    rows: list[list[Cell]] = []
    for participant in export.participants:
        cells = [standing.get((participant.external_id, statement)) for statement in columns]
        cast = Counter(cells)
        counts = (written[participant.external_id], cast[1] + cast[0] + cast[-1], cast[1], cast[-1])
        rows.append([participant.external_id, participant.group, *counts, *cells])
    return write_csv([*_MATRIX, *columns], rows, bom=False)


def _groups(export: PolisExport) -> bytes:
    numbers = _group_numbers(export.participants)
    members = {participant.external_id: participant.group for participant in export.participants}
    overall = _tally(export.standing)
    within = {
        number: _tally(vote for vote in export.standing if members.get(vote.participant) == number)
        for number in numbers
    }
    header = ["comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes"]
    for number in numbers:
        header.extend(f"group-{_letter(number)}-{what}" for what in ("votes", "agrees", "disagrees", "passes"))
    rows: list[list[Cell]] = [
        [
            statement.external_id,
            statement.text,
            *_four(overall, statement),
            *chain(*(_four(within[n], statement) for n in numbers)),
        ]
        for statement in export.statements
    ]
    return write_csv(header, rows, bom=False)


def _group_numbers(participants: Iterable[Participant]) -> list[int]:
    return sorted({participant.group for participant in participants if participant.group is not None})


def _letter(number: int) -> str:
    return _LETTERS[number] if number < len(_LETTERS) else str(number)


def _tally(votes: Iterable[Vote]) -> Tally:
    return Counter((vote.statement, vote.value) for vote in votes)


def _four(tally: Tally, statement: Statement) -> tuple[int, int, int, int]:
    agrees, disagrees, passes = (tally[statement.external_id, value] for value in (1, -1, 0))
    return agrees + disagrees + passes, agrees, disagrees, passes


def _spoken(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _flag(statement: Statement, name: str) -> str:
    flag = getattr(statement, name)
    return "" if flag is None else str(flag).lower()
