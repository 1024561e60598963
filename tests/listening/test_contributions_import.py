"""Tables of contributions: every row told, the narrowest consent where nothing is said, nothing kept unasked."""

from __future__ import annotations

import datetime as dt

import pytest

from placeweave.formats.tables import Sheet, write_xlsx
from placeweave.kit import imports
from placeweave.kit.errors import NotReady
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch
from placeweave.listening import services
from placeweave.listening.models import Contribution, Conversation, Naming, Scope
from placeweave.places.models import Member, Place
from tests.factories import ConversationFactory, QuoteFactory
from tests.listening.files import Queries, outcomes, stage

FULL = (
    "id,comment,consent,naming,voice,date,area\n"
    "1,The last bus leaves at seven,public,anonymous,resident,3/5/2026,Shore Road\n"
    "2,Nobody rings back,,,,,\n"
)


def bring(text: str | bytes, by: Member, name: str = "notes.csv", **options: object) -> Batch:
    content = text.encode() if isinstance(text, str) else text
    batch = stage(Upload(name, content), format="contributions", by=by, place_id=by.place_id, **options)
    if batch.state == Batch.State.STAGED:
        return imports.accept(batch=batch, by=by)
    return batch


def said() -> dict[str, Contribution]:
    return {one.text: one for one in Contribution.raw.all()}


def test_b25_a_row_without_consent_gets_the_narrowest(convener: Member) -> None:
    bring("text\nNobody rings back\n", convener)
    kept = Contribution.raw.get()
    assert (kept.scope, kept.naming) == (Scope.NOTES, Naming.ONLY_IN_THEMES)
    assert kept.consent_text is not None


def test_columns_are_guessed_from_their_headers(convener: Member) -> None:
    batch = bring(FULL, convener, day_first=True, columns={})
    assert batch.totals["held"] == 1, "3/5/2026 could be two days, so the row is asked about"
    batch = bring(FULL.replace("3/5/2026", "2026-05-03"), convener)
    kept = said()["The last bus leaves at seven"]
    assert (kept.scope, kept.naming, kept.said_on) == (Scope.PUBLIC, Naming.ANONYMOUS, dt.date(2026, 5, 3))
    assert kept.extra == {"neighbourhood": "Shore Road"}, "a place we do not know is kept beside the words"


def test_the_same_file_twice_is_all_unchanged(convener: Member) -> None:
    text = "text\nYes\nYes\nNo\n"
    assert bring(text, convener).totals["created"] == 3
    again = bring(text, convener)
    assert again.totals["unchanged"] == again.totals["rows"] == 3
    shuffled = bring("text\nNo\nYes\nYes\n", convener)
    assert shuffled.totals["unchanged"] == 3


def test_i2_what_was_withdrawn_does_not_come_back_with_the_file(convener: Member) -> None:
    bring("text\nYes\nNo\n", convener)
    services.withdraw(contribution=said()["Yes"])
    again = bring("text\nYes\nNo\n", convener)
    assert again.totals["unchanged"] == 2
    assert set(said()) == {"", "No"}


def test_words_are_never_changed_by_a_later_file(convener: Member) -> None:
    bring("id,text\n1,The bus is late\n", convener)
    again = bring("id,text\n1,The bus is fine\n", convener)
    assert again.totals["conflict"] == 1
    assert Contribution.raw.get().text == "The bus is late"


def test_b21_a_later_file_may_narrow_consent_and_never_widen_it(convener: Member) -> None:
    bring("id,text,scope,naming\n1,a,partners,anonymous\n2,b,partners,anonymous\n", convener)
    again = bring("id,text,scope,naming\n1,a,notes,anonymous\n2,b,public,anonymous\n", convener)
    assert (again.totals["updated"], again.totals["conflict"]) == (1, 1)
    assert [said()[text].scope for text in "ab"] == [Scope.NOTES, Scope.PARTNERS]
    imports.undo(batch=again, by=convener)
    assert said()["a"].scope == Scope.PARTNERS


def test_undo_takes_all_back_but_what_was_withdrawn(convener: Member) -> None:
    batch = bring("text\na\nb\nc\n", convener)
    services.withdraw(contribution=said()["b"])
    imports.undo(batch=batch, by=convener)
    assert [one.state for one in Contribution.raw.all()] == [Contribution.State.WITHDRAWN]


