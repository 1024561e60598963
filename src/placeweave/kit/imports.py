"""Staged imports: read, preview row by row, accept or discard, undo as one batch.

Nothing is applied before a person accepts. Every row has exactly one outcome, and the totals equal the rows.
The file is read again at acceptance, inside the transaction that applies it, so that what was previewed an hour
ago cannot overwrite what people did since.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_tasks import task

from placeweave.formats.text import storable
from placeweave.kit import audit, bulk, changes, kept, pace, questions, turns
from placeweave.kit.audit import Doer, OnBehalf
from placeweave.kit.errors import DomainError, NotReady, Unsound
from placeweave.kit.models import Batch, BatchQuestion, BatchRow, Outcome
from placeweave.kit.questions import Question

Report = Callable[[float], None]


def _to_nobody(share: float) -> None:
    """Tell nobody how far the reading has come."""


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name and its bytes, and who wants to hear which share of it has been read."""

    name: str
    content: bytes
    report: Report = dataclasses.field(default=_to_nobody, compare=False, repr=False)


@dataclass(frozen=True)
class RowPlan:
    """What will become of one row. ``record`` is what :meth:`Importer.apply` acts upon; it is never stored."""

    outcome: Outcome
    row: int | None = None
    part: str = ""
    key: str = ""
    field: str = ""
    reason: str = ""
    value: str = ""
    record: Any = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Plan:
    """What a whole file would do to a place as it is now."""

    rows: Sequence[RowPlan]
    counts: Mapping[str, int] = dataclasses.field(default_factory=dict)
    notes: Sequence[str] = ()
    licence: str = ""
    attribution: str = ""

    def totals(self) -> dict[str, int]:
        """Count the rows by outcome, all six named."""
        found = Counter(row.outcome.value for row in self.rows)
        return {"rows": len(self.rows)} | {outcome.value: found[outcome.value] for outcome in Outcome}


class Importer(Protocol):
    """What a room offers for one file format."""

    @property
    def format(self) -> str:
        """The name of the format, as commands and addresses have it."""

    @property
    def label(self) -> str | Promise:
        """What people call it."""

    @property
    def permission(self) -> str:
        """What one must be allowed to do to bring such a file in."""

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Read the file and compare it with the place; raise a DomainError when it cannot be read at all."""

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write the created and updated rows of the plan; runs inside one transaction."""

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back what the batch created and put back what it changed; runs inside one transaction."""


_importers: dict[str, Importer] = {}


def register(importer: Importer, question: Question | None = None) -> None:
    """Make a format known, with what it asks; called once, when its room's application is ready."""
    _importers[importer.format] = importer
    if question is not None:
        questions.register(importer.format, question)


def importer_for(name: str) -> Importer:
    """Find the importer of a format, or say which formats there are."""
    if name not in _importers:
        known = ", ".join(sorted(_importers))
        raise Unsound(
            _("“%(name)s” is not a format placeweave reads. It reads: %(known)s.") % {"name": name, "known": known}
        )
    return _importers[name]


def formats() -> list[Importer]:
    """List the formats that can be read."""
    return list(_importers.values())


def keep_upload(*, format: str, upload: Upload, place_id: int, options: Mapping[str, Any], by: Doer) -> Batch:  # noqa: A002
    """Keep the file and open a batch for it; nothing is read yet."""
    importer_for(format)
    batch = Batch(
        place_id=place_id,
        format=format,
        file_name=upload.name[:200],
        sha256=hashlib.sha256(upload.content).hexdigest(),
        options=dict(options),
        by=by.account,
    )
    kept.keep(batch.upload, upload.content)
    batch.save()
    return batch


def upload_of(batch: Batch, report: Report = _to_nobody) -> Upload:
    """Give the kept file of a batch that is not decided yet."""
    try:
        return Upload(batch.file_name, kept.content_of(batch.upload), report)
    except FileNotFoundError as gone:
        raise NotReady(_("The file of this import is no longer kept here. Please upload it again.")) from gone


def read(batch: Batch, report: Report = _to_nobody) -> Batch:
    """Plan a kept file and store the preview. Safe to run twice."""
    if batch.state != Batch.State.READING:
        return batch
    try:
        upload = upload_of(batch, report)
        plan = importer_for(batch.format).plan(upload, place_id=batch.place_id, options=batch.options)
    except DomainError as refusal:
        give_up(batch.pk, refusal.sentence)
        batch.refresh_from_db()
        return batch
    return _preview(batch, plan)


