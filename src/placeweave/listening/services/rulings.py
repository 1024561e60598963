"""Let statements in, or not: by the published policy, with a reason its author is told, in a log that only grows."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import Conversation, Reason, Ruling, Statement
from placeweave.places.models import Member

Outcome = Statement.Moderation


@transaction.atomic
def rule(*, statement: Statement, outcome: str, reason: str = "", note: str = "", by: Member) -> Ruling:
    """Decide about one statement; deciding otherwise later is another entry in the log.

    Raises
    ------
    NotReady
        If somebody decided the same meanwhile.
    Unsound
        If it is not let in and no reason is given, or another reason is not told.
    """
    access.require(by, "listening.hold_voting")
    kept = Statement.objects.select_for_update().get(pk=statement.pk, conversation__place_id=by.place_id)
    if kept.moderation == outcome:
        raise NotReady(_("Somebody has decided this already, in the same way."))
    if outcome == Outcome.REJECTED:
        if reason not in Reason:
            raise Unsound(_("Choose why it is not let in: its author is told."))
        if reason == Reason.OTHER and not note.strip():
            raise Unsound(_("Tell the author the reason in your own words."))
    kept.moderation, kept.reason_code = outcome, reason if outcome == Outcome.REJECTED else ""
    kept.save(update_fields=["moderation", "reason_code"])
    made = Ruling.objects.create(
        statement=kept, outcome=outcome, reason=kept.reason_code, note=note.strip(), by=by, by_name=by.display_name
    )
    audit.write(by=by, place_id=by.place_id, verb="ruled on", subject=kept, summary=str(made.get_outcome_display()))
    return made


@transaction.atomic
def ask(*, conversation: Conversation, text: str, by: Member) -> Statement:
    """Add a statement of the hosts: let in at once, and told apart from those of participants."""
    access.require(by, "listening.hold_voting")
    said = " ".join(text.split())
    kept = Conversation.objects.select_for_update().get(pk=conversation.pk, place_id=by.place_id)
    if not said:
        raise Unsound(_("There are no words in it yet."))
    if kept.statements.filter(text__iexact=said).exists():
        raise Unsound(_("“%(text)s” stands here already.") % {"text": said})
    made = Statement.objects.create(
        conversation=kept,
        text=said,
        origin=Statement.Origin.HOST,
        moderation=Outcome.ACCEPTED,
        made_on=timezone.localdate(),
    )
    audit.write(by=by, place_id=by.place_id, verb="asked", subject=made, summary=kept.title)
    return made
