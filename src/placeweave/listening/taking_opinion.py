"""What may be taken away of a conversation in statements: the report, its counts, and files for other programs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats import polis
from placeweave.formats.tables import Cell, write_csv
from placeweave.kit import access, pdf
from placeweave.kit.errors import NotReady
from placeweave.kit.exports import Exported
from placeweave.listening import queries
from placeweave.listening.models import Conversation, Participant, Statement, Vote, Voting
from placeweave.listening.queries import OpinionReport, Told

PAPER = Path(__file__).parent / "papers" / "opinion.typ"
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Offer:
    """One way to take a conversation away."""

    label: str | Promise
    permission: str
    write: Callable[[Conversation], Exported]


def _name(conversation: Conversation, ending: str) -> str:
    return f"{slugify(conversation.title)[:60] or 'conversation'}-{timezone.localdate():%Y-%m-%d}{ending}"


def _report(conversation: Conversation) -> OpinionReport:
    finding = queries.opinion_finding(conversation)
    if finding is None:
        raise NotReady(_("This has not been worked out yet."))
    return queries.opinion_report(conversation, finding)


def counts_file(conversation: Conversation) -> Exported:
    """Write every statement with its counts, of everybody and of each group; blank where a few could be made out."""
    report = _report(conversation)
    texts = {one.statement.pk: one.statement for one in report.counted}
    letters = sorted(group.letter for group in report.groups)
    names = ("agree", "disagree", "passed", "seen")
    head = ["statement", "text", *names, *(f"group_{letter}_{name}" for letter in letters for name in names)]
    rows: list[Sequence[Cell]] = [
        [
            row["key"],
            texts[row["key"]].text,
            *(row[name] for name in names),
            *(cells[name] for cells in row.get("by_group", []) for name in names),
        ]
        for row in report.found["statements"]
        if row["key"] in texts
    ]
    scope = _("counts of answers, none of fewer than %s people") % report.found["minimum"]
    return Exported(write_csv(head, rows), _name(conversation, "-counts.csv"), CSV, len(rows), scope)


def _authors(statements: Sequence[Statement]) -> dict[str, int]:
    """Number the authors anew, so that a file gives nobody the number they have here."""
    return {ref: number for number, ref in enumerate(dict.fromkeys(one.author_ref for one in statements), start=1)}


def sensemaking_file(conversation: Conversation) -> Exported:
    """Write the statements as Jigsaw's sensemaking tools read them."""
    statements = list(queries.let_in(conversation))
    authors = _authors(statements)
    rows = [(authors[one.author_ref], one.text) for one in statements]
    content = write_csv(("participant_id", "survey_text"), rows, bom=False)
    return Exported(content, _name(conversation, "-sensemaking.csv"), CSV, len(rows), _("statements that were let in"))


def talk_to_the_city_file(conversation: Conversation) -> Exported:
    """Write the statements as Talk to the City reads them."""
    rows = [(one.pk, one.text) for one in queries.let_in(conversation)]
    content = write_csv(("comment-id", "comment-body"), rows, bom=False)
    return Exported(content, _name(conversation, "-comments.csv"), CSV, len(rows), _("statements that were let in"))


