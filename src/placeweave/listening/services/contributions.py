"""Keep what people said, with the consent it was given under; say when they were told what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.models import Batch
from placeweave.listening.models import ConsentText, Contribution, Conversation, Naming, Scope, VoiceType
from placeweave.listening.services.consent import text_in_force
from placeweave.places.models import Member, Organisation, Place

LONGEST = 20_000


@dataclass(frozen=True)
class Consent:
    """What the teller agreed to. The default is the narrowest of everything."""

    scope: Scope = Scope.NOTES
    naming: Naming = Naming.ONLY_IN_THEMES
    may_recontact: bool = False


@dataclass(frozen=True)
class Teller:
    """What is known of the person who spoke, as far as they wished."""

    name: str = ""
    pseudonym: str = ""
    described_as: str = ""
    email: str = ""
    neighbourhood: Place | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Words:
    """One thing somebody said, on its way in."""

    text: str
    voice_type: VoiceType = VoiceType.LIVED
    consent: Consent = field(default_factory=Consent)
    teller: Teller = field(default_factory=Teller)
    said_on: date | None = None
    external_id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def capture(*, conversation: Conversation, words: Words, by: Member) -> Contribution:
    """Keep one contribution.

    Raises
    ------
    Refused
        If ``by`` may not contribute here.
    Unsound
        If there are no words, or a name is to be shown and none is given.
    NotReady
        If the conversation is one of statements, which holds votes instead.
    """
    return capture_many(conversation=conversation, many=[words], by=by)[0]


@transaction.atomic
def capture_many(*, conversation: Conversation, many: Sequence[Words], by: Member) -> list[Contribution]:
    """Keep what was said at one conversation, all of it or none."""
    access.require(by, "listening.contribute" if len(many) == 1 else "listening.capture")
    if conversation.place_id != by.place_id:
        raise Unsound(_("That conversation belongs to another place."))
    if conversation.is_in_statements:
        raise NotReady(_("This conversation holds statements and votes; choose another for what people said freely."))
    made = write_down(
        conversation=conversation,
        many=many,
        consent_text=text_in_force(conversation.place_id),
        captured_by=by if by.pk else None,
    )
    summary = _("%(count)s in “%(title)s”") % {"count": len(made), "title": conversation.title}
    audit.write(by=by, place_id=by.place_id, verb="captured", subject=conversation, summary=summary)
    return made


def write_down(
    *,
    conversation: Conversation,
    many: Sequence[Words],
    consent_text: ConsentText | None,
    captured_by: Member | None = None,
    batch: Batch | None = None,
) -> list[Contribution]:
    """Make the records of what was said; the caller has asked whether that is allowed."""
    now = timezone.now()
    rows = []
    for words in many:
        _check(words)
        rows.append(
            Contribution(
                place_id=conversation.place_id,
                conversation=conversation,
                consent_text=consent_text,
                consented_at=now,
                captured_by=captured_by,
                batch=batch,
                **_columns(words),
            )
        )
    return Contribution.raw.bulk_create(rows, batch_size=500)


def _columns(words: Words) -> dict[str, Any]:
    consent, teller = words.consent, words.teller
    return {
        "text": words.text,
        "sha256": Contribution.digest_of(words.text),
        "voice_type": words.voice_type,
        "scope": consent.scope,
        "naming": consent.naming,
        "may_recontact": consent.may_recontact,
        "teller_name": teller.name,
        "pseudonym": teller.pseudonym,
        "described_as": teller.described_as,
        "teller_email": teller.email,
        "neighbourhood": teller.neighbourhood,
        "organisation": teller.organisation,
        "said_on": words.said_on,
        "external_id": words.external_id,
        "extra": dict(words.extra),
    }


def _check(words: Words) -> None:
    if not words.text.strip():
        raise Unsound(_("There are no words to keep."))
    if len(words.text) > LONGEST:
        raise Unsound(
            _("One contribution may be %(limit)s characters long; this is %(length)s. Keep it as two.")
            % {"limit": LONGEST, "length": len(words.text)}
        )
    if words.consent.naming == Naming.NAMED and not words.teller.name.strip():
        raise Unsound(_("The words are to be shown with a name, but no name is given."))
    if words.consent.naming == Naming.PSEUDONYM and not words.teller.pseudonym.strip():
        raise Unsound(_("The words are to be shown under another name, but none is given."))


@transaction.atomic
def mark_told(*, conversation: Conversation, on: date, by: Member) -> int:
    """Note that those who spoke at a conversation, and had not been told, were told what came of it."""
    access.require(by, "listening.convene")
    if on > timezone.localdate():
        raise Unsound(_("They cannot have been told on a day that has not come yet."))
    told = Contribution.raw.filter(conversation=conversation, place_id=by.place_id, told_on=None).live()
    count = told.update(told_on=on)
    summary = _("%(count)s in “%(title)s”") % {"count": count, "title": conversation.title}
    audit.write(by=by, place_id=by.place_id, verb="told", subject=conversation, summary=summary)
    return count
