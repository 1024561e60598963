"""The privacy command: what a teller asks of their own words is carried into every room.

This is the one module above the wall that opens the door to listening, because a withdrawal must reach everything
that was built on the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from placeweave.kit import turns
from placeweave.kit.models import Export
from placeweave.listening import queries as heard
from placeweave.listening import services as listening_services
from placeweave.listening.models import ConsentText, Contribution, Naming, Scope
from placeweave.listening.queries.consent import Preview
from placeweave.listening.queries.reading import Said
from placeweave.places.models import Member, Place
from placeweave.themes import services as theme_services
from placeweave.themes.models import Theme, WhatWeHeard


@dataclass(frozen=True)
class Teller:
    """What the holder of a private link is shown: their words, what came of them, and what left with them."""

    contribution: Contribution
    consent_text: ConsentText | None
    previews: Sequence[Preview]
    themes: Sequence[Theme]
    told_in: Sequence[WhatWeHeard]
    frozen: Sequence[Export]


def frozen_with(contribution_id: int) -> list[Export]:
    """List the files that left the workspace with these words in them; they cannot be called back."""
    return list(Export.objects.filter(holdings__contribution_id=contribution_id))


def teller(key: str) -> Teller | None:
    """Open a private link; None when it fits no contribution."""
    found = heard.by_teller_key(key)
    return None if found is None else _teller(found)


def told_by(place: Place, pk: int) -> Teller | None:
    """Open what somebody said as its teller would, for the team that acts when asked; None where there is none."""
    found = heard.one_said(place.pk, pk)
    return None if found is None else _teller(found)


def in_confidence(teller: Teller, member: Member) -> Said:
    """Give the words as far as this member may read them."""
    return heard.words(teller.contribution, member)


def reasons() -> list[tuple[str, str]]:
    """Give the reasons for which the team may take words back, as they are chosen."""
    return [(reason.value, str(reason.label)) for reason in listening_services.Reason]


def _teller(found: Contribution) -> Teller:
    gone = found.state == Contribution.State.WITHDRAWN
    coded = Theme.objects.current().filter(codings__quote__contribution=found, codings__ended_at=None).distinct()
    told = WhatWeHeard.objects.filter(items__contribution=found, state=WhatWeHeard.State.SHARED).distinct()
    return Teller(
        contribution=found,
        consent_text=heard.consent_text(found.place_id),
        previews=[] if gone else heard.previews(found, scope=Scope(found.scope), naming=Naming(found.naming)),
        themes=list(coded),
        told_in=list(told),
        frozen=frozen_with(found.pk),
    )


@transaction.atomic
def withdraw(contribution: Contribution, *, by: Member | None = None, reason: str = "") -> list[Export]:
    """Take words back everywhere at once, and list the files that left with them.

    The teller does it by private link, and is not asked why; the team (``by``) for a ``reason`` the log keeps.

    The text itself is erased, so every page, search and export is without it from this commit on; what a machine
    derived from it is forgotten too.
    """
    turns.take(contribution.place_id)  # a file or an import under way ends first, and then holds nothing unseen
    theme_services.forget(contribution)
    listening_services.withdraw(contribution=contribution, by=by, reason=reason)
    return frozen_with(contribution.pk)


@transaction.atomic
def pause(contribution: Contribution) -> None:
    """Take words out of use until their teller brings them back."""
    theme_services.forget(contribution)
    listening_services.pause(contribution=contribution)


def resume(contribution: Contribution) -> None:
    """Bring paused words back into use."""
    listening_services.resume(contribution=contribution)


@transaction.atomic
def change(
    contribution: Contribution, *, scope: Scope, naming: Naming, may_recontact: bool, name: str, pseudonym: str
) -> None:
    """Take the teller's own choice of how far the words may travel and how they are named."""
    listening_services.reconsent(
        contribution=contribution,
        scope=scope,
        naming=naming,
        may_recontact=may_recontact,
        name=name,
        pseudonym=pseudonym,
    )


def scope_choices() -> list[tuple[int, str]]:
    """Give the scopes with the words they are chosen by, narrowest first."""
    return [(scope.value, str(scope.label)) for scope in Scope]


def naming_choices() -> list[tuple[str, str]]:
    """Give the ways of being shown, the one that tells least first."""
    return [(naming.value, str(naming.label)) for naming in Naming]


def choice(given: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what a form holds into the words of :func:`change`."""
    return {**given, "scope": Scope(given["scope"]), "naming": Naming(given["naming"])}
