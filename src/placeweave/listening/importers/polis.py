"""Bring in a Polis export: statements, votes with their history, and groups as published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats import archives
from placeweave.formats.polis import PolisExport, read_polis
from placeweave.formats.problems import Unreadable
from placeweave.kit import bulk, changes
from placeweave.kit.audit import Doer
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.imports import Plan, Upload
from placeweave.kit.models import Batch, BatchChange
from placeweave.listening.importers.polis_plan import (
    Comparison,
    KeptVote,
    Work,
    conversation_of,
    facts_of,
    recognised,
    safe_url,
)
from placeweave.listening.models import Conversation, Participant, Statement, Vote

_MANY = 2000
_VOTE = Vote._meta.label_lower


@dataclass(frozen=True)
class PolisPlan(Plan):
    """A plan that carries the export and the work it makes."""

    export: PolisExport | None = None
    work: Work = field(default_factory=Work)
    conversation: Conversation | None = None
    title: str = ""


class PolisImporter:
    """The format ``polis``: a zip or folder as Polis writes it, of any era."""

    format = "polis"
    label = gettext_lazy("A conversation exported from Polis (zip)")
    permission = "listening.capture"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Read the export and compare every statement, vote and participant with what is kept."""
        export = _read(upload, flip=options.get("flip"))
        title = (export.topic.strip() or PurePath(upload.name).stem)[:160]
        conversation = conversation_of(place_id, url=safe_url(export.url), title=title)
        comparison = Comparison(export, conversation)
        return PolisPlan(
            rows=comparison.rows(),
            counts=_counts(export),
            notes=[*recognised(conversation), *export.notes],
            export=export,
            work=comparison.work,
            conversation=conversation,
            title=title,
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:  # noqa: ARG002 - the contract names who
        """Write what is new and what differs, in bulk."""
        assert isinstance(plan, PolisPlan)  # noqa: S101 - our own plan comes back to us
        assert plan.export is not None  # noqa: S101
        conversation = plan.conversation or _opened(plan, plan.export, batch)
        _write_statements(plan.work, conversation, batch)
        _write_people(plan.work, conversation, batch)
        _write_votes(plan.work, conversation, batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:  # noqa: ARG002 - the contract names who
        """Take away what came in and put back what was changed, unless a later file builds on it."""
        later = Vote.objects.exclude(batch=batch)
        built_on = later.filter(statement__batch=batch) | later.filter(participant__batch=batch)
        if built_on.exists():
            raise NotReady(_("A later file has added votes to what this one brought in. Undo that import first."))
        Vote.objects.filter(batch=batch).delete()
        _put_back_votes(batch)
        changes.take_back(Statement.objects.all(), batch=batch)
        changes.take_back(Participant.objects.all(), batch=batch)
        Statement.objects.filter(batch=batch).delete()
        Participant.objects.filter(batch=batch).delete()
        Conversation.objects.filter(batch=batch, statements__isnull=True, contributions__isnull=True).delete()


def _read(upload: Upload, *, flip: bool | None) -> PolisExport:
    try:
        if archives.looks_zipped(upload.content):
            return read_polis(archives.read_zip(upload.content, upload.name), flip=flip)
        return read_polis({upload.name: upload.content}, flip=flip)
    except Unreadable as fault:
        raise Unsound(str(fault)) from fault


def _counts(export: PolisExport) -> dict[str, int]:
    standing = export.standing
    return {
        "statements": len(export.statements),
        "statements_voted_on": len({vote.statement for vote in export.votes}),
        "votes_standing": len(standing),
        "revotes": len(export.votes) - len(standing),
        "participants": len(export.participants),
    }


def _opened(plan: PolisPlan, export: PolisExport, batch: Batch) -> Conversation:
    moments = [vote.at for vote in export.votes if vote.at is not None]
    return Conversation.objects.create(
        place_id=batch.place_id,
        title=plan.title,
        method=Conversation.Method.STATEMENTS,
        held_on=max(moments).date() if moments else None,
        description=export.description[:4000],
        external_url=safe_url(export.url),
        batch=batch,
    )


def _write_statements(work: Work, conversation: Conversation, batch: Batch) -> None:
    Statement.objects.bulk_create(
        [
            Statement(conversation=conversation, external_id=one.external_id, batch=batch, **facts_of(one))
            for one in work.statements
        ],
        batch_size=_MANY,
    )
    for kept, after in work.changed_statements:
        changes.make(kept, after, batch=batch)


def _write_people(work: Work, conversation: Conversation, batch: Batch) -> None:
    Participant.objects.bulk_create(
        [
            Participant(conversation=conversation, external_id=key, published_group=group, batch=batch)
            for key, group in work.participants.items()
        ],
        batch_size=_MANY,
    )
    for kept, group in work.regrouped:
        changes.make(kept, {"published_group": group}, batch=batch)


def _write_votes(work: Work, conversation: Conversation, batch: Batch) -> None:
    """Change known votes first, so that nobody ever has two standing votes on one statement."""
    _change_votes(((kept, value, stands) for kept, value, stands in work.changed_votes), batch)
    people = dict(Participant.objects.filter(conversation=conversation).values_list("external_id", "pk"))
    statements = dict(Statement.objects.filter(conversation=conversation).values_list("external_id", "pk"))
    bulk.insert(
        Vote,
        ("participant_id", "statement_id", "value", "turn", "is_standing", "batch_id"),
        (
            (people[person], statements[statement], value, turn, stands, batch.pk)
            for (person, statement), turn, value, stands in work.votes
        ),
    )


def _change_votes(changed: Iterable[tuple[KeptVote, int, bool]], batch: Batch) -> None:
    alike: dict[tuple[bool, int], list[KeptVote]] = {}
    for kept, value, stands in changed:
        alike.setdefault((stands, value), []).append(kept)
    for (stands, value), votes in sorted(alike.items()):
        _set_votes([vote.key for vote in votes], value=value, is_standing=stands)
        BatchChange.objects.bulk_create(
            [
                BatchChange(
                    batch=batch,
                    subject_type=_VOTE,
                    subject_id=vote.key,
                    before={"value": vote.value, "is_standing": vote.is_standing},
                )
                for vote in votes
            ],
            batch_size=_MANY,
        )


def _set_votes(keys: list[int], *, value: int, is_standing: bool) -> None:
    for start in range(0, len(keys), _MANY):
        Vote.objects.filter(pk__in=keys[start : start + _MANY]).update(value=value, is_standing=is_standing)


def _put_back_votes(batch: Batch) -> None:
    """Put back earlier answers, those that no longer stand first."""
    alike: dict[tuple[bool, int], list[int]] = {}
    changed = BatchChange.objects.filter(batch=batch, subject_type=_VOTE)
    for change in changed.iterator():
        before = change.before
        alike.setdefault((before["is_standing"], before["value"]), []).append(change.subject_id)
    for (stands, value), keys in sorted(alike.items()):
        _set_votes(keys, value=value, is_standing=stands)
    changed.delete()