@transaction.atomic
def _preview(batch: Batch, plan: Plan) -> Batch:
    """Store a preview, unless somebody decided otherwise while the file was read."""
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.state == Batch.State.READING and now.options == batch.options:
        _store(now, plan)
        now.state, now.progress = Batch.State.STAGED, 0.0
        now.save()
    return now


def _refuse(batch: Batch, sentence: str) -> None:
    BatchQuestion.objects.filter(batch=batch).delete()
    batch.state, batch.failure = Batch.State.REFUSED, sentence
    batch.save(update_fields=["state", "failure"])
    kept.forget(batch.upload)


def _store(batch: Batch, plan: Plan) -> None:
    batch.rows.all().delete()
    batch.totals, batch.counts, batch.notes = plan.totals(), dict(plan.counts), [storable(note) for note in plan.notes]
    batch.licence = storable(plan.licence or str(batch.options.get("licence", "")))[:300]
    batch.attribution = storable(plan.attribution or str(batch.options.get("attribution", "")))[:300]
    bulk.insert(BatchRow, _ROW, (_row(batch.pk, row) for row in plan.rows))


_ROW = ("batch_id", "part", "row", "key", "outcome", "field", "reason", "value")


def _row(batch: int, row: RowPlan) -> tuple[object, ...]:
    """Give a row as it is kept; a file may say in it what no database can hold."""
    told = (storable(row.field)[:120], storable(row.reason)[:400], storable(row.value)[:200])
    return (batch, storable(row.part)[:80], row.row, storable(row.key)[:120], row.outcome.value, *told)


def stage(*, format: str, upload: Upload, place_id: int, options: Mapping[str, Any], by: Doer) -> Batch:  # noqa: A002
    """Keep a file, read it and store the preview, all now."""
    return read(keep_upload(format=format, upload=upload, place_id=place_id, options=options, by=by))


def stage_later(*, format: str, upload: Upload, place_id: int, options: Mapping[str, Any], by: Doer) -> Batch:  # noqa: A002
    """Keep a file and leave the reading to the worker, for a page that can be left."""
    with transaction.atomic():  # the queue lies in the same database: both are kept, or neither is
        batch = keep_upload(format=format, upload=upload, place_id=place_id, options=options, by=by)
        read_batch.enqueue(batch.pk)
    return batch


@task()
def read_batch(pk: int) -> None:
    """Read an uploaded file into its question, if it leaves one open, else into its preview."""
    unread = Batch.objects.filter(pk=pk, state=Batch.State.READING)
    report = pace.twice_a_second(lambda share: unread.update(progress=min(max(share, 0.01), 1.0)))
    report(0.0)
    try:
        batch = Batch.objects.get(pk=pk)
        if not _asks(batch, report):
            read(batch, report)
    except DomainError as refusal:
        give_up(pk, refusal.sentence)
    except Exception:
        give_up(pk, _("Something went wrong while this file was read. The operator’s log has the details."))
        raise


def _asks(batch: Batch, report: Report) -> bool:
    """Put what a file leaves open to a person, once; tell whether it waits for the answer."""
    question = questions.of(batch.format)
    asked = BatchQuestion.objects.filter(batch=batch)
    if question is None or batch.state != Batch.State.READING or asked.exists():
        return False
    about = question.about(upload_of(batch, report))
    return bool(about) and _put(batch, about)


@transaction.atomic
def _put(batch: Batch, about: Mapping[str, Any]) -> bool:
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.state == Batch.State.READING and not BatchQuestion.objects.filter(batch=now).exists():
        BatchQuestion.objects.create(batch=now, about=dict(about))
        now.state, now.progress = Batch.State.ASKING, 0.0
        now.save(update_fields=["state", "progress"])
    return True