def test_undo_waits_where_people_have_built_on_it(convener: Member) -> None:
    batch = bring("text\nNobody rings back\n", convener)
    QuoteFactory(place=convener.place, contribution=Contribution.raw.get())
    with pytest.raises(NotReady, match="rest on"):
        imports.undo(batch=batch, by=convener)
    assert Contribution.raw.count() == 1


def test_undo_removes_the_conversation_it_opened(convener: Member) -> None:
    imports.undo(batch=bring("text\na\n", convener), by=convener)
    assert not Conversation.objects.exists()


def test_rows_may_join_a_conversation_that_is_there(convener: Member) -> None:
    held = ConversationFactory(place=convener.place)
    bring("text\na\n", convener, conversation=held.pk)
    assert Contribution.raw.get().conversation == held


def test_a_conversation_of_another_place_is_not_joined(convener: Member, other_place: Place) -> None:
    foreign = ConversationFactory(place=other_place)
    bring("text\na\n", convener, conversation=foreign.pk)
    assert Contribution.raw.get().conversation.place == convener.place


def test_cp1252_is_read_and_told(convener: Member) -> None:
    batch = bring("text\nWe paid £5 for a coffee\n".encode("cp1252"), convener)
    assert "We paid £5 for a coffee" in said()
    assert any("cp1252" in note for note in batch.notes)


def test_a_byte_order_mark_does_not_hide_the_first_column(convener: Member) -> None:
    bring("text\nhello\n".encode("utf-8-sig"), convener)
    assert "hello" in said()


def test_a_missing_required_column_refuses_the_file_in_one_sentence(convener: Member) -> None:
    batch = bring("date,who\n2026-05-03,me\n", convener)
    assert batch.state == Batch.State.REFUSED
    assert "What was said" in batch.failure
    assert "date, who" in batch.failure
    assert not Contribution.raw.exists()


def test_a_half_broken_file_says_what_becomes_of_each_row(convener: Member) -> None:
    text = (
        "id,text,date,scope,naming\n"
        "1,fine,2026-05-03,public,anonymous\n"
        "2,,2026-05-03,,\n"
        "3,impossible day,2026-02-31,,\n"
        "4,odd consent,,whoever,\n"
        "5,too,many,cells,in,this,row\n"
        "1,again,,,\n"
        "6,nameless,,public,named\n"
    )
    batch = bring(text, convener)
    assert outcomes(batch) == [
        (2, "created"), (3, "held"), (4, "rejected"), (5, "held"), (6, "held"), (7, "rejected"), (8, "held"),
    ]  # fmt: skip
    assert batch.totals["rows"] == 7
    assert set(said()) == {"fine"}
    assert all(row.reason for row in batch.rows.exclude(outcome="created"))
    assert not batch.rows.exclude(value="").exists(), "values are wiped once decided"


def test_formula_cells_stay_words(convener: Member) -> None:
    content = write_xlsx({"Notes": Sheet(["text", "date"], [["=1+1 is how they count us", dt.date(2026, 5, 3)]])})
    bring(content, convener, name="notes.xlsx")
    kept = Contribution.raw.get()
    assert kept.text.startswith("=1+1")
    assert kept.said_on == dt.date(2026, 5, 3)


def test_a_hundred_rows_come_in_together(convener: Member, django_assert_max_num_queries: Queries) -> None:
    text = "text,scope\n" + "".join(f"Voice {n} — 你好 🚌,partners\n" for n in range(100))
    batch = stage(Upload("many.csv", text.encode()), format="contributions", by=convener, place_id=convener.place_id)
    with django_assert_max_num_queries(40):
        batch = imports.accept(batch=batch, by=convener)
    assert batch.totals["created"] == 100


def test_over_long_words_are_held_and_not_repeated(convener: Member) -> None:
    batch = bring(f"text\n{'x' * 20_001}\n", convener)
    row = batch.rows.get()
    assert row.outcome == "held"
    assert "20001" in row.reason.replace(",", "")


def test_accepting_reads_the_place_as_it_is_now(convener: Member) -> None:
    upload = Upload("n.csv", b"id,text\n1,hello\n")
    one = stage(upload, format="contributions", by=convener, place_id=convener.place_id)
    two = stage(upload, format="contributions", by=convener, place_id=convener.place_id)
    imports.accept(batch=one, by=convener)
    assert imports.accept(batch=two, by=convener).totals["unchanged"] == 1
    assert Contribution.raw.count() == 1
