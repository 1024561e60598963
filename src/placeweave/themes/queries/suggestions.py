"""Suggested themes as a person reviews them: terms, size, and real words they may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.kit import analyses
from placeweave.kit.analyses import Parameters
from placeweave.kit.models import Analysis
from placeweave.listening.models import Contribution
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.places.models import Place
from placeweave.themes.models import SuggestedSpan, Suggestion
from placeweave.themes.queries.words import ReadableQuote, Reader, as_quote, readable, under_no_theme

KIND = "themes"
TERM_VOICES = 2
"""A word labels a suggestion only where at least this many different contributions use it."""
EXAMPLES = 2


def wanted(place_id: int, parameters: Parameters) -> ContributionQuerySet:
    """Give the contributions a run rests on."""
    rows = Contribution.raw.live().filter(place=place_id)
    if chosen := parameters.get("conversations"):
        rows = rows.filter(conversation__in=chosen)
    if parameters.get("only_unplaced"):
        rows = under_no_theme(rows)
    return rows.order_by("pk")


def basis(place_id: int, parameters: Parameters) -> Sequence[Any]:
    """Say what the answer depends on: which words, and whose."""
    return list(wanted(place_id, parameters).values_list("pk", "sha256", "voice_type"))


@dataclass(frozen=True)
class Span:
    """One stretch of words in a suggestion, as the reader may see it."""

    key: int
    quote: ReadableQuote
    is_example: bool


@dataclass(frozen=True)
class Proposal:
    """One open suggestion with what a person needs to decide on it."""

    suggestion: Suggestion
    title: str
    why: str
    spans: Sequence[Span]
    unseen: int

    @property
    def examples(self) -> list[ReadableQuote]:
        """The quotes that show it best."""
        return [one.quote for one in self.spans if one.is_example][:EXAMPLES] or [
            one.quote for one in self.spans[:EXAMPLES]
        ]


def open_suggestions(place: Place) -> QuerySet[Suggestion]:
    """Give the suggestions that wait for a decision, the largest first."""
    rows = Suggestion.objects.filter(place=place, state=Suggestion.State.OPEN)
    return rows.annotate(span_count=Count("spans")).order_by("-size", "pk")


def sets_of(place_id: int, *, states: Iterable[str]) -> list[tuple[str, frozenset[int]]]:
    """Give, for each suggestion in one of these states, the contributions it was made of."""
    rows = SuggestedSpan.objects.filter(suggestion__place=place_id, suggestion__state__in=list(states))
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for suggestion, state, contribution in rows.values_list("suggestion", "suggestion__state", "contribution"):
        found[suggestion, state].add(contribution)
    # A refusal weighs more than an acceptance where an idea was met both ways.
    ranked = sorted(found.items(), key=lambda one: one[0][1] != Suggestion.State.REFUSED)
    return [(state, frozenset(keys)) for (_key, state), keys in ranked]


def review(place: Place, reader: Reader, *, suggestions: Sequence[Suggestion]) -> list[Proposal]:
    """Lay out suggestions with the words this reader may read."""
    rows = SuggestedSpan.objects.filter(
        suggestion__in=[one.pk for one in suggestions], contribution__in=readable(place, reader)
    ).select_related("contribution__conversation")
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in rows.order_by("order", "pk"):
        quote = as_quote(place, row.contribution, reader, start=row.start, end=row.end)
        spans[row.suggestion_id].append(Span(row.pk, quote, row.is_example))
    return [_proposal(one, spans[one.pk]) for one in suggestions]


def _proposal(suggestion: Suggestion, spans: Sequence[Span]) -> Proposal:
    total = getattr(suggestion, "span_count", len(spans))
    return Proposal(suggestion, title_from(suggestion.terms), _why(suggestion, spans), spans, total - len(spans))


def title_from(terms: Sequence[str]) -> str:
    """Give a working title for a person to better: the most telling terms."""
    words = ", ".join(str(term) for term in terms[:3])
    return words[:1].upper() + words[1:120]


def _why(suggestion: Suggestion, spans: Sequence[Span]) -> str:
    voices = len({one.quote.contribution_id for one in spans})
    if not suggestion.terms:
        return ngettext("%(n)s contribution is worded alike.", "%(n)s contributions are worded alike.", voices) % {
            "n": voices
        }
    words = ", ".join(f"“{term}”" for term in suggestion.terms[:3])
    return _("%(n)s contributions are worded alike; what tells them from the rest: %(words)s.") % {
        "n": voices,
        "words": words,
    }


def standing(place: Place) -> tuple[Analysis | None, bool]:
    """Give the newest run, and whether what was said has changed since."""
    newest = analyses.latest(place.pk, KIND)
    if newest is None or newest.state != Analysis.State.DONE:
        return newest, False
    return newest, analyses.is_out_of_date(newest)
