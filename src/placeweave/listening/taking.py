"""What may be taken away from listening: words as far as their consent goes, counts of answers, scores of places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.tables import Cell, write_csv
from placeweave.kit.access import TEAM
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.listening import queries
from placeweave.listening.models import Assessment, Conversation, Ruling, Statement, Wave
from placeweave.listening.queries import Heading, Said, Spread, Tally
from placeweave.places.models import Place

_WORDS = ("number", "text", "named_as", "voice", "said_on", "consent", "conversation")
_STATEMENTS = ("conversation", "statement", "text", "moderation", "agree", "disagree", "pass", "answered")

_SCORES = (
    "assessment", "area", "wave", "closed_on", "group", "number", "theme",
    "median", "lower_quartile", "upper_quartile", "people_at_least", "people_at_most",
)  # fmt: skip
_RULINGS = ("when", "who", "statement", "text", "origin", "outcome", "reason", "reason_in_words", "note")


def take_words(place_id: int, taker: Taker) -> Exported:
    """Write the contributions this taker may read, with the consent each was given under."""
    found = queries.readable(place_id, taker).select_related("conversation__place")
    said = [queries.words(one, taker) for one in found]
    confidential = taker.standing in TEAM
    return Exported(
        content=write_csv(_WORDS, (_row(one) for one in said)),
        file_name=f"contributions-{timezone.localdate():%Y-%m-%d}.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(said),
        scope=_("all words, in confidence") if confidential else _("words shared with everybody who takes part"),
        holds=frozenset(one.key for one in said),
    )


def _row(said: Said) -> Sequence[Cell]:
    return (
        said.key, said.words, said.named_as, said.voice_label, said.said_on, said.consent_label, said.source_label,
    )  # fmt: skip


def take_statements(place_id: int, taker: Taker) -> Exported:  # noqa: ARG001 - everybody may take the same counts
    """Write the statements of every conversation of a place with their counts, small ones blank."""
    place = Place.objects.get(pk=place_id)
    held = Conversation.objects.filter(place=place, method=Conversation.Method.STATEMENTS)
    return statements_file(held, threshold=place.threshold)


def statements_file(conversations: Iterable[Conversation], *, threshold: int) -> Exported:
    """Write statements with the counts of their answers; a file leaves the place, so small counts are blank.

    Nothing is in it that only the team reads: what waits to be read here, and what was refused here.
    """
    rows = [
        _statement(conversation, tally)
        for conversation in conversations
        for tally in queries.tallies(list(_read_by_all(conversation)), threshold=threshold)
    ]
    return Exported(
        content=write_csv(_STATEMENTS, rows),
        file_name=f"statements-{timezone.localdate():%Y-%m-%d}.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(rows),
        scope=_("statements, with counts of fewer than %s people left out") % threshold,
    )


def _read_by_all(conversation: Conversation) -> QuerySet[Statement]:
    return queries.read_by_all(queries.statements_of(conversation))


def _statement(conversation: Conversation, tally: Tally) -> Sequence[Cell]:
    statement = tally.statement
    return (
        conversation.title, statement.external_id, statement.text, statement.get_moderation_display(),
        tally.agree, tally.disagree, tally.passed, tally.answered,
    )  # fmt: skip


def take_assessments(place_id: int, taker: Taker) -> Exported:  # noqa: ARG001 - everybody may take the same figures
    """Write what was scored in every assessment of a place, as far as it may be told."""
    return assessments_file(queries.assessments(place_id))


def assessments_file(assessments: Iterable[Assessment]) -> Exported:
    """Write the scores of assessments, wave by wave and group by group; what is not shown on the page is blank here."""
    rows = [
        row
        for assessment in assessments
        for wave in queries.closed(queries.waves_of(assessment))
        for row in _scores(assessment, wave)
    ]
    return Exported(
        content=write_csv(_SCORES, rows),
        file_name=f"place-assessment-{timezone.localdate():%Y-%m-%d}.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(rows),
        scope=_("scores of the place; groups too small to show, and what would give them away, left out"),
    )


def _scores(assessment: Assessment, wave: Wave) -> Iterator[Sequence[Cell]]:
    area = assessment.neighbourhood or assessment.place
    for number, result in enumerate(queries.results(assessment, wave), start=1):
        told = [("", result.together), *((part.group, part.spread) for part in result.by_group)]
        for group, spread in told:
            asked = (assessment.title, area.name, wave.number, wave.closed_on, group)
            yield (*asked, *_score(number, result.heading, spread))


def _score(number: int, heading: Heading, spread: Spread | None) -> Sequence[Cell]:
    if spread is None:
        return number, heading.label, None, None, None, None, None
    return number, heading.label, spread.median, spread.low, spread.high, spread.at_least, spread.at_most


def rulings_file(conversation: Conversation) -> Exported:
    """Write what was decided about each statement of a conversation: when, by whom, and why."""
    found = list(queries.rulings(conversation).order_by("created_at", "pk"))
    return Exported(
        content=write_csv(_RULINGS, (_ruling(one) for one in found)),
        file_name=f"decisions-{timezone.localdate():%Y-%m-%d}.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(found),
        scope=_("every decision about statements of “%s”") % conversation.title,
    )


def _ruling(one: Ruling) -> Sequence[Cell]:
    return (
        timezone.localtime(one.created_at).isoformat(timespec="minutes"), one.by_name, one.statement_id,
        one.statement.text, one.statement.get_origin_display(), one.outcome, one.reason, one.get_reason_display(),
        one.note,
    )  # fmt: skip


WORDS = Exporter("contributions", gettext_lazy("What people said, as far as you may read it"),
                 "listening.take_words", take_words)  # fmt: skip
STATEMENTS = Exporter("statements", gettext_lazy("Statements and how they were answered"),
                      "listening.take_statements", take_statements)  # fmt: skip
ASSESSMENTS = Exporter("assessments", gettext_lazy("How people scored the place"),
                       "listening.take_assessments", take_assessments)  # fmt: skip
