"""Decide on themes a machine suggested: take one up, put it into another, refuse it. Nothing comes of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, analyses, audit
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Place
from placeweave.themes.models import Cluster, SuggestedSpan, Suggestion, Theme
from placeweave.themes.queries.suggestions import KIND, sets_of
from placeweave.themes.services import codings, themes

State = Suggestion.State
ALIKE = 0.6
"""Two suggestions are the same idea again where this share of their contributions is in both (Jaccard)."""


def are_on() -> bool:
    """Tell whether this installation lets a machine suggest anything."""
    return bool(getattr(settings, "MACHINE_SUGGESTIONS", True))


def ask(
    *,
    place: Place,
    by: Member,
    level: str,
    themes_wanted: int | None,
    only_unplaced: bool,
    conversations: Sequence[int] = (),
) -> Analysis:
    """Have themes suggested in the background.

    Raises
    ------
    Refused
        If suggestions are switched off here, or ``by`` may not ask for them.
    """
    access.require(by, "themes.suggest")
    if not are_on():
        raise Refused(_("Suggestions by machine are switched off on this installation."))
    parameters = {
        "level": level,
        "themes": themes_wanted,
        "only_unplaced": only_unplaced,
        "conversations": sorted(conversations),
        "seed": 0,
    }
    return analyses.ask_for(place_id=place.pk, kind=KIND, parameters=parameters, by=by)


def keep(analysis: Analysis) -> None:
    """Store what a run found, as offsets; leave out what people refused or took up before, and count it.

    Open suggestions of earlier runs are replaced: two runs side by side would ask the same question twice.
    """
    found = (analysis.result or {}).get("themes", [])
    decided = sets_of(analysis.place_id, states=[State.REFUSED, State.ACCEPTED])
    left_out = {State.REFUSED.value: 0, State.ACCEPTED.value: 0}
    Suggestion.objects.filter(place_id=analysis.place_id, state=State.OPEN).update(state=State.SUPERSEDED)
    for theme in found:
        like = _like(frozenset(key for key, *_span in theme["spans"]), decided)
        if like is None:
            _store(analysis, theme)
        else:
            left_out[like] += 1
    analysis.result = {**(analysis.result or {}), "left_out": left_out}
    analysis.save(update_fields=["result"])


def _like(own: frozenset[int], decided: Sequence[tuple[str, frozenset[int]]]) -> str | None:
    """Say what was decided of an earlier suggestion that is the same idea again."""
    for state, theirs in decided:
        both = len(own & theirs)
        if both and both / len(own | theirs) >= ALIKE:
            return state
    return None


def _store(analysis: Analysis, theme: Mapping[str, Any]) -> None:
    suggestion = Suggestion.objects.create(
        place_id=analysis.place_id,
        analysis=analysis,
        engine_id=theme["id"],
        terms=theme["terms"],
        size=theme["size"],
    )
    examples = {tuple(one): order for order, one in enumerate(theme["examples"])}
    spans = [tuple(one) for one in theme["spans"]]
    SuggestedSpan.objects.bulk_create(
        [
            SuggestedSpan(
                suggestion=suggestion,
                contribution_id=key,
                start=start,
                end=end,
                is_example=(key, start, end) in examples,
                order=examples.get((key, start, end), len(examples)),
            )
            for key, start, end in spans
        ],
        batch_size=1000,
    )


def _decide(suggestion: Suggestion, by: Member) -> Suggestion:
    """Lock a suggestion that waits for a decision."""
    access.require(by, "themes.suggest")
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.place_id != by.place_id:
        raise Unsound(_("This suggestion belongs to another place."))
    if suggestion.state != State.OPEN:
        raise NotReady(
            _("This suggestion was decided on already: %(state)s.")
            % {"state": str(suggestion.get_state_display()).lower()}
        )
    return suggestion


def _close(suggestion: Suggestion, state: State, by: Member, *, theme: Theme | None = None, reason: str = "") -> None:
    suggestion.state, suggestion.theme, suggestion.reason = state, theme, reason[:400]
    suggestion.decided_by, suggestion.decided_at = by, timezone.now()
    suggestion.save(update_fields=["state", "theme", "reason", "decided_by", "decided_at"])
    summary = theme.title if theme else ""
    audit.write(by=by, place_id=suggestion.place_id, verb=f"suggestion {state}", subject=suggestion, summary=summary)


@transaction.atomic
def accept(
    *,
    suggestion: Suggestion,
    title: str,
    by: Member,
    spans: Sequence[int] | None = None,
    cluster: Cluster | None = None,
) -> Theme:
    """Make a theme of a suggestion under a title a person typed, with the spans they kept.

    Raises
    ------
    NotReady
        If somebody decided on it already.
    Unsound
        If no span is kept, or the title is taken.
    """
    suggestion = _decide(suggestion, by)
    kept = _kept(suggestion, spans)
    theme = themes.make(place=by.place, title=title, by=by, cluster=cluster, from_suggestion=True)
    codings.code_spans(spans=kept, theme=theme, by=by)
    _close(suggestion, State.ACCEPTED, by, theme=theme)
    return theme


@transaction.atomic
def put_into(*, suggestion: Suggestion, theme: Theme, by: Member, spans: Sequence[int] | None = None) -> Theme:
    """Put what a machine grouped under a theme that people already have."""
    suggestion = _decide(suggestion, by)
    codings.code_spans(spans=_kept(suggestion, spans), theme=theme, by=by)
    _close(suggestion, State.ACCEPTED, by, theme=theme)
    return theme


def _kept(suggestion: Suggestion, spans: Sequence[int] | None) -> list[tuple[int, int, int]]:
    rows = suggestion.spans.all() if spans is None else suggestion.spans.filter(pk__in=spans)
    kept = list(rows.values_list("contribution_id", "start", "end"))
    if not kept:
        raise Unsound(_("Keep at least one quote, or refuse the suggestion."))
    return kept


@transaction.atomic
def accept_many(*, titles: Mapping[int, str], by: Member) -> list[Theme]:
    """Take up several suggestions of the place at once, each under its own title; all of them, or none."""
    access.require(by, "themes.suggest")
    found = Suggestion.objects.filter(place=by.place, pk__in=titles).in_bulk()
    if not found:
        raise Unsound(_("Tick the suggestions you want to take up."))
    return [accept(suggestion=one, title=titles[key], by=by) for key, one in found.items()]


@transaction.atomic
def refuse(*, suggestion: Suggestion, by: Member, reason: str = "") -> None:
    """Say no to a suggestion; what is like it stays away from then on."""
    suggestion = _decide(suggestion, by)
    _close(suggestion, State.REFUSED, by, reason=reason)