@transaction.atomic
def answer(*, batch: Batch, options: Mapping[str, Any]) -> Batch:
    """Store what a person answered, and leave the reading by it to the worker; a preview may be answered anew.

    Raises
    ------
    NotReady
        If the batch waits for no answer: it is being read, or is decided.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in questions.ANSWERABLE:
        raise NotReady(_("This import is already decided. Upload the file again to read it in another way."))
    batch.options = {**batch.options, **options}
    batch.state, batch.progress = Batch.State.READING, 0.0
    batch.save(update_fields=["options", "state", "progress"])
    if question := questions.of(batch.format):
        question.remember(batch)
    read_batch.enqueue(batch.pk)
    return batch


@transaction.atomic
def accept_later(*, batch: Batch, by: Doer) -> None:
    """Note that a person accepted, and leave the work to the worker."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.STAGED:
        raise _not_waiting(batch)
    batch.state, batch.by, batch.failure = Batch.State.APPLYING, by.account, ""
    batch.save(update_fields=["state", "by", "failure"])
    accept_batch.enqueue(batch.pk)


def _not_waiting(batch: Batch) -> NotReady:
    return NotReady(_("This import is not waiting for a decision: %(state)s.") % {"state": batch.get_state_display()})


@task()
def accept_batch(pk: int) -> None:
    """Bring an accepted file in; a second run finds it done and leaves it."""
    batch = Batch.objects.select_related("by").get(pk=pk)
    if batch.state != Batch.State.APPLYING:
        return
    try:
        accept(batch=batch, by=OnBehalf(batch.by))
    except DomainError as refusal:
        give_up(pk, refusal.sentence)
    except Exception:
        give_up(pk, _("Something went wrong; nothing of the file was brought in. The operator’s log has the details."))
        raise


def give_up(pk: int, sentence: str) -> None:
    """Say why a batch went no further: an accepted one waits for its person again, an unread one is refused."""
    told = storable(sentence)[:400]
    Batch.objects.filter(pk=pk, state=Batch.State.APPLYING).update(state=Batch.State.STAGED, failure=told)
    if unread := Batch.objects.filter(pk=pk, state=Batch.State.READING).first():
        _refuse(unread, told)


@transaction.atomic
def accept(*, batch: Batch, by: Doer) -> Batch:
    """Bring a previewed file in, whole or not at all.

    Raises
    ------
    NotReady
        If the batch is not waiting for a decision (accepted twice, say).
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in {Batch.State.STAGED, Batch.State.APPLYING}:
        raise _not_waiting(batch)
    turns.take(batch.place_id)
    importer = importer_for(batch.format)
    plan = importer.plan(upload_of(batch), place_id=batch.place_id, options=batch.options)
    importer.apply(plan, batch=batch, by=by)
    _store(batch, plan)
    _close(batch, Batch.State.ACCEPTED)
    audit.write(by=by, place_id=batch.place_id, verb="imported", subject=batch, summary=batch.file_name)
    return batch


@transaction.atomic
def discard(*, batch: Batch, by: Doer) -> None:
    """Turn a previewed file down; nothing of it stays but the fact."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in {Batch.State.STAGED, Batch.State.READING, Batch.State.ASKING}:
        raise _not_waiting(batch)
    _close(batch, Batch.State.DISCARDED)
    audit.write(by=by, place_id=batch.place_id, verb="discarded", subject=batch, summary=batch.file_name)


def _close(batch: Batch, state: Batch.State) -> None:
    """Wipe the file and the values it showed: from here on, words live only where consent governs them."""
    batch.rows.exclude(value="").update(value="")
    BatchQuestion.objects.filter(batch=batch).delete()
    batch.state, batch.decided_at, batch.progress = state, timezone.now(), 1.0
    batch.save()
    transaction.on_commit(lambda: kept.forget(batch.upload))


@transaction.atomic
def undo(*, batch: Batch, by: Doer) -> Batch:
    """Take an accepted batch back as one.

    Raises
    ------
    NotReady
        If it was never accepted, or if people or a later file have built on what it brought in.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.ACCEPTED:
        raise NotReady(_("Only an import that was brought in can be undone."))
    turns.take(batch.place_id)
    if later := changes.built_on_by(batch):
        raise NotReady(
            _("A later file, “%(file)s”, changed some of this. Take that one back first.") % {"file": later.file_name}
        )
    try:
        importer_for(batch.format).undo(batch, by=by)
    except ProtectedError as still_used:
        count = len(still_used.protected_objects)
        raise NotReady(
            _("%(count)s later records rest on what this import brought in. Take them away first.") % {"count": count}
        ) from still_used
    batch.state, batch.decided_at = Batch.State.UNDONE, timezone.now()
    batch.save()
    audit.write(by=by, place_id=batch.place_id, verb="undid", subject=batch, summary=batch.file_name)
    return batch