def polis_file(conversation: Conversation) -> Exported:
    """Write statements and every single vote as Polis does: for those who may hold it, and to be brought in again."""
    statements = list(conversation.statements.order_by("pk"))
    people = list(Participant.objects.filter(conversation=conversation).order_by("external_id"))
    voted_here = Voting.objects.filter(conversation=conversation).exists()
    numbers = _numbers(people, voted_here=voted_here)
    authors = _apart(statements, after=len(people)) if voted_here else {}
    files = polis.write_polis(
        polis.PolisExport(
            topic=conversation.title,
            description=conversation.description,
            url=conversation.external_url,
            statements=tuple(_polis_statement(one, number, authors) for number, one in enumerate(statements)),
            votes=tuple(_polis_votes(conversation, statements, numbers)),
            participants=tuple(_polis_person(one, numbers) for one in people),
        )
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    rows = sum(content.count(b"\n") for content in files.values())
    scope = _("every single vote, under numbers made for this file")
    return Exported(packed.getvalue(), _name(conversation, "-polis.zip"), "application/zip", rows, scope)


_MODERATED = {
    Statement.Moderation.ACCEPTED: 1, Statement.Moderation.UNDECIDED: 0, Statement.Moderation.REJECTED: -1,
}  # fmt: skip


Numbers = Mapping[str, str]
"""The number that somebody has in the file, by the one they have here."""


def _numbers(people: Sequence[Participant], *, voted_here: bool) -> Numbers:
    """Keep the numbers a file gave; whoever voted here, on a phone or on paper, gets one made for this file."""
    return {
        one.external_id: str(number) if voted_here or not one.external_id.isdigit() else one.external_id
        for number, one in enumerate(people)
    }


def _apart(statements: Sequence[Statement], *, after: int) -> Numbers:
    """Number the authors apart from those who voted: words can be known again, and must not lead to all votes."""
    return {ref: str(after + number) for ref, number in _authors([one for one in statements if one.author_ref]).items()}


def _polis_statement(statement: Statement, number: int, authors: Numbers) -> polis.Statement:
    return polis.Statement(
        external_id=_polis_name(statement, number),
        text=statement.text,
        author=authors.get(statement.author_ref, statement.author_ref),
        created=_midnight(statement.made_on or timezone.localdate(statement.conversation.created_at)),
        moderated=_MODERATED[Statement.Moderation(statement.moderation)],  # type: ignore[arg-type]
        is_seed=None if statement.origin == Statement.Origin.UNKNOWN else statement.origin == Statement.Origin.HOST,
    )


def _polis_name(statement: Statement, number: int) -> str:
    return statement.external_id if statement.external_id.isdigit() else str(number)


def _polis_person(person: Participant, numbers: Numbers) -> polis.Participant:
    group = int(person.published_group) if person.published_group.isdigit() else None
    return polis.Participant(external_id=numbers[person.external_id], group=group)


def _polis_votes(conversation: Conversation, statements: Sequence[Statement], numbers: Numbers) -> Iterator[polis.Vote]:
    """Give every vote. No time is kept with any, so the seconds after midnight only tell a person's earlier answers.

    Nor does the order of the rows tell in which order people came.
    """
    names = {one.pk: _polis_name(one, number) for number, one in enumerate(statements)}
    day = _midnight(conversation.held_on or timezone.localdate(conversation.created_at))
    rows = Vote.objects.filter(statement__conversation=conversation).order_by(
        "turn", "participant__external_id", "statement_id"
    )
    kept = rows.values_list("participant__external_id", "statement_id", "value", "turn", "is_standing")
    for person, statement, value, turn, standing in kept:
        at = day + timedelta(seconds=turn)
        yield polis.Vote(numbers[person], names[statement], value, at, standing)  # type: ignore[arg-type]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def pdf_file(conversation: Conversation) -> Exported:
    """Write the report as a tagged PDF."""
    report = _report(conversation)
    content = pdf.write(PAPER, _as_pdf(conversation, report))
    scope = _("the report, no figure of fewer than %s people") % report.found["minimum"]
    return Exported(content, _name(conversation, ".pdf"), "application/pdf", len(report.counted), scope)


def _as_pdf(conversation: Conversation, report: OpinionReport) -> dict[str, object]:
    finished = report.analysis.finished_at
    return {
        "title": conversation.title,
        "place": conversation.place.name,
        "question": conversation.guiding_question,
        "people": report.found["people"],
        "votes": report.found["votes"],
        "minimum": report.found["minimum"],
        "held": report.held,
        "explained": report.explained,
        "common": [_line(one) for one in report.common],
        "divisive": [_line(one) for one in report.divisive],
        "groups": [
            {"letter": one.letter, "size": one.size, "held": one.held, "says": [_line(said) for said in one.says]}
            for one in report.groups
        ],
        "slate": [one.text for one in report.slate],
        "represented": report.represented,
        "warnings": report.found["warnings"],
        "fingerprint": report.found["fingerprint"][:12],
        "engine": report.found["engine"],
        "day": f"{timezone.localdate(finished):%d %B %Y}" if finished else "",
    }


def _line(told: Told) -> dict[str, object]:
    return {
        "text": told.statement.text,
        "agrees": told.agrees,
        "shares": [{"who": one.who, "words": one.words} for one in told.shares],
        "kept": told.kept,
    }


OFFERS = {
    "pdf": Offer(gettext_lazy("The report (PDF)"), "listening.take_statements", pdf_file),
    "counts": Offer(gettext_lazy("All counts (CSV)"), "listening.take_statements", counts_file),
    "sensemaking": Offer(
        gettext_lazy("Statements for sensemaking tools (CSV)"), "listening.take_statements", sensemaking_file
    ),
    "talk-to-the-city": Offer(
        gettext_lazy("Statements for Talk to the City (CSV)"), "listening.take_statements", talk_to_the_city_file
    ),
    "polis": Offer(gettext_lazy("Every vote, in the shape of Polis (ZIP)"), "listening.take_votes", polis_file),
}


def offered(taker: access.Actor) -> list[tuple[str, str | Promise]]:
    """List the ways in which this person may take a conversation away."""
    return [(form, one.label) for form, one in OFFERS.items() if access.may(taker, one.permission)]
