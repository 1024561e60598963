"""Consent as its teller sees it: by private link, with a preview at each scope."""

from __future__ import annotations

from dataclasses import dataclass, replace

from placeweave.kit import links
from placeweave.listening.models import ConsentText, Contribution, Naming, Scope
from placeweave.listening.queries.reading import SCOPE_WORDS, Said, shown_at


def by_teller_key(key: str) -> Contribution | None:
    """Find the contribution whose teller holds this private link; a withdrawn one is still found, empty."""
    if not key:
        return None
    rows = Contribution.raw.select_related("conversation__place", "consent_text")
    return rows.filter(teller_key_digest=links.digest(key)).first()


def one_said(place_id: int, pk: int) -> Contribution | None:
    """Find one contribution of a place, whatever its consent: for the team alone."""
    rows = Contribution.raw.select_related("conversation__place", "consent_text")
    return rows.filter(place=place_id, pk=pk).first()


def consent_text(place_id: int) -> ConsentText | None:
    """Give the words consent is asked in now."""
    return ConsentText.objects.filter(place_id=place_id).order_by("-version").first()


@dataclass(frozen=True)
class Preview:
    """How the words would look to the readers of one scope; ``said`` is None where they would see nothing."""

    scope: Scope
    said: Said | None


def previews(contribution: Contribution, *, scope: Scope, naming: Naming) -> list[Preview]:
    """Show how the words would appear to the team, to everybody in the place and to anybody, under one choice."""
    chosen = Contribution(
        **{field.attname: getattr(contribution, field.attname) for field in Contribution._meta.concrete_fields}
    )
    chosen.conversation, chosen.scope, chosen.naming = contribution.conversation, scope, naming
    return [Preview(reach, _seen(chosen, reach)) for reach in Scope]


def _seen(contribution: Contribution, reach: Scope) -> Said | None:
    if contribution.state == Contribution.State.WITHDRAWN or not contribution.is_meant_for(reach):
        return None
    return replace(shown_at(contribution, reach), consent_scope=SCOPE_WORDS[Scope(contribution.scope)])
