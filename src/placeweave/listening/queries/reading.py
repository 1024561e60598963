"""Whose words may be read by whom: the one place where consent is turned into a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.kit import access
from placeweave.kit.access import INSIDE, Actor
from placeweave.listening.models import Contribution, Naming, Scope
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.places.models import Member

SCOPE_WORDS = {Scope.NOTES: "team", Scope.PARTNERS: "partners", Scope.PUBLIC: "public"}
"""The names under which the components of every page know the scopes."""


@dataclass(frozen=True)
class Said:
    """Somebody's words as one reader may see them; this is what the quote component is given."""

    key: int
    words: str
    named_as: str
    voice_label: str
    said_on: date | None
    consent_scope: str
    consent_label: str
    source_url: str
    source_label: str
    is_withheld: bool = False
    note: str = ""


def reach_of(actor: Actor) -> Scope:
    """Tell the narrowest scope of words this reader is within: the team reads notes, a stranger only the public."""
    if access.may(actor, "listening.read_in_confidence"):
        return Scope.NOTES
    return Scope.PARTNERS if actor.standing in INSIDE else Scope.PUBLIC


def readable(place_id: int, actor: Actor) -> ContributionQuerySet:
    """Give the contributions of a place that this reader may read in words: never one paused or withdrawn."""
    return Contribution.raw.filter(place_id=place_id).within(reach_of(actor))


def readable_by(member: Member) -> ContributionQuerySet:
    """Give the contributions this member may read in words, in the member's own place."""
    return readable(member.place_id, member)


def is_readable(contribution: Contribution, actor: Actor) -> bool:
    """Tell of one contribution whether this reader may read its words; the same rule as :func:`readable`."""
    return contribution.may_reach(reach_of(actor))


def named_as(contribution: Contribution, reach: Scope) -> str:
    """Say who spoke, as far as the teller agreed to be named and no further.

    Outside the place a description is left out: in a village, a role and a street are a name.
    """
    someone = _("someone who took part")
    if contribution.naming == Naming.NAMED:
        return contribution.teller_name or someone
    if contribution.naming == Naming.PSEUDONYM:
        return contribution.pseudonym or someone
    return contribution.described_as or someone if reach < Scope.PUBLIC else someone


def words(contribution: Contribution, to: Actor, *, start: int = 0, end: int | None = None) -> Said:
    """Give what a contribution says, or the part from ``start`` to ``end``, as this reader may see it.

    The conversation must have been fetched along (``select_related("conversation__place")``). What the reader may
    not read comes back withheld, with nothing in it that could be shown by mistake.
    """
    if not is_readable(contribution, to):
        return _withheld(contribution)
    return shown_at(contribution, reach_of(to), start=start, end=end)


def shown_at(contribution: Contribution, reach: Scope, *, start: int = 0, end: int | None = None) -> Said:
    """Give the words as readers at one reach see them, for readers known to be within it and for the teller's preview.

    Only insiders are told where it was said.
    """
    scope = Scope(contribution.scope)
    inside = reach < Scope.PUBLIC
    return Said(
        key=contribution.pk,
        words=contribution.text[start:end],
        named_as=named_as(contribution, reach),
        voice_label=contribution.get_voice_type_display(),
        said_on=contribution.said_on,
        consent_scope=SCOPE_WORDS[scope],
        consent_label=consent_label(contribution),
        source_url=_source(contribution) if inside else "",
        source_label=contribution.conversation.title if inside else "",
    )


def consent_label(contribution: Contribution) -> str:
    """Say in words how far the words may travel and how their teller is shown."""
    if contribution.naming == Naming.ONLY_IN_THEMES:
        return _("for the facilitators, not to be quoted")
    labels = {
        Scope.NOTES: _("for the facilitators only"),
        Scope.PARTNERS: _("shared with everybody who takes part"),
        Scope.PUBLIC: _("may be made public"),
    }
    return str(labels[Scope(contribution.scope)])


def _source(contribution: Contribution) -> str:
    slug = contribution.conversation.place.slug
    return f"{reverse('listening:conversation', args=[slug, contribution.conversation_id])}#said-{contribution.pk}"


def _withheld(contribution: Contribution) -> Said:
    """Tell no more than that somebody said something; after a withdrawal, that it was withdrawn."""
    gone = contribution.state == Contribution.State.WITHDRAWN
    note = _("Withdrawn by the person who said it.") if gone else ""
    return Said(contribution.pk, "", "", "", None, "withdrawn" if gone else "", "", "", "", is_withheld=True, note=note)
