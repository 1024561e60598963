"""Take out of themes what rests on words that were withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from placeweave.kit import analyses
from placeweave.listening.models import Contribution
from placeweave.themes.models import SuggestedSpan, Suggestion, ToldItem
from placeweave.themes.queries.suggestions import KIND, TERM_VOICES


@transaction.atomic
def forget(contribution: Contribution) -> None:
    """Forget what a machine made of a contribution: its spans, terms that fewer than two others used, stored results.

    Quotes stay as empty rows, so that what was built on them can say why it lost its support; the pages that told it
    back show it no longer.
    """
    # First, so that a run which is keeping its findings at this moment has either kept them or never will.
    analyses.forget(place_id=contribution.place_id, kinds=[KIND])
    holding = SuggestedSpan.objects.filter(contribution=contribution).values("suggestion")
    touched = list(Suggestion.objects.select_for_update().filter(pk__in=holding).order_by("pk"))
    SuggestedSpan.objects.filter(contribution=contribution).delete()
    ToldItem.objects.filter(contribution=contribution).delete()
    for suggestion in touched:
        _trim(suggestion, but=contribution)


def _trim(suggestion: Suggestion, *, but: Contribution) -> None:
    texts = list(
        Contribution.raw.live().filter(pk__in=suggestion.spans.values("contribution")).exclude(pk=but.pk).distinct()
    )
    if not texts:
        suggestion.delete()
        return
    words = [one.text.casefold() for one in texts]
    suggestion.terms = [term for term in suggestion.terms if _is_shared(str(term), words)]
    suggestion.size = min(suggestion.size, suggestion.spans.count())
    suggestion.save(update_fields=["terms", "size"])


def _is_shared(term: str, texts: Sequence[str]) -> bool:
    """Tell whether enough others used every word of a term."""
    parts = term.casefold().split()
    return sum(all(part in text for part in parts) for text in texts) >= TERM_VOICES
