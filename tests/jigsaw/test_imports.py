"""Files of pieces, needs and grants: the same file twice, people's edits first, and taken back row for row."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from placeweave.jigsaw import exports, services
from placeweave.jigsaw.importers.organisations import canonical
from placeweave.jigsaw.importers.tags import spoken
from placeweave.jigsaw.models import FundingFlow, Help, Need, Piece, Synergy
from placeweave.jigsaw.services import PieceSaid
from placeweave.kit import imports
from placeweave.kit.errors import NotReady
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch
from placeweave.places.models import (
    FrameworkNode,
    Issue,
    Member,
    Organisation,
    OrganisationIdentifier,
    Person,
    SourceRecord,
)
from placeweave.places.services import add_name
from tests import factories
from tests.jigsaw.test_board import pillars
from tests.places.bringing import database

ClientFor = Callable[[Member], Client]
PIECES = """id,what,held by,kind,shared,when,colour
1,Minibus,Fire,vehicle,yes,Thursday evenings,red
2,Hall,fire,building,ask,,
3,The school gate,,in between,no,,
4,Van,Nobody we know,vehicle,,,
5,=1+1,Fire,data,,,
"""


def stage(by: Member, content: str | bytes, *, format: str = "pieces", name: str = "f.csv", **options: Any) -> Batch:  # noqa: A002
    raw = content.encode() if isinstance(content, str) else content
    return imports.stage(format=format, upload=Upload(name, raw), place_id=by.place_id, options=options, by=by)


def bring(by: Member, content: str | bytes, **how: Any) -> Batch:
    return imports.accept(batch=stage(by, content, **how), by=by)


def outcome(batch: Batch) -> dict[str, int]:
    return {name: count for name, count in batch.totals.items() if count and name != "rows"}


@pytest.fixture
def fire(convener: Member) -> Organisation:
    """The one partner the file of pieces knows by name."""
    return factories.OrganisationFactory(place=convener.place, name="Fire")


def test_a_table_of_pieces_comes_in_with_every_row_accounted_for(convener: Member, fire: Organisation) -> None:
    batch = bring(convener, PIECES)
    assert outcome(batch) == {"created": 4, "held": 1}
    assert sum(outcome(batch).values()) == batch.totals["rows"]
    held = batch.rows.get(outcome="held")
    assert "No organisation here is called “Nobody we know”" in held.reason
    bus = Piece.objects.get(title="Minibus")
    assert (bus.organisation, bus.kind, bus.sharability) == (fire, "vehicle_equipment", "open")
    assert bus.source_says["extra"] == {"colour": "red"}
    assert Piece.objects.get(title="The school gate").organisation is None


def test_the_same_table_twice_is_all_unchanged(convener: Member, fire: Organisation) -> None:
    bring(convener, PIECES)
    assert outcome(bring(convener, PIECES)) == {"unchanged": 4, "held": 1}
    without_ids = "what,held by,kind\nBench,Fire,building\n"
    bring(convener, without_ids)
    assert outcome(bring(convener, without_ids)) == {"unchanged": 1}


def test_a_file_changes_what_a_file_said_and_undo_puts_it_back(convener: Member, fire: Organisation) -> None:
    bring(convener, PIECES)
    before = [model_to_dict(piece) for piece in Piece.objects.order_by("pk")]
    batch = bring(convener, PIECES.replace("Thursday evenings", "Mondays") + "9,Tent,Fire,vehicle,yes,,\n")
    assert outcome(batch) == {"created": 1, "updated": 1, "unchanged": 3, "held": 1}
    imports.undo(batch=batch, by=convener)
    assert [model_to_dict(piece) for piece in Piece.objects.order_by("pk")] == before


def test_a_persons_edit_is_never_overwritten(convener: Member, fire: Organisation) -> None:
    bring(convener, PIECES)
    bus = Piece.objects.get(title="Minibus")
    said = PieceSaid("Minibus", "vehicle_equipment", fire, sharability="no", when="Thursday evenings")
    services.edit_piece(piece=bus, said=said, version=1, by=convener)
    batch = bring(convener, PIECES)
    assert outcome(batch) == {"conflict": 1, "unchanged": 3, "held": 1}
    assert "Here: no. The file: open." in batch.rows.get(outcome="conflict").reason
    bus.refresh_from_db()
    assert bus.sharability == "no"


def test_undo_refuses_to_throw_away_what_people_wrote_since(convener: Member, fire: Organisation) -> None:
    batch = bring(convener, PIECES)
    bus = Piece.objects.get(title="Minibus")
    services.edit_piece(piece=bus, said=PieceSaid("Coach", "vehicle_equipment", fire), version=1, by=convener)
    with pytest.raises(NotReady):
        imports.undo(batch=batch, by=convener)
    assert Piece.objects.count() == 4


@pytest.mark.parametrize("first", [0, 1])
def test_a_file_that_a_later_one_changed_is_taken_back_after_it(
    first: int, convener: Member, fire: Organisation
) -> None:
    files = [f"id,what,held by,kind\n1,{title},Fire,vehicle\n" for title in ("A bus", "A coach", "A van")]
    batches = [bring(convener, file) for file in files]
    with pytest.raises(NotReady, match="A later file, “f"):
        imports.undo(batch=batches[first], by=convener)
    assert Piece.objects.get().title == "A van"
    for batch, left in zip(reversed(batches), (["A coach"], ["A bus"], []), strict=True):
        imports.undo(batch=batch, by=convener)
        assert list(Piece.objects.values_list("title", flat=True)) == left


def test_undo_refuses_where_promises_rest_on_a_need(convener: Member) -> None:
    batch = bring(convener, "need,for whom,kind\nA van,the choir,vehicle\n", format="needs")
    commitment = factories.CommitmentFactory(place=convener.place)
    commitment.needs.add(Need.objects.get())
    with pytest.raises(NotReady):
        imports.undo(batch=batch, by=convener)
    commitment.needs.clear()
    imports.undo(batch=batch, by=convener)
    assert not Need.objects.exists()


def test_undo_refuses_to_untie_an_answer_from_its_ask(convener: Member, fire: Organisation) -> None:
    batch = bring(convener, "need,for whom,kind\nA van,the choir,vehicle\n", format="needs")
    services.offer_help(need=Need.objects.get(), giver=fire, words="Ours, on Fridays", by=convener)
    with pytest.raises(NotReady):
        imports.undo(batch=batch, by=convener)
    assert Help.objects.get().need is not None


def test_undo_refuses_to_lose_what_a_person_said_a_piece_is_for(convener: Member, fire: Organisation) -> None:
    batch = bring(convener, PIECES)
    bus, issue = Piece.objects.get(title="Minibus"), factories.IssueFactory(place=convener.place)
    services.say_what_for(piece=bus, themes=[], issues=[issue], topics=[], version=bus.version, by=convener)
    with pytest.raises(NotReady, match="Minibus"):
        imports.undo(batch=batch, by=convener)


def test_a_piece_somebody_only_looked_at_again_can_be_taken_back(convener: Member, fire: Organisation) -> None:
    batch = bring(convener, PIECES)
    services.check_piece(piece=Piece.objects.get(title="Minibus"), by=convener)
    imports.undo(batch=batch, by=convener)
    assert not Piece.objects.exists()


def test_a_table_of_needs_comes_in_and_is_known_again(convener: Member, fire: Organisation) -> None:
    table = "need,asked by,for whom,kind,urgency\nFuel,Fire,,money,high\nA ramp,,kirk folk,building,\nNobody,,,money,\n"
    assert outcome(bring(convener, table, format="needs")) == {"created": 2, "held": 1}
    assert Need.objects.get(title="Fuel").priority == 3
    assert outcome(bring(convener, table, format="needs")) == {"unchanged": 2, "held": 1}


@pytest.mark.parametrize(
    "cell", ["1e30", "1e9999", "1e-9", "-5", '"12,50"', "£500", "NaN", "1_000", "9999999999999", "(500)"]
)
def test_a_sum_that_cannot_be_kept_or_is_not_plain_holds_its_row(
    cell: str, convener: Member, fire: Organisation, client_for: ClientFor
) -> None:
    batch = bring(convener, f"what,held by,kind,amount\nFund,Fire,money,{cell}\nPot,Fire,money,5\n")
    assert outcome(batch) == {"created": 1, "held": 1}
    assert client_for(convener).get(reverse("jigsaw:pieces", args=[convener.place.slug])).status_code == 200


@pytest.mark.parametrize(
    ("cell", "amount"), [('"12,000.50"', "12000.50"), ("0", "0.00"), ("999999999999.99", "999999999999.99")]
)
def test_a_plain_sum_comes_in_to_the_penny(cell: str, amount: str, convener: Member, fire: Organisation) -> None:
    bring(convener, f"what,held by,kind,amount\nFund,Fire,money,{cell}\n")
    assert str(Piece.objects.get().amount) == amount


@dataclass(frozen=True)
class Sorting:
    """What a table may sort by."""

    winter: Issue
    cut_off: Issue
    spending: FrameworkNode
    table: str


SORTED = """id,title,asked_for,kind,issues,outcomes
1,A driver,the choir,people,Winter; cut off,"SPENDING"
2,A hall,the choir,building,winter,Fair work
3,A bench,the choir,building,Summer,
4,A seat,the choir,building,,Nowhere
"""


@pytest.fixture
def sorting(convener: Member) -> Sorting:
    """Two issues, a pillar, and a table that names them."""
    issues = [factories.IssueFactory(place=convener.place, title=title) for title in ("Winter", "Cut off")]
    return Sorting(*issues, spending := pillars(), SORTED.replace("SPENDING", spoken(spending)))


def test_a_table_says_what_needs_are_for_and_an_unknown_name_is_held(convener: Member, sorting: Sorting) -> None:
    batch = bring(convener, sorting.table, format="needs")
    assert outcome(batch) == {"created": 2, "held": 2}
    driver = Need.objects.get(title="A driver")
    assert {one.title for one in driver.issues.all()} == {"Winter", "Cut off"}
    assert [one.label for one in driver.topics.all()] == ["Spending"]
    assert [one.label for one in Need.objects.get(title="A hall").topics.all()] == ["Fair work"]
    told = [(row.row, row.field, row.reason.split("”")[0]) for row in batch.rows.filter(outcome="held").order_by("row")]
    assert told == [(4, "issues", "No issue of this place is called “Summer"), (5, "topics", "“Nowhere")]
    assert outcome(bring(convener, sorting.table, format="needs")) == {"unchanged": 2, "held": 2}


def test_a_file_sorts_a_need_anew_and_undo_puts_every_row_back(convener: Member, sorting: Sorting) -> None:
    bring(convener, sorting.table, format="needs")
    before = database()
    batch = bring(convener, sorting.table.replace("Winter; cut off", "cut off"), format="needs")
    assert outcome(batch) == {"updated": 1, "unchanged": 1, "held": 2}
    assert [one.title for one in Need.objects.get(title="A driver").issues.all()] == ["Cut off"]
    imports.undo(batch=batch, by=convener)
    now = database()
    links = [name for name in now if name.startswith("jigsaw_need_")]
    assert {name: rows for name, rows in now.items() if name not in links} == {
        name: rows for name, rows in before.items() if name not in links
    }
    assert all({row[1:] for row in now[name]} == {row[1:] for row in before[name]} for name in links)


def test_how_a_person_sorted_a_need_is_never_overwritten(convener: Member, sorting: Sorting) -> None:
    bring(convener, sorting.table, format="needs")
    Need.objects.get(title="A driver").issues.set([sorting.cut_off])
    assert outcome(bring(convener, sorting.table, format="needs")) == {"conflict": 1, "unchanged": 1, "held": 2}


def test_what_pieces_and_needs_are_for_leaves_and_comes_back_as_unchanged(
    convener: Member, fire: Organisation, sorting: Sorting
) -> None:
    for made in (
        factories.PieceFactory(place=convener.place, organisation=fire),
        factories.NeedFactory(place=convener.place, asked_by=fire),
    ):
        made.issues.set([sorting.winter, sorting.cut_off])
        made.topics.set([sorting.spending])
    for kind, write in (("pieces", exports.pieces), ("needs", exports.needs)):
        content = write(convener.place_id, convener).content
        assert b"Cut off; Winter" in content or b"Winter; Cut off" in content
        without_number = b"\n".join(line.split(b",", 1)[1] for line in content.splitlines())
        assert outcome(bring(convener, without_number, format=kind)) == {"unchanged": 1}


def test_a_missing_required_column_refuses_the_file(convener: Member) -> None:
    batch = stage(convener, "colour\nred\n")
    assert (batch.state, "No column of this file" in batch.failure) == (Batch.State.REFUSED, True)


def test_formulas_are_kept_as_text_and_leave_as_text(convener: Member, fire: Organisation) -> None:
    bring(convener, PIECES)
    assert Piece.objects.filter(title="=1+1").exists()
    written = exports.pieces(convener.place_id, convener)
    assert b",'=1+1," in written.content


def test_what_was_exported_comes_back_as_unchanged(convener: Member, fire: Organisation) -> None:
    bring(convener, PIECES)
    written = exports.pieces(convener.place_id, convener).content
    assert outcome(bring(convener, written)) == {"unchanged": 4}


def uploaded(browser: Client, slug: str, format: str, name: str, content: str) -> Any:  # noqa: A002
    """Bring a file through the one page for files, and follow to what comes next."""
    file = SimpleUploadedFile(name, content.encode())
    return browser.post(reverse("places:upload", args=[slug]), {"format": format, "file": file}, follow=True)


def test_pieces_come_in_through_the_browser(convener: Member, fire: Organisation, client_for: ClientFor) -> None:
    slug, browser = convener.place.slug, client_for(convener)
    asked = uploaded(browser, slug, "pieces", "pieces.csv", PIECES)
    batch = Batch.objects.get()
    here = reverse("places:import_answer", args=[slug, batch.pk])
    assert asked.redirect_chain[-1][0] == here
    assert "What do the columns mean?" in asked.content.decode()
    chosen = {
        "column_title": "what",
        "column_organisation": "held by",
        "column_kind": "kind",
        "column_external_id": "id",
    }
    answer = browser.post(here, chosen | {"default_sharability": "ask", "day_first": ""})
    assert answer.headers["Location"] == reverse("places:import", args=[slug, batch.pk])
    batch.refresh_from_db()
    assert (batch.state, batch.totals["created"]) == (Batch.State.STAGED, 4)


def test_a_table_of_needs_is_asked_about_too(convener: Member, client_for: ClientFor) -> None:
    page = uploaded(client_for(convener), convener.place.slug, "needs", "needs.csv", "need,for,kind\nFuel,us,money\n")
    assert "What is wanted" in page.content.decode()


# --- 360Giving -------------------------------------------------------------------------------------


def grant(number: int, **fields: Any) -> dict[str, Any]:
    recipient = fields.pop("recipient", {"id": "GB-SC-SC012345", "name": "Clachan Shed"})
    whole = {
        "id": f"360G-x-{number}", "title": "Stove", "description": "A stove", "currency": "GBP", "amountAwarded": 100,
        "awardDate": "2024-05-03", "fundingOrganization": [{"id": "GB-CHC-200051", "name": "The Fund"}],
    }  # fmt: skip
    return whole | ({"recipientOrganization": [recipient]} if recipient else {}) | fields


def package(*found: dict[str, Any]) -> str:
    return json.dumps({"grants": list(found)})


def flows_from(by: Member, *found: dict[str, Any]) -> Batch:
    return bring(by, package(*found), format="360giving", name="grants.json")


def test_individuals_never_become_persons(convener: Member) -> None:
    people, private = Person.objects.count(), [{"id": "x", "name": "Jane Private"}]
    flows_from(convener, grant(1, recipient=None, recipientIndividual=private))
    flow = FundingFlow.objects.get()
    assert (flow.recipient, "to_individual" in flow.flags) == (None, True)
    assert "Jane" not in json.dumps([model_to_dict(flow), flow.source_says], default=str)
    assert Person.objects.count() == people
    assert not Organisation.objects.filter(name__icontains="Jane").exists()


def test_a_number_links_only_where_the_name_agrees(convener: Member) -> None:
    shed = factories.OrganisationFactory(place=convener.place, name="The Clachan Shed Ltd", is_partner=True)
    OrganisationIdentifier.objects.create(organisation=shed, scheme="GB-SC", value="SC012345")
    stranger = {"id": "GB-SC-SC012345", "name": "Somebody Else Entirely"}
    flows_from(convener, grant(1), grant(2, recipient=stranger))
    linked, other = FundingFlow.objects.order_by("external_id")
    assert linked.recipient == shed
    assert other.recipient != shed
    assert other.recipient.identifiers.get().status == "shared"  # type: ignore[union-attr]


def test_an_equal_name_alone_links_to_nobody_who_was_here(convener: Member) -> None:
    shed = factories.OrganisationFactory(place=convener.place, name="Clachan Shed")
    flows_from(convener, grant(1))
    assert FundingFlow.objects.get().recipient != shed


def test_numbers_private_to_a_publisher_never_link_two(convener: Member) -> None:
    one, other = ({"id": f"360G-pub-{n}", "name": "Clachan Shed"} for n in (1, 2))
    flows_from(convener, grant(1, recipient=one), grant(2, recipient=other), grant(3, recipient=one))
    assert FundingFlow.objects.values("recipient").distinct().count() == 2


def test_within_a_file_an_equal_name_is_one_unless_two_numbers_speak_against_it(convener: Member) -> None:
    charity, company = {"id": "GB-SC-SC012345", "name": "The Shed"}, {"id": "GB-COH-SC123456", "name": "Shed Ltd"}
    flows_from(convener, grant(1, recipient=charity), grant(2, recipient=company))
    assert FundingFlow.objects.values("recipient").distinct().count() == 1
    two = [{"id": f"GB-SC-SC00000{n}", "name": "Village Hall"} for n in (1, 2)]
    flows_from(convener, *(grant(5 + n, recipient=one) for n, one in enumerate(two)))
    assert (
        FundingFlow.objects.filter(external_id__in=["360G-x-5", "360G-x-6"]).values("recipient").distinct().count() == 2
    )


def test_organisations_of_a_file_take_no_part_until_a_person_says_so(convener: Member) -> None:
    flows_from(convener, grant(1))
    assert not Organisation.objects.filter(is_partner=True).exists()


def test_a_changed_grant_is_updated_and_undo_puts_it_back(convener: Member) -> None:
    flows_from(convener, grant(1), grant(2))
    before = [model_to_dict(flow) for flow in FundingFlow.objects.order_by("pk")]
    batch = flows_from(convener, grant(1, amountAwarded=250, recipient={"id": "GB-SC-SC099999", "name": "New Hands"}))
    assert outcome(batch) == {"updated": 1}
    assert FundingFlow.objects.get(external_id="360G-x-1").amount == 250
    assert not FundingFlow.objects.get(external_id="360G-x-2").in_latest_file
    imports.undo(batch=batch, by=convener)
    assert [model_to_dict(flow) for flow in FundingFlow.objects.order_by("pk")] == before
    assert not Organisation.objects.filter(name="New Hands").exists()


Tied = Callable[[Organisation, Organisation, Member], object]


def tie(funder: Organisation, fire: Organisation, by: Member) -> None:
    services.report_tie(source=funder, target=fire, level=3, by=by)


def introduction(funder: Organisation, fire: Organisation, by: Member) -> None:
    found = Synergy.objects.create(place=by.place, signature="x", kind=Synergy.Kind.KINDRED)
    services.introduce(synergy=found, one=funder, other=fire, subject="Do meet", words="Dear both", by=by)


def person(funder: Organisation, _fire: Organisation, by: Member) -> None:
    factories.PersonFactory(place=by.place, organisation=funder)


def name(funder: Organisation, _fire: Organisation, by: Member) -> None:
    add_name(organisation=funder, name="The Trust", kind="known_as", by=by)


@pytest.mark.parametrize("rest_upon", [tie, introduction, person, name])
def test_undo_refuses_to_untie_what_people_joined_to_an_organisation_of_a_file(
    rest_upon: Tied, convener: Member, fire: Organisation
) -> None:
    batch = flows_from(convener, grant(1))
    rest_upon(FundingFlow.objects.get().funder, fire, convener)
    with pytest.raises(NotReady, match="Something here rests on"):
        imports.undo(batch=batch, by=convener)
    assert FundingFlow.objects.count() == 1


def test_undo_takes_back_how_a_file_wrote_an_organisation_that_was_here(convener: Member) -> None:
    flows_from(convener, grant(1))
    before = SourceRecord.objects.count()
    to = grant(1)["recipientOrganization"][0]
    batch = flows_from(convener, grant(3, recipient=to | {"name": to["name"].upper()}))
    assert SourceRecord.objects.count() > before
    imports.undo(batch=batch, by=convener)
    assert SourceRecord.objects.count() == before


def test_a_grant_whose_row_is_held_is_listed_all_the_same(convener: Member) -> None:
    flows_from(convener, grant(1), grant(2))
    batch = flows_from(convener, grant(1), grant(2, description=""))
    assert outcome(batch) == {"unchanged": 1, "held": 1}
    assert FundingFlow.objects.get(external_id="360G-x-2").in_latest_file


def test_a_title_longer_than_can_be_kept_says_which_field_and_what_it_was(convener: Member) -> None:
    held = stage(convener, package(grant(1, title="A" * 1001)), format="360giving").rows.get()
    assert (held.outcome, held.field, held.value) == ("held", "title", "A" * 200)


def test_what_is_doubtful_throughout_a_file_is_told_once(convener: Member) -> None:
    batch = stage(convener, package(*(grant(n, fromOpenCall="Y") for n in (1, 2))), format="360giving")
    assert [note for note in batch.notes if note.startswith("fromOpenCall: 2 rows have")]


def test_sums_are_never_added_across_currencies(convener: Member, client_for: ClientFor) -> None:
    flows_from(convener, grant(1), grant(2, currency="EUR", amountAwarded=40))
    page = client_for(convener).get(reverse("jigsaw:flows", args=[convener.place.slug])).content.decode()
    assert "100.00 GBP" in page
    assert "40.00 EUR" in page
    assert "140.00" not in page


def test_doubtful_dates_wait_for_one_answer(convener: Member, client_for: ClientFor) -> None:
    content = package(*(grant(n, awardDate=f"0{n}/05/2024") for n in (1, 2)))
    held = stage(convener, content, format="360giving", name="grants.json")
    assert outcome(held) == {"held": 2}
    browser, slug = client_for(convener), convener.place.slug
    asked = uploaded(browser, slug, "360giving", "grants.json", content)
    page = asked.content.decode()
    assert "How are dates written?" in page
    assert "Day first: 31/12/2026" in page
    batch = Batch.objects.earliest("-pk")
    assert batch.state == Batch.State.ASKING
    browser.post(asked.request["PATH_INFO"], {"day_first": "yes"})
    batch.refresh_from_db()
    assert outcome(batch) == {"created": 2}
    assert (
        reverse("places:import_answer", args=[slug, batch.pk])
        in browser.get(asked.redirect_chain[-2][0]).content.decode()
    )
    browser.post(asked.request["PATH_INFO"], {"day_first": "no"})
    imports.accept(batch=batch, by=convener)
    assert [f"{one.awarded_on}" for one in FundingFlow.objects.order_by("external_id")] == ["2024-01-05", "2024-02-05"]


def test_grants_whose_dates_are_clear_are_asked_nothing(convener: Member, client_for: ClientFor) -> None:
    page = uploaded(client_for(convener), convener.place.slug, "360giving", "grants.json", package(grant(1)))
    assert "Nothing has changed yet" in page.content.decode()
    assert Batch.objects.get().state == Batch.State.STAGED


def test_a_file_that_is_no_grants_is_refused_in_a_sentence(convener: Member) -> None:
    batch = stage(convener, '{"grants": [', format="360giving", name="grants.json")
    assert batch.state == Batch.State.REFUSED
    assert "line" in batch.failure


def test_the_same_name_spelt_differently_is_one_canonical_name() -> None:
    assert canonical("The Clachan Men's Shed (SCIO) Ltd.") == canonical("CLACHAN MENS SHED")
    assert canonical("Rural CAB") == canonical("Rural Citizens Advice Bureau")
    assert canonical("The") == "the"


def test_the_wizard_refuses_what_is_no_table(convener: Member, client_for: ClientFor) -> None:
    page = uploaded(client_for(convener), convener.place.slug, "pieces", "empty.csv", "what,kind\n").content.decode()
    assert "empty.csv has a header and no rows." in page
    assert Batch.objects.get().state == Batch.State.REFUSED
