"""Compare a Polis export with what a place already holds of that conversation, vote by vote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from placeweave.formats import polis
from placeweave.formats.problems import Problem
from placeweave.kit.imports import RowPlan
from placeweave.kit.models import Outcome
from placeweave.listening.models import Conversation, Participant, Statement, Vote

COMMENTS, VOTES, MATRIX = "comments.csv", "votes.csv", "participant-votes.csv"
Pair = tuple[str, str]
_ORIGINS = {True: Statement.Origin.HOST, False: Statement.Origin.PARTICIPANT, None: Statement.Origin.UNKNOWN}
_MODERATION = {
    1: Statement.Moderation.ACCEPTED,
    0: Statement.Moderation.UNDECIDED,
    -1: Statement.Moderation.REJECTED,
}
_REFUSED = {"held": Outcome.HELD, "rejected": Outcome.REJECTED}
_LONGEST_NUMBER = 40


@dataclass(frozen=True)
class KeptVote:
    """One turn of one person on one statement, as it is stored."""

    key: int
    value: int
    is_standing: bool


@dataclass
class Work:
    """What bringing the export in would write."""

    statements: list[polis.Statement] = field(default_factory=list)
    changed_statements: list[tuple[Statement, dict[str, object]]] = field(default_factory=list)
    participants: dict[str, str] = field(default_factory=dict)
    regrouped: list[tuple[Participant, str]] = field(default_factory=list)
    votes: list[tuple[Pair, int, int, bool]] = field(default_factory=list)
    changed_votes: list[tuple[KeptVote, int, bool]] = field(default_factory=list)


def safe_url(written: str) -> str:
    """Give a web address from a file if it is one; anything else would become a link we cannot answer for."""
    try:
        URLValidator(schemes=["http", "https"])(written)
    except ValidationError:
        return ""
    return written if len(written) <= 300 else ""


def conversation_of(place_id: int, *, url: str, title: str) -> Conversation | None:
    """Recognise a conversation that was brought in before: by its address, else by its topic.

    One that is held here is never meant: its own export, brought in again, would count everybody a second time.
    """
    kept = Conversation.objects.filter(place_id=place_id, method=Conversation.Method.STATEMENTS, voting=None)
    here = kept.order_by("pk")
    found = here.filter(external_url=url).first() if url else None
    return found or here.filter(title=title, external_url="").first() if url else here.filter(title=title).first()


def facts_of(statement: polis.Statement) -> dict[str, object]:
    """Give the fields of a statement as we keep them: a day, never a moment."""
    return {
        "text": statement.text,
        "origin": _ORIGINS[statement.is_seed].value,
        "moderation": _MODERATION[statement.moderated].value,
        "author_ref": statement.author if len(statement.author) <= _LONGEST_NUMBER else "",
        "made_on": statement.created.date() if statement.created else None,
    }


class Comparison:
    """One export beside one conversation (or none yet), with all that is kept read in three queries."""

    def __init__(self, export: polis.PolisExport, conversation: Conversation | None) -> None:
        self.export = export
        self.work = Work()
        statements = Statement.objects.filter(conversation=conversation) if conversation else ()
        participants = Participant.objects.filter(conversation=conversation) if conversation else ()
        self.statements = {one.external_id: one for one in statements}
        self.participants = {one.external_id: one for one in participants}
        self.turns = _turns(conversation)
        self.altered_people: set[str] = set()

    def rows(self) -> list[RowPlan]:
        """Give every row of the three files its one outcome, and gather the work."""
        warned = _warnings(self.export.problems)
        votes = list(self._votes(warned))  # first: where votes stand in the matrix, they decide about its rows
        rows = [*_refused(self.export.problems), *self._statements(warned), *votes, *self._people(warned)]
        return sorted(rows, key=lambda row: ((COMMENTS, VOTES, MATRIX).index(row.part), row.row or 0))

    def _statements(self, warned: Mapping[tuple[str, int], str]) -> Iterable[RowPlan]:
        for statement in self.export.statements:
            if _too_long(statement.external_id):
                yield _numbered_too_long(statement.row, COMMENTS)
                continue
            outcome = self._statement(statement)
            reason = warned.get((COMMENTS, statement.row), "")
            yield RowPlan(outcome, statement.row, COMMENTS, statement.external_id, reason=reason)

    def _statement(self, statement: polis.Statement) -> Outcome:
        kept = self.statements.get(statement.external_id)
        if kept is None:
            self.work.statements.append(statement)
            return Outcome.CREATED
        after = {name: value for name, value in facts_of(statement).items() if getattr(kept, name) != value}
        if not after:
            return Outcome.UNCHANGED
        self.work.changed_statements.append((kept, after))
        return Outcome.UPDATED

    def _people(self, warned: Mapping[tuple[str, int], str]) -> Iterable[RowPlan]:
        for person in self.export.participants:
            if _too_long(person.external_id):
                yield from [_numbered_too_long(person.row, MATRIX)] if person.row else []
                continue
            outcome = self._person(person)
            if person.row:
                reason = warned.get((MATRIX, person.row), "")
                yield RowPlan(outcome, person.row, MATRIX, person.external_id, reason=reason)

    def _person(self, person: polis.Participant) -> Outcome:
        group = "" if person.group is None else str(person.group)
        kept = self.participants.get(person.external_id)
        if kept is None:
            self.work.participants[person.external_id] = group
            return Outcome.CREATED
        if person.row and kept.published_group != group:
            self.work.regrouped.append((kept, group))
            return Outcome.UPDATED
        return Outcome.UPDATED if person.external_id in self.altered_people else Outcome.UNCHANGED

    def _votes(self, warned: Mapping[tuple[str, int], str]) -> Iterable[RowPlan]:
        """Compare votes turn by turn. Votes read from the matrix are not rows of their own: they alter its rows."""
        are_rows = bool(self.export.rows.get(VOTES))
        turn: Counter[Pair] = Counter()
        total = Counter((vote.participant, vote.statement) for vote in self.export.votes)
        for vote in self.export.votes:
            pair = (vote.participant, vote.statement)
            if _too_long(*pair):
                yield from [_numbered_too_long(vote.row, VOTES)] if are_rows else []
                continue
            turn[pair] += 1
            outcome = self._vote(vote, pair, turn[pair], total[pair])
            if are_rows:
                key = f"{vote.participant}/{vote.statement}"
                yield RowPlan(outcome, vote.row, VOTES, key, reason=warned.get((VOTES, vote.row), ""))
            elif outcome != Outcome.UNCHANGED:
                self.altered_people.add(vote.participant)

    def _vote(self, vote: polis.Vote, pair: Pair, turn: int, total: int) -> Outcome:
        kept = self.turns.get(pair, {})
        is_standing = turn == max(total, len(kept))
        known = kept.get(turn)
        if known is None:
            self.work.votes.append((pair, turn, vote.value, is_standing))
            return Outcome.CREATED
        if (known.value, known.is_standing) == (vote.value, is_standing):
            return Outcome.UNCHANGED
        self.work.changed_votes.append((known, vote.value, is_standing))
        return Outcome.UPDATED


def _too_long(*numbers: str) -> bool:
    return any(len(number) > _LONGEST_NUMBER for number in numbers)


def _numbered_too_long(row: int, part: str) -> RowPlan:
    reason = _("The number of a person or statement is longer than %s characters.") % _LONGEST_NUMBER
    return RowPlan(Outcome.REJECTED, row, part, reason=reason)


def _turns(conversation: Conversation | None) -> dict[Pair, dict[int, KeptVote]]:
    kept: dict[Pair, dict[int, KeptVote]] = defaultdict(dict)
    if conversation is None:
        return kept
    rows = Vote.objects.filter(statement__conversation=conversation).values_list(
        "participant__external_id", "statement__external_id", "turn", "pk", "value", "is_standing"
    )
    for person, statement, turn, key, value, is_standing in rows.iterator(chunk_size=5000):
        kept[person, statement][turn] = KeptVote(key, value, is_standing)
    return kept


def _refused(problems: Iterable[Problem]) -> list[RowPlan]:
    """Give each refused row once, with the first thing wrong about it."""
    first: dict[tuple[str, int], RowPlan] = {}
    for one in problems:
        if one.row is None or one.severity not in _REFUSED or one.part not in {COMMENTS, VOTES, MATRIX}:
            continue
        plan = RowPlan(_REFUSED[one.severity], one.row, one.part, "", one.field, one.reason, one.value)
        first.setdefault((one.part, one.row), plan)
    return list(first.values())


def _warnings(problems: Iterable[Problem]) -> dict[tuple[str, int], str]:
    told: dict[tuple[str, int], str] = {}
    for one in problems:
        if one.row is not None and one.severity == "warning":
            told.setdefault((one.part, one.row), f"{one.field}: {one.reason}" if one.field else one.reason)
    return told


def recognised(conversation: Conversation | None) -> list[str]:
    """Say that a conversation is known already."""
    if conversation is None:
        return []
    return [_("This conversation is here already, as “%s”; only what differs is changed.") % conversation.title]
