"""Bring in contributions from a table; the narrowest consent is taken wherever the table says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import changes, columns
from placeweave.kit.audit import Doer
from placeweave.kit.columns import MappedRow
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.listening.importers.columns import CONTRIBUTIONS
from placeweave.listening.models import Contribution, Conversation, Naming, Scope, VoiceType
from placeweave.listening.services import Consent, Teller, Words, is_no_wider, text_in_force, write_down
from placeweave.places.models import Member, Organisation, Place


@dataclass(frozen=True)
class ContributionPlan(Plan):
    """A plan that remembers which conversation it is for."""

    conversation: Conversation | None = None
    title: str = ""


@dataclass(frozen=True)
class _Change:
    kept: Contribution
    after: Mapping[str, Any]


class ContributionImporter:
    """The format ``contributions``: one contribution a row, understood through the column wizard."""

    format = "contributions"
    label = gettext_lazy("Contributions in a table (CSV or XLSX)")
    permission = "listening.capture"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Read the table and compare each row with what is kept."""
        table = columns.table_of(upload)
        reading = columns.read_rows(CONTRIBUTIONS, table, place_id=place_id, options=options)
        title = str(options.get("title") or PurePath(upload.name).stem)[:160]
        conversation = _conversation(place_id, options.get("conversation"), title)
        planner = _Planner(place_id, conversation)
        rows = [planner.row(row) for row in reading.rows]
        where = _("They belong to the conversation “%s”.") if conversation else _("They make a new conversation, “%s”.")
        return ContributionPlan(
            rows=rows,
            counts={"contributions": sum(row.outcome == Outcome.CREATED for row in rows)},
            notes=[where % (conversation.title if conversation else title), *reading.notes],
            conversation=conversation,
            title=title,
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write new rows down and bring known ones up to date."""
        assert isinstance(plan, ContributionPlan)  # noqa: S101 - our own plan comes back to us
        created = [row.record for row in plan.rows if row.outcome == Outcome.CREATED]
        if created:
            write_down(
                conversation=plan.conversation or _opened(plan.title, batch),
                many=created,
                consent_text=text_in_force(batch.place_id),
                captured_by=Member.objects.current().filter(place_id=batch.place_id, account=by.account).first(),
                batch=batch,
            )
        for row in plan.rows:
            if row.outcome == Outcome.UPDATED:
                changes.make(row.record.kept, row.record.after, batch=batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:  # noqa: ARG002 - the contract names who
        """Take away what came in and put back what was changed; what was withdrawn meanwhile stays withdrawn."""
        Contribution.raw.filter(batch=batch).exclude(state=Contribution.State.WITHDRAWN).delete()
        changes.take_back(Contribution.raw.exclude(state=Contribution.State.WITHDRAWN), batch=batch)
        Conversation.objects.filter(batch=batch, contributions__isnull=True, statements__isnull=True).delete()


def _conversation(place_id: int, key: int | None, title: str) -> Conversation | None:
    """Find the conversation a person chose, else one of the title the file would give a new one."""
    here = Conversation.objects.filter(place_id=place_id).exclude(method=Conversation.Method.STATEMENTS)
    return here.filter(pk=key).first() if key else here.filter(title=title).order_by("pk").first()


def _opened(title: str, batch: Batch) -> Conversation:
    return Conversation.objects.create(
        place_id=batch.place_id, title=title, method=Conversation.Method.WRITTEN, batch=batch
    )


class _Planner:
    """Compares rows with the contributions of one conversation, everything looked up once."""

    def __init__(self, place_id: int, conversation: Conversation | None) -> None:
        self.place_id = place_id
        self.repeats: Counter[str] = Counter()
        self.neighbourhoods = {
            one.name.casefold(): one for one in Place.objects.filter(parent_workspace_id=place_id).only("pk", "name")
        }
        self.organisations = {
            one.name.casefold(): one for one in Organisation.objects.filter(place_id=place_id).only("pk", "name")
        }
        kept = Contribution.raw.filter(conversation=conversation).exclude(external_id="") if conversation else ()
        self.kept = {one.external_id: one for one in kept}

    def row(self, row: MappedRow) -> RowPlan:
        if row.fault is not None:
            return row.fault
        words, warning = self._words(row)
        key = row.text("external_id")  # the number we give a row that has none tells nobody anything
        if held := _nameless(words):
            return RowPlan(Outcome.HELD, row.number, key=key, reason=held)
        kept = self.kept.get(words.external_id)
        if kept is None:
            return RowPlan(Outcome.CREATED, row.number, key=key, reason=warning, record=words)
        return replace(_compared(kept, words, row), row=row.number, key=key)

    def _words(self, row: MappedRow) -> tuple[Words, str]:
        extra, warnings = dict(row.extra), [row.warning] if row.warning else []
        neighbourhood = self._found(self.neighbourhoods, row, "neighbourhood", extra, warnings)
        organisation = self._found(self.organisations, row, "organisation", extra, warnings)
        consent = Consent(
            Scope(int(row.text("scope"))), Naming(row.text("naming")), may_recontact=bool(row.values["may_recontact"])
        )
        teller = Teller(
            name=row.text("teller_name"),
            pseudonym=row.text("pseudonym"),
            described_as=row.text("described_as"),
            neighbourhood=neighbourhood,
            organisation=organisation,
        )
        words = Words(
            text=row.text("text"),
            voice_type=VoiceType(row.text("voice_type")),
            consent=consent,
            teller=teller,
            said_on=row.values["said_on"],  # type: ignore[arg-type]
            external_id=row.text("external_id") or self._own_number(row.text("text")),
            extra=extra,
        )
        return words, " ".join(warnings)

    def _found(
        self, known: Mapping[str, Any], row: MappedRow, name: str, extra: dict[str, str], warnings: list[str]
    ) -> Any:
        """Find a neighbourhood or organisation by name; an unknown name is kept beside the row and told."""
        written = row.text(name)
        found = known.get(written.casefold())
        if written and found is None:
            extra[name] = written
            warnings.append(_("“%s” is not known in this place; the name is kept beside the words.") % written)
        return found

    def _own_number(self, text: str) -> str:
        """Number a row that has none by its words, so that the same file twice adds nothing.

        The digest is keyed with the installation's secret: what was withdrawn cannot be guessed from it.
        """
        self.repeats[text] += 1
        told = f"{self.place_id}\x1f{text}\x1f{self.repeats[text]}"
        return "row-" + salted_hmac("placeweave.listening.row", told, algorithm="sha256").hexdigest()[:40]


def _nameless(words: Words) -> str:
    if words.consent.naming == Naming.NAMED and not words.teller.name:
        return _("These words are to be shown with a name, but the row gives none.")
    if words.consent.naming == Naming.PSEUDONYM and not words.teller.pseudonym:
        return _("These words are to be shown under another name, but the row gives none.")
    return ""


_COMPARED: Sequence[str] = ("voice_type", "may_recontact", "said_on", "described_as", "pseudonym", "teller_name")


def _compared(kept: Contribution, words: Words, row: MappedRow) -> RowPlan:
    """Compare a row with the contribution it was before; only what the row itself speaks of is compared."""
    if kept.state == Contribution.State.WITHDRAWN:
        reason = _("The person who said this has withdrawn it; it stays withdrawn.")
        return RowPlan(Outcome.UNCHANGED, reason=reason)
    if kept.text != words.text:
        reason = _("The words kept under this number are different. Words once said are not changed: give the row a "
                   "number of its own to add it.")  # fmt: skip
        return RowPlan(Outcome.CONFLICT, field="text", reason=reason)
    after = _differing(kept, words, row)
    if {"scope", "naming"} & after.keys() and (conflict := _consent_conflict(kept, words)):
        return RowPlan(Outcome.CONFLICT, field="scope", reason=conflict)
    return RowPlan(Outcome.UPDATED if after else Outcome.UNCHANGED, record=_Change(kept, after))


def _differing(kept: Contribution, words: Words, row: MappedRow) -> dict[str, Any]:
    said: dict[str, Any] = {name: row.values[name] for name in _COMPARED if name in row.said}
    if "scope" in row.said:
        said["scope"] = words.consent.scope.value
    if "naming" in row.said:
        said["naming"] = words.consent.naming.value
    if words.teller.neighbourhood:
        said["neighbourhood_id"] = words.teller.neighbourhood.pk
    if words.teller.organisation:
        said["organisation_id"] = words.teller.organisation.pk
    said["extra"] = dict(words.extra)
    return {name: value for name, value in said.items() if getattr(kept, name) != value}


def _consent_conflict(kept: Contribution, words: Words) -> str:
    """Say why a file may not change a consent: it would widen it, or its teller has chosen since."""
    if not is_no_wider(scope=words.consent.scope, naming=words.consent.naming, than=kept):
        return _("The file would share these words further than they are shared now; only their teller can.")
    if kept.consented_at and (kept.consented_at - kept.created_at).total_seconds() > 1:
        return _("Their teller has chosen since how far these words are shared; the file does not change that.")
    return ""
