"""Staged imports: nothing before acceptance, whole or not at all, undoable, and nothing kept that need not be."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import LazySettings

from placeweave.kit import changes, imports, kept, questions
from placeweave.kit.audit import Doer
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.forms import AnswerForm
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import AuditEntry, Batch, BatchChange, BatchQuestion, Outcome
from placeweave.kit.questions import Question
from placeweave.places.models import Member, Organisation
from tests.factories import OrganisationFactory, PieceFactory


class Names:
    """A format of one organisation name a line; "!" cannot be used, "boom" breaks while being applied."""

    format = "names"
    label = "Names"
    permission = "places.import_files"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        if not upload.content:
            raise Unsound("The file names.txt is empty.")
        known = set(Organisation.objects.filter(place_id=place_id).values_list("name", flat=True))
        rows = []
        for number, name in enumerate(upload.content.decode().splitlines(), start=1):
            outcome = Outcome.UNCHANGED if name in known else Outcome.CREATED
            if name == "!":
                rows.append(RowPlan(Outcome.REJECTED, row=number, field="name", reason="Not a name.", value=name))
            else:
                rows.append(RowPlan(outcome, row=number, key=name, value=name, record=name))
        return Plan(rows, counts={"names": len(rows)})

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        for row in plan.rows:
            if row.outcome == Outcome.CREATED:
                if row.record == "boom":
                    raise RuntimeError
                Organisation.objects.create(place_id=batch.place_id, name=row.record, batch=batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        Organisation.objects.filter(batch=batch).delete()


@pytest.fixture(autouse=True)
def _names() -> Iterator[None]:
    imports.register(Names())
    yield
    imports._importers.pop("names")


def staged(convener: Member, text: str) -> Batch:
    return imports.stage(
        format="names", upload=Upload("names.txt", text.encode()), place_id=convener.place_id, options={}, by=convener
    )


def test_nothing_is_applied_before_a_person_accepts(convener: Member) -> None:
    batch = staged(convener, "Shed\nHall\n!")
    assert batch.state == Batch.State.STAGED
    assert not Organisation.objects.exists()


def test_the_six_outcomes_add_up_to_the_rows(convener: Member) -> None:
    totals = staged(convener, "Shed\nHall\n!").totals
    assert totals["rows"] == 3 == sum(totals[outcome.value] for outcome in Outcome)
    assert (totals["created"], totals["rejected"]) == (2, 1)


def test_the_same_file_twice_is_all_unchanged(convener: Member) -> None:
    imports.accept(batch=staged(convener, "Shed\nHall"), by=convener)
    assert staged(convener, "Shed\nHall").totals["unchanged"] == 2


def test_accepting_twice_is_refused(convener: Member) -> None:
    batch = staged(convener, "Shed")
    imports.accept(batch=batch, by=convener)
    with pytest.raises(NotReady):
        imports.accept(batch=batch, by=convener)
    assert Organisation.objects.count() == 1


def test_what_changed_since_the_preview_is_not_overwritten(convener: Member) -> None:
    batch = staged(convener, "Shed\nHall")
    Organisation.objects.create(place=convener.place, name="Hall")
    accepted = imports.accept(batch=batch, by=convener)
    assert (accepted.totals["created"], accepted.totals["unchanged"]) == (1, 1)


def test_a_batch_that_breaks_applies_nothing(convener: Member) -> None:
    batch = staged(convener, "Shed\nboom")
    with pytest.raises(RuntimeError):
        imports.accept(batch=batch, by=convener)
    batch.refresh_from_db()
    assert batch.state == Batch.State.STAGED
    assert not Organisation.objects.exists()


def test_undo_takes_the_whole_batch_back(convener: Member) -> None:
    Organisation.objects.create(place=convener.place, name="Older")
    batch = imports.accept(batch=staged(convener, "Shed\nHall"), by=convener)
    imports.undo(batch=batch, by=convener)
    assert [one.name for one in Organisation.objects.all()] == ["Older"]
    with pytest.raises(NotReady):
        imports.undo(batch=batch, by=convener)


def test_undo_says_what_rests_on_the_batch(convener: Member) -> None:
    from tests.factories import PieceFactory

    batch = imports.accept(batch=staged(convener, "Shed"), by=convener)
    PieceFactory(place=convener.place, organisation=Organisation.objects.get())
    with pytest.raises(NotReady, match="1 later record"):
        imports.undo(batch=batch, by=convener)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("decide", [imports.accept, imports.discard])
def test_the_file_and_its_values_are_wiped_once_decided(decide: Any, member_with: Any, settings: LazySettings) -> None:
    convener = member_with()
    batch = staged(convener, "Shed\n!")
    assert list(Path(settings.UPLOADS).iterdir())
    decide(batch=batch, by=convener)
    assert not list(Path(settings.UPLOADS).iterdir())
    assert not batch.rows.exclude(value="").exists()


def test_a_file_that_cannot_be_read_says_so_and_leaves_nothing(convener: Member, settings: LazySettings) -> None:
    batch = staged(convener, "")
    assert (batch.state, batch.failure) == (Batch.State.REFUSED, "The file names.txt is empty.")
    assert not list(Path(settings.UPLOADS).iterdir())


def test_an_unknown_format_names_the_known_ones(convener: Member) -> None:
    with pytest.raises(Unsound, match="names"):
        imports.stage(format="tapestry", upload=Upload("x", b""), place_id=1, options={}, by=convener)


def test_importing_and_undoing_are_written_down(convener: Member) -> None:
    batch = imports.accept(batch=staged(convener, "Shed"), by=convener)
    imports.undo(batch=batch, by=convener)
    assert [one.verb for one in AuditEntry.objects.all()] == ["undid", "imported"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_applies_what_a_person_accepted(member_with: Any) -> None:
    convener = member_with()
    batch = staged(convener, "Shed")
    imports.accept_later(batch=batch, by=convener)
    batch.refresh_from_db()
    assert batch.state == Batch.State.ACCEPTED
    assert Organisation.objects.count() == 1
    imports.accept_batch.call(batch.pk)
    assert Organisation.objects.count() == 1


def test_a_file_that_breaks_the_reader_is_refused_in_words(member_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Names, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        raise RuntimeError

    monkeypatch.setattr(Names, "plan", broken)
    convener = member_with()
    batch = imports.keep_upload(
        format="names", upload=Upload("names.txt", b"x"), place_id=convener.place_id, options={}, by=convener
    )
    with pytest.raises(RuntimeError):
        imports.read_batch.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, "went wrong" in batch.failure) == (Batch.State.REFUSED, True)


def test_an_accepted_file_that_breaks_waits_for_its_person_again(member_with: Any) -> None:
    convener = member_with()
    batch = staged(convener, "Shed\nboom")
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.APPLYING)
    with pytest.raises(RuntimeError):
        imports.accept_batch.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, "nothing of the file" in batch.failure) == (Batch.State.STAGED, True)
    assert not Organisation.objects.exists()


def test_files_left_by_a_process_that_died_are_swept(convener: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, decided = staged(convener, "Shed"), staged(convener, "Hall")
    Batch.objects.filter(pk=decided.pk).update(state=Batch.State.DISCARDED)
    assert kept.sweep() == 0, "a young file may belong to a batch that is being written"
    monkeypatch.setattr(kept, "UNSETTLED_SECONDS", -5.0)
    assert kept.sweep() == 1
    assert imports.upload_of(waiting).content == b"Shed"


# --- what a file leaves open -----------------------------------------------------------------------


class Shout(AnswerForm):
    """Asks whether the names are to be kept in capitals."""

    question = "Are these shouted?"
    loud = forms.BooleanField(required=False)

    def options(self) -> dict[str, Any]:
        return {"loud": self.cleaned_data["loud"]}


@pytest.fixture
def _asking(_names: None) -> Iterator[None]:
    """The same names, with a question wherever one of them is written in capitals."""
    about = lambda upload: {"first": "HALL"} if b"HALL" in upload.content else {}  # noqa: E731
    imports.register(Names(), Question(about=about, form=Shout))
    yield
    questions._questions.pop("names")


def brought(convener: Member, text: str) -> Batch:
    upload = Upload("names.txt", text.encode())
    batch = imports.stage_later(format="names", upload=upload, place_id=convener.place_id, options={}, by=convener)
    batch.refresh_from_db()
    return batch


@pytest.mark.usefixtures("_asking")
def test_a_file_that_leaves_nothing_open_goes_straight_to_its_preview(convener: Member) -> None:
    batch = brought(convener, "Hall")
    assert (batch.state, questions.answer_form(batch)) == (Batch.State.STAGED, None)


@pytest.mark.usefixtures("_asking")
def test_a_file_that_leaves_something_open_waits_for_a_person(convener: Member) -> None:
    batch = brought(convener, "HALL")
    form = questions.answer_form(batch)
    assert batch.state == Batch.State.ASKING
    assert form is not None
    assert (form.about, batch.totals) == ({"first": "HALL"}, {})
    with pytest.raises(NotReady):
        imports.accept(batch=batch, by=convener)
    imports.answer(batch=batch, options={"loud": True})
    batch.refresh_from_db()
    assert (batch.state, batch.options, batch.totals["created"]) == (Batch.State.STAGED, {"loud": True}, 1)


@pytest.mark.usefixtures("_asking")
def test_an_answer_may_be_given_anew_until_the_decision_and_then_nothing_of_it_is_kept(convener: Member) -> None:
    batch = brought(convener, "HALL")
    for loud in (True, False):
        imports.answer(batch=batch, options={"loud": loud})
    batch.refresh_from_db()
    assert batch.options == {"loud": False}
    imports.accept(batch=batch, by=convener)
    assert not BatchQuestion.objects.exists(), "the rows shown with a question are words outside anybody's consent"
    with pytest.raises(NotReady):
        imports.answer(batch=batch, options={"loud": True})


@pytest.mark.usefixtures("_asking")
def test_a_file_that_waits_for_an_answer_is_kept_and_may_be_turned_down(
    convener: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = brought(convener, "HALL")
    monkeypatch.setattr(kept, "UNSETTLED_SECONDS", -5.0)
    assert kept.sweep() == 0
    imports.discard(batch=batch, by=convener)
    assert not BatchQuestion.objects.exists()


@pytest.mark.usefixtures("_asking")
def test_the_command_line_asks_nothing(convener: Member) -> None:
    assert staged(convener, "HALL").state == Batch.State.STAGED


@pytest.mark.usefixtures("_asking")
def test_reading_again_after_a_worker_died_asks_once(convener: Member) -> None:
    batch = brought(convener, "HALL")
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.READING)
    BatchQuestion.objects.all().delete()
    imports.read_batch.func(batch.pk)
    imports.read_batch.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, BatchQuestion.objects.count()) == (Batch.State.ASKING, 1)


@pytest.mark.parametrize("state", [Batch.State.DISCARDED, Batch.State.APPLYING])
def test_what_was_decided_while_a_file_was_read_stands(
    state: Batch.State, convener: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Names.plan

    def decided_meanwhile(self: Names, upload: Upload, **how: Any) -> Plan:
        Batch.objects.update(state=state)
        return plan(self, upload, **how)

    monkeypatch.setattr(Names, "plan", decided_meanwhile)
    batch = staged(convener, "Shed")
    assert (batch.state, batch.rows.count()) == (state, 0)


def test_the_share_that_was_read_is_told_while_it_is_read(convener: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []

    def half_read(self: Names, upload: Upload, **how: Any) -> Plan:
        monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
        upload.report(0.5)
        told.append(Batch.objects.get().progress)
        return Plan([])

    monkeypatch.setattr(Names, "plan", half_read)
    assert brought(convener, "Shed").state == Batch.State.STAGED
    assert told == [0.5]


# --- put back what was changed ---------------------------------------------------------------------


def test_what_a_batch_changed_is_put_back_except_where_a_person_wrote_since(convener: Member) -> None:
    batch, shed = staged(convener, "Shed"), OrganisationFactory(place=convener.place, name="Shed", is_partner=False)
    changes.make(shed, {"name": "The Shed", "is_partner": True}, batch=batch)
    Organisation.objects.filter(pk=shed.pk).update(name="Our Shed")
    changes.take_back(Organisation.objects.all(), batch=batch)
    shed.refresh_from_db()
    assert (shed.name, shed.is_partner) == ("Our Shed", False)
    assert not BatchChange.objects.exists()


def test_days_amounts_and_relations_come_back_as_they_were(convener: Member) -> None:
    holder, other = OrganisationFactory.create_batch(2, place=convener.place)
    piece = PieceFactory(
        place=convener.place, organisation=holder, amount=Decimal("12.50"), currency="GBP", expires_on=date(2026, 5, 3)
    )
    batch = staged(convener, "Shed")
    changes.make(piece, {"organisation": other, "amount": Decimal(9), "expires_on": None}, batch=batch)
    piece.refresh_from_db()
    assert (piece.organisation, piece.amount, piece.expires_on) == (other, Decimal(9), None)
    changes.take_back(type(piece)._default_manager.all(), batch=batch)
    piece.refresh_from_db()
    assert (piece.organisation, piece.amount, piece.expires_on) == (holder, Decimal("12.50"), date(2026, 5, 3))
