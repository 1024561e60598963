"""Keep the voting sheets of a table, filled in on paper: one act, told in the log, undoable as one."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.models import Batch
from placeweave.listening.models import Participant, Statement, Vote, Voting
from placeweave.places.models import Member

FORMAT = "paper"
MOST_SHEETS = 60


@dataclass(frozen=True)
class Ballot:
    """One person's sheet: an answer for each statement they answered; what they left blank is not in it."""

    answers: Mapping[int, int]


@transaction.atomic
def keep_sheets(*, voting: Voting, table: str, sheets: Sequence[Ballot], by: Member) -> Batch:
    """Keep the sheets of one table; each is one participant, known by nothing but the name of the table.

    Raises
    ------
    NotReady
        If nothing can be answered here, or the very same sheets of this table are kept already.
    Unsound
        If a sheet answers what is not asked, or nobody answered anything.
    """
    access.require(by, "listening.hold_voting")
    kept = Voting.objects.select_for_update().get(pk=voting.pk, conversation__place_id=by.place_id)
    if not kept.has_a_door:
        raise NotReady(_("Paper sheets can be written in while a voting is open, and after it was closed."))
    filled = [sheet for sheet in sheets if sheet.answers]
    _check(kept, filled)
    batch = _batch(kept, table, filled, by)
    _write(kept, table, filled, batch)
    audit.write(by=by, place_id=by.place_id, verb="wrote in paper sheets", subject=batch, summary=batch.file_name)
    return batch


def _check(voting: Voting, sheets: Sequence[Ballot]) -> None:
    if not 1 <= len(sheets) <= MOST_SHEETS:
        raise Unsound(_("Write in between 1 and %(most)s sheets; empty ones are left out.") % {"most": MOST_SHEETS})
    accepted = Statement.objects.filter(
        conversation_id=voting.conversation_id, moderation=Statement.Moderation.ACCEPTED
    )
    asked = set(accepted.values_list("pk", flat=True))
    for sheet in sheets:
        if not set(sheet.answers) <= asked or not set(sheet.answers.values()) <= set(Vote.Value.values):
            raise Unsound(_("One of these statements is no longer asked. Open the page anew; nothing was kept."))


def _batch(voting: Voting, table: str, sheets: Sequence[Ballot], by: Member) -> Batch:
    content = json.dumps(
        [voting.pk, table.casefold(), [sorted(sheet.answers.items()) for sheet in sheets]], ensure_ascii=False
    )
    digest = hashlib.sha256(content.encode()).hexdigest()
    same = Batch.objects.filter(place_id=by.place_id, format=FORMAT, sha256=digest, state=Batch.State.ACCEPTED)
    if same.exists():
        raise NotReady(
            _("These very sheets of “%(table)s” are kept already. Name another table that answered alike differently.")
            % {"table": table}
        )
    return Batch.objects.create(
        place_id=by.place_id,
        format=FORMAT,
        file_name=table,
        sha256=digest,
        options={"voting": voting.pk},
        state=Batch.State.ACCEPTED,
        counts={"participants": len(sheets), "votes": sum(len(sheet.answers) for sheet in sheets)},
        by=by.account,
        decided_at=timezone.now(),
    )


def _write(voting: Voting, table: str, sheets: Sequence[Ballot], batch: Batch) -> None:
    people = Participant.objects.bulk_create(
        Participant(
            conversation_id=voting.conversation_id,
            external_id=str(secrets.randbelow(9 * 10**14) + 10**14),
            table=table,
            batch=batch,
        )
        for _sheet in sheets
    )
    Vote.objects.bulk_create(
        (
            Vote(participant=person, statement_id=statement, value=value, batch=batch)
            for person, sheet in zip(people, sheets, strict=True)
            for statement, value in sheet.answers.items()
        ),
        batch_size=1000,
    )


@transaction.atomic
def undo_sheets(*, batch: Batch, by: Member) -> Batch:
    """Take the sheets of one table back, as if they had not been written in; the log keeps that they were.

    Raises
    ------
    NotReady
        If they were taken back already.
    """
    access.require(by, "listening.hold_voting")
    kept = Batch.objects.select_for_update().get(pk=batch.pk, place_id=by.place_id, format=FORMAT)
    if kept.state != Batch.State.ACCEPTED:
        raise NotReady(_("These sheets were taken back already."))
    Participant.objects.filter(batch=kept).delete()
    kept.state = Batch.State.UNDONE
    kept.decided_at = timezone.now()
    kept.save(update_fields=["state", "decided_at"])
    audit.write(by=by, place_id=by.place_id, verb="took back paper sheets", subject=kept, summary=kept.file_name)
    return kept
