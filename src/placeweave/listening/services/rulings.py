"""Let statements in, or not: by the published policy, with a reason its author is told, in a log that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import Conversation, Reason, Ruling, Statement
from placeweave.listening.models.voting import LONGEST_CAP
from placeweave.places.models import Member

Outcome = Statement.Moderation


@transaction.atomic
def rule(
    *, statement: Statement, outcome: str, reason: str = "", note: str = "", seen: str | None = None, by: Member
) -> Ruling:
    """Decide about one statement; deciding otherwise later is another entry in the log.

    ``seen`` is how the statement stood when this person looked at it, so that of two who moderate at once the second
    is told of the first and never overrules unawares.

    Raises
    ------
    NotReady
        If somebody decided the same meanwhile, or anything else than was ``seen``.
    Unsound
        If it is not let in and no reason is given, or another reason is not told.
    """
    access.require(by, "listening.hold_voting")
    kept = Statement.objects.select_for_update().get(pk=statement.pk, conversation__place_id=by.place_id)
    if kept.moderation == outcome:
        raise NotReady(_("Somebody has decided this already, in the same way."))
    if seen is not None and kept.moderation != seen:
        raise NotReady(_decided_meanwhile(kept))
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


def _decided_meanwhile(statement: Statement) -> str:
    last = statement.rulings.first()
    told = {
        "who": last.by_name if last and last.by_name else _("Somebody"),
        "outcome": statement.get_moderation_display().lower(),
    }
    return _("%(who)s has decided this meanwhile: %(outcome)s. Look at it again before you decide otherwise.") % told


@dataclass(frozen=True)
class Asked:
    """What became of statements that the hosts wrote, one a line."""

    made: Sequence[Statement]
    already: Sequence[str]
    """Those that stood there already, word for word."""


@transaction.atomic
def ask_many(*, conversation: Conversation, lines: Sequence[str], by: Member) -> Asked:
    """Add several statements of the hosts; what stands there already is told and not made again.

    Raises
    ------
    Unsound
        If one of them is longer than any statement may be; then none is added.
    """
    made: list[Statement] = []
    already: list[str] = []
    for said in (" ".join(line.split()) for line in lines):
        if len(said) > LONGEST_CAP:
            raise Unsound(
                _("“%(start)s…” is %(length)s characters long; a statement has at most %(most)s.")
                % {"start": said[:40], "length": len(said), "most": LONGEST_CAP}
            )
        if said and conversation.statements.filter(text__iexact=said).exists():
            already.append(said)
        elif said:
            made.append(ask(conversation=conversation, text=said, by=by))
    return Asked(made, already)


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
