"""What may be taken away from listening: words as far as their consent goes, and counts of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.tables import Cell, write_csv
from placeweave.kit.access import TEAM
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.listening import queries
from placeweave.listening.models import Conversation
from placeweave.listening.queries import Said, Tally
from placeweave.places.models import Place

_WORDS = ("number", "text", "named_as", "voice", "said_on", "consent", "conversation")
_STATEMENTS = ("conversation", "statement", "text", "moderation", "agree", "disagree", "pass", "answered")


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
    """Write statements with the counts of their answers; a file leaves the place, so small counts are blank."""
    rows = [
        _statement(conversation, tally)
        for conversation in conversations
        for tally in queries.tallies(list(queries.statements_of(conversation)), threshold=threshold)
    ]
    return Exported(
        content=write_csv(_STATEMENTS, rows),
        file_name=f"statements-{timezone.localdate():%Y-%m-%d}.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(rows),
        scope=_("statements, with counts of fewer than %s people left out") % threshold,
    )


def _statement(conversation: Conversation, tally: Tally) -> Sequence[Cell]:
    statement = tally.statement
    return (
        conversation.title, statement.external_id, statement.text, statement.get_moderation_display(),
        tally.agree, tally.disagree, tally.passed, tally.answered,
    )  # fmt: skip


WORDS = Exporter("contributions", gettext_lazy("What people said, as far as you may read it"),
                 "listening.take_words", take_words)  # fmt: skip
STATEMENTS = Exporter("statements", gettext_lazy("Statements and how they were answered"),
                      "listening.take_statements", take_statements)  # fmt: skip
