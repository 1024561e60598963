"""One organisation, many names and numbers: found by rule, decided by people, put together and parted exactly."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import TestCase

from placeweave.jigsaw.models import FundingFlow, Tie
from placeweave.jigsaw.queries import tie_pairs
from placeweave.kit import imports
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.kit.imports import Upload
from placeweave.kit.models import Analysis
from placeweave.places import queries, services
from placeweave.places.models import (
    Member,
    Merge,
    Organisation,
    OrganisationIdentifier,
    Pairing,
    Place,
    Remembered,
    Sector,
    Site,
    SourceRecord,
)
from placeweave.places.services.looking import KIND
from placeweave.places.services.merging import merge
from placeweave.thread.bundle import writing
from tests import factories

pytestmark = pytest.mark.django_db
JOURNALS = ("kit.auditentry", "kit.analysis", "places.merge", "places.remembered", "places.pairing")
"""What tells of deeds; everything else must be as it was."""


def body(place: Place, name: str, *numbers: str, at: str = "", **more: Any) -> Organisation:
    made = factories.OrganisationFactory(place=place, name=name, sector=more.pop("sector", Sector.UNKNOWN), **more)
    for number in numbers:
        scheme, value = number.rsplit("-", 1)
        OrganisationIdentifier.objects.create(organisation=made, scheme=scheme, value=value, source="a file")
    if at:
        Site.objects.create(organisation=made, label="Office", postcode=at)
    return made


def look(by: Member) -> Analysis:
    """Have the place compared, until nothing new comes of it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.look(place=by.place, by=by)
    found = queries.latest_look(by.place)
    assert found is not None
    assert found.state == "done", found.failure
    return found


def pairing(one: Organisation, other: Organisation) -> Pairing:
    return Pairing.objects.get(one=min(one.pk, other.pk), other=max(one.pk, other.pk))


def say(found: Pairing, state: str, by: Member, **more: Any) -> Merge | None:
    return services.decide(pairing=found, version=found.version, answer=services.Answer(state, **more), by=by)


def exported(place: Place) -> dict[str, bytes]:
    """Give every file of the export but the journals of deeds."""
    content, _count = writing.write(place)
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = [name for name in bundle.namelist() if name.startswith("json/")]
        return {name: bundle.read(name) for name in names if not name.removeprefix("json/").startswith(JOURNALS)}


# --- What a look does -------------------------------------------------------------------------------------------------


def test_what_is_sure_is_put_together_by_rule_and_listed_with_its_reasons(convener: Member) -> None:
    mine = body(convener.place, "Otter Watch", at="ZE1 0AA", description="Counts otters")
    file = body(convener.place, "The Otter Watch Ltd.", "GB-SC-SC012345", at="ZE1 0AA", is_partner=False)
    look(convener)
    [event] = queries.merges(convener.place)
    assert (event.survivor, event.gone, event.is_automatic, event.by) == (mine, file, True, None)
    assert "They have the same postcode." in queries.spoken(event.reasons)
    assert list(Organisation.objects.filter(place=convener.place)) == [mine]
    assert str(mine.identifiers.get()) == "GB-SC-SC012345"
    assert [one.name for one in mine.names.all()] == ["The Otter Watch Ltd."]
    assert not queries.linkage_counts(convener.place)["suggested"]


def test_looking_again_finds_nothing_new(convener: Member) -> None:
    body(convener.place, "Otter Watch", at="ZE1 0AA")
    body(convener.place, "Otter Watch Ltd", at="ZE1 0AA")
    body(convener.place, "Sea Eagles", at="ZE1 0AA")
    body(convener.place, "Sea Eagles SCIO")
    look(convener)
    before = list(Pairing.objects.order_by("pk").values())
    look(convener)
    assert list(Pairing.objects.order_by("pk").values()) == before
    assert Merge.objects.count() == 1


def test_a_missing_postcode_is_suggested_and_waits(convener: Member) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    assert pairing(one, other).is_suggested
    assert not Merge.objects.exists()


def test_one_number_on_strangers_becomes_a_question(convener: Member) -> None:
    one = body(convener.place, "Otter Watch", "GB-SC-SC012345")
    other = body(convener.place, "Credit Union", "GB-SC-SC012345")
    look(convener)
    found = pairing(one, other)
    assert (found.kind, found.is_suggested, found.state) == ("number", False, "open")
    assert not Merge.objects.exists()


@pytest.mark.parametrize("what", ["members", "tie", "values"])
def test_a_rule_never_joins_two_that_people_speak_for_or_that_deal_with_each_other(convener: Member, what: str) -> None:
    place = convener.place
    one, other = body(place, "Otter Watch", at="ZE1 0AA"), body(place, "Otter Watch Ltd", at="ZE1 0AA")
    if what == "members":
        for organisation in (one, other):
            factories.MemberFactory(place=place, person__organisation=organisation)
    if what == "tie":
        Tie.objects.create(place=place, source=one, target=other, level=2)
    if what == "values":
        Organisation.objects.filter(pk=one.pk).update(sector=Sector.HEALTH)
        Organisation.objects.filter(pk=other.pk).update(sector=Sector.FIRE)
    look(convener)
    found = pairing(one, other)
    assert (found.kind, found.is_suggested) == ("values", False)
    assert not Merge.objects.exists()


def test_a_chain_with_one_weak_link_does_not_become_one(convener: Member) -> None:
    place = convener.place
    body(place, "Otter Watch", "GB-SC-SC000001", at="ZE1 0AA")
    body(place, "Otter Watch (Sea Eagle Fund)", "GB-SC-SC000001", "GB-COH-00000001", at="ZE1 0AA")
    body(place, "Sea Eagle Fund", "GB-COH-00000001", at="KW1 1AA")
    look(convener)
    assert not Merge.objects.exists()
    assert queries.linkage_counts(place)["suggested"] == 2


def test_ids_of_one_publisher_never_join_two(convener: Member) -> None:
    body(convener.place, "Otter Watch", "360G-a-1")
    body(convener.place, "Credit Union", "360G-a-1")
    look(convener)
    assert not Pairing.objects.exists()


def test_the_other_place_is_never_looked_at(convener: Member, other_place: Place) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(other_place, "Otter Watch", at="ZE1 0AA")
    look(convener)
    assert not Pairing.objects.exists()
    with pytest.raises(Refused):
        merge(survivor=one, gone=other, by=convener)


# --- Deciding ---------------------------------------------------------------------------------------------------------


def test_registered_anew_ends_as_one_with_two_numbers_and_a_predecessor(convener: Member) -> None:
    old = body(convener.place, "Govan Law Centre", "GB-SC-SC030193", at="G51 3UW")
    new = body(convener.place, "Govan Law Centre", "GB-SC-SC047423", at="G51 3UW")
    look(convener)
    found = pairing(old, new)
    assert (found.kind, found.is_suggested) == ("mismatch", False)
    numbers = "one_first" if found.one_id == old.pk else "other_first"
    say(found, "same", convener, stands=new.pk, numbers=numbers, why="A SCIO since 2017")
    [former, current] = new.identifiers.order_by("value")
    assert (former.status, former.succeeded_by, current.status) == ("former", current, "current")


def test_whose_number_it_is_settles_a_conflict_and_the_wrong_one_matches_nothing_any_more(convener: Member) -> None:
    one = body(convener.place, "Otter Watch", "GB-SC-SC012345")
    other = body(convener.place, "Credit Union", "GB-SC-SC012345")
    look(convener)
    say(pairing(one, other), "different", convener, numbers="one", why="A copied row")
    assert one.identifiers.get().status == "current"
    assert other.identifiers.get().status == "disputed"
    Remembered.objects.all().delete()
    look(convener)
    assert pairing(one, other).state == "different"


def test_not_the_same_is_remembered_for_ever_under_every_spelling_and_for_new_rows(convener: Member) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    say(pairing(one, other), "different", convener, why="Two towns")
    Pairing.objects.all().delete()
    other.delete()
    body(convener.place, "OTTER  WATCH ltd")
    look(convener)
    assert not Merge.objects.exists()
    assert not any(queries.linkage_counts(convener.place).values())


def test_a_lifted_decision_is_asked_about_again(convener: Member) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    say(pairing(one, other), "different", convener)
    services.lift(decision=Remembered.objects.get(), by=convener)
    look(convener)
    assert (pairing(one, other).state, pairing(one, other).decided_by) == ("open", None)
    with pytest.raises(NotReady):
        services.lift(decision=Remembered.objects.get(), by=convener)


def test_what_was_put_off_stays_put_off_until_something_new_speaks(convener: Member) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    say(pairing(one, other), "later", convener)
    body(convener.place, "Credit Union")
    look(convener)
    assert (pairing(one, other).state, pairing(one, other).has_changed) == ("later", False)
    OrganisationIdentifier.objects.create(organisation=one, scheme="GB-SC", value="SC000001")
    OrganisationIdentifier.objects.create(organisation=other, scheme="GB-SC", value="SC000002")
    look(convener)
    assert (pairing(one, other).state, pairing(one, other).has_changed) == ("open", True)
    say(pairing(one, other), "later", convener)
    assert not pairing(one, other).has_changed


def test_what_was_refused_stays_away_until_both_name_and_number_are_others(convener: Member) -> None:
    one, other = (
        body(convener.place, "Otter Watch", "GB-SC-SC000001", at="ZE1 0AA"),
        body(convener.place, "Otter Watch"),
    )
    look(convener)
    say(pairing(one, other), "different", convener)
    Site.objects.create(organisation=other, label="Office", postcode="ZE1 0AA")
    look(convener)
    assert pairing(one, other).state == "different"
    Organisation.objects.filter(place=convener.place).update(name="Lutra Trust")
    one.identifiers.update(value="SC000002")
    look(convener)
    assert (pairing(one, other).state, pairing(one, other).has_changed) == ("same", True)


def test_many_are_accepted_in_one_go_and_what_changed_meanwhile_is_left(convener: Member) -> None:
    place = convener.place
    one, other = body(place, "Otter Watch", at="ZE1 0AA"), body(place, "Otter Watch Ltd")
    third, fourth = body(place, "Sea Eagles", at="ZE1 0AA"), body(place, "Sea Eagles Ltd")
    look(convener)
    both = [(found.pk, found.version) for found in (pairing(one, other), pairing(third, fourth))]
    say(pairing(third, fourth), "later", convener)
    done = services.accept_many(place_id=place.pk, ticked=both, by=convener)
    assert (done.merged, done.left) == (1, 1)
    assert Remembered.objects.get().is_same
    with pytest.raises(Unsound):
        services.accept_many(place_id=place.pk, ticked=[], by=convener)


def test_whoever_decides_second_sees_what_the_first_decided(
    convener: Member, member_with: Callable[..., Member]
) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    found = pairing(one, other)
    say(found, "different", member_with(Standing.FACILITATOR), why="I asked them")
    with pytest.raises(Conflict) as conflict:
        say(found, "same", convener, stands=one.pk)
    assert "I asked them" in conflict.value.theirs.values()
    assert not Merge.objects.exists()


def test_only_those_who_hold_the_space_decide(convener: Member, member_with: Callable[..., Member]) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch Ltd")
    look(convener)
    partner = member_with(Standing.PARTNER)
    with pytest.raises(Refused):
        say(pairing(one, other), "same", partner, stands=one.pk)
    with pytest.raises(Refused):
        services.look(place=convener.place, by=partner)


# --- Putting together and parting -------------------------------------------------------------------------------------


@pytest.fixture
def entangled(convener: Member) -> tuple[Organisation, Organisation]:
    """Two organisations that everything in the house points at, some of it at both."""
    place = convener.place
    one = body(place, "Otter Watch", "GB-SC-SC012345", "GB-COH-00000001", at="ZE1 0AA", sector=Sector.HEALTH)
    other = body(place, "Lutra Trust", "GB-SC-SC012345", "GB-SC-SC054321", at="KW1 1AA", description="Counts otters")
    third = body(place, "Sea Eagles", is_statutory=True)
    SourceRecord.objects.create(organisation=other, source="360Giving", written_number="GB-SC-SC054321", name="Lutra")
    conversation = factories.ConversationFactory(place=place)
    conversation.invited.add(one, other)
    for organisation in (one, other):
        factories.PieceFactory(place=place, organisation=organisation)
        factories.PersonFactory(place=place, organisation=organisation)
        factories.ContributionFactory(place=place, conversation=conversation, organisation=organisation)
        Tie.objects.create(place=place, source=organisation, target=third, level=2, reported_on="2026-01-01")
    Tie.objects.create(place=place, source=one, target=other, level=3)
    FundingFlow.objects.create(
        place=place, external_id="1", title="t", currency="GBP", amount=1, awarded_on="2026-01-01", funder=other
    )
    return one, other


def test_everything_that_pointed_at_the_one_that_goes_points_at_the_other_and_is_listed(
    entangled: tuple[Organisation, Organisation], convener: Member
) -> None:
    one, other = entangled
    event = merge(survivor=one, gone=other, by=convener)
    assert one.pieces.count() == 2
    assert one.people.count() == 2
    assert one.gave.count() == 1
    assert {"jigsaw.piece.organisation", "listening.contribution.organisation", "places.site.organisation"} <= set(
        event.moved
    )
    assert set(event.left) == {
        "jigsaw.tie.source",
        "jigsaw.tie.target",
        "listening.conversation_invited.organisation",
        "places.organisationidentifier.organisation",
    }
    assert [str(number) for number in one.identifiers.order_by("scheme", "value")] == [
        "GB-COH-00000001",
        "GB-SC-SC012345",
        "GB-SC-SC054321",
    ]
    one.refresh_from_db()
    assert (one.description, one.sector) == ("Counts otters", Sector.HEALTH)


def test_a_tie_between_two_that_became_one_is_not_shown_and_comes_back(
    entangled: tuple[Organisation, Organisation], convener: Member
) -> None:
    one, other = entangled
    assert len(tie_pairs(convener.place)) == 3
    event = merge(survivor=one, gone=other, by=convener)
    assert [(pair.one.name, pair.other.name) for pair in tie_pairs(convener.place)] == [("Otter Watch", "Sea Eagles")]
    services.part(event=event, by=convener)
    assert len(tie_pairs(convener.place)) == 3


def test_parting_gives_both_back_exactly(entangled: tuple[Organisation, Organisation], convener: Member) -> None:
    one, other = entangled
    before = exported(convener.place)
    event = merge(survivor=one, gone=other, by=convener, numbers="gone_first")
    assert exported(convener.place) != before
    parted = services.part(event=event, by=convener)
    assert exported(convener.place) == before
    assert parted.added == []
    assert not Remembered.objects.get().is_same
    with pytest.raises(NotReady):
        services.part(event=event, by=convener)


def test_merges_are_undone_in_any_order_that_leaves_none_standing_on_another(convener: Member) -> None:
    place = convener.place
    one, two, three, four = (body(place, name) for name in ("Otters", "Lutra", "Eagles", "Seals"))
    for organisation in (one, two, three, four):
        factories.PieceFactory(place=place, organisation=organisation)
    before = exported(place)
    first = merge(survivor=one, gone=two, by=convener)
    second = merge(survivor=one, gone=three, by=convener)
    last = merge(survivor=four, gone=one, by=convener)
    with pytest.raises(NotReady, match="Otters is now Seals"):
        services.part(event=first, by=convener)
    services.part(event=last, by=convener)
    services.part(event=first, by=convener)
    services.part(event=second, by=convener)
    after = exported(place)
    assert {name for name in before if after[name] != before[name]} <= {"json/places.organisation.jsonl"}
    assert _without_versions(after) == _without_versions(before)


def _without_versions(export: dict[str, bytes]) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in export["json/places.organisation.jsonl"].splitlines()]
    return [{name: value for name, value in row.items() if name != "version"} for row in rows]


def test_one_whose_rows_stayed_for_the_sake_of_an_earlier_merge_is_undone_first(convener: Member) -> None:
    place = convener.place
    one, two, three = (body(place, name) for name in ("Otters", "Lutra", "Eagles"))
    conversation = factories.ConversationFactory(place=place)
    conversation.invited.add(two, three)
    first = merge(survivor=one, gone=two, by=convener)
    second = merge(survivor=one, gone=three, by=convener)
    with pytest.raises(NotReady, match="Eagles is now Otters"):
        services.part(event=first, by=convener)
    services.part(event=second, by=convener)
    services.part(event=first, by=convener)
    assert set(conversation.invited.all()) == {two, three}


def test_what_was_added_since_stays_and_is_told(entangled: tuple[Organisation, Organisation], convener: Member) -> None:
    one, other = entangled
    event = merge(survivor=one, gone=other, by=convener)
    new = factories.PieceFactory(place=convener.place, organisation=one)
    assert services.part(event=event, by=convener).added == [("pieces", 1)]
    new.refresh_from_db()
    assert new.organisation == one


def test_what_a_person_changed_since_stays_as_they_wrote_it(convener: Member) -> None:
    one, other = body(convener.place, "Otters"), body(convener.place, "Lutra", description="Counts otters")
    event = merge(survivor=one, gone=other, by=convener)
    one.refresh_from_db()
    said = services.Particulars(name="Otters", sector=Sector.UNKNOWN, description="Counts seals")
    services.edit_organisation(organisation=one, version=one.version, said=said, by=convener)
    services.part(event=event, by=convener)
    one.refresh_from_db()
    assert one.description == "Counts seals"


def test_a_person_outranks_a_file_whichever_stands(convener: Member) -> None:
    batch = imports.keep_upload(
        format="360giving", upload=Upload("a.json", b"{}"), place_id=convener.place.pk, options={}, by=convener
    )
    file = body(convener.place, "Otters", sector=Sector.FUNDER, batch=batch)
    mine = body(convener.place, "Lutra", sector=Sector.HEALTH)
    assert services.who_stands(file, mine) == (mine, file)
    merge(survivor=file, gone=mine, by=convener)
    file.refresh_from_db()
    assert file.sector == Sector.HEALTH
    assert services.who_stands(file, body(convener.place, "Seals", is_partner=False))[0] == file


def test_a_parted_pair_is_not_put_together_by_the_next_look(convener: Member) -> None:
    one, other = body(convener.place, "Otter Watch", at="ZE1 0AA"), body(convener.place, "Otter Watch", at="ZE1 0AA")
    look(convener)
    services.part(event=Merge.objects.get(), by=convener)
    look(convener)
    assert set(Organisation.objects.filter(place=convener.place)) == {one, other}
    assert pairing(one, other).state == "different"


# --- With files -------------------------------------------------------------------------------------------------------


def bring(by: Member, *recipients: dict[str, str], name: str = "a.json") -> Any:
    grants = [
        {
            "id": f"360G-x-{number}",
            "title": "A grant",
            "description": "For otters",
            "currency": "GBP",
            "amountAwarded": 100,
            "awardDate": "2026-01-02",
            "recipientOrganization": [recipient],
            "fundingOrganization": [{"id": "GB-CHC-1000147", "name": "A Funder"}],
        }
        for number, recipient in enumerate(recipients)
    ]
    upload = Upload(name, json.dumps({"grants": grants}).encode())
    batch = imports.stage(format="360giving", upload=upload, place_id=by.place_id, options={}, by=by)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return imports.accept(batch=batch, by=by)


def test_a_file_is_compared_with_what_is_here_as_soon_as_it_is_in(convener: Member) -> None:
    mine = body(convener.place, "Otter Watch", at="ZE1 0AA")
    bring(convener, {"id": "GB-SC-SC012345", "name": "Otter Watch SCIO", "postalCode": "ZE1 0AA"})
    assert Merge.objects.get().survivor == mine
    assert mine.received.count() == 1
    assert mine.records.get().written_number == "GB-SC-SC012345"


def test_a_file_is_taken_back_with_the_merges_it_took_part_in(convener: Member) -> None:
    mine = body(convener.place, "Otter Watch", at="ZE1 0AA")
    before = exported(convener.place)
    batch = bring(convener, {"id": "GB-SC-SC012345", "name": "Otter Watch SCIO", "postalCode": "ZE1 0AA"})
    imports.undo(batch=batch, by=convener)
    after = exported(convener.place)
    assert {name for name in before if before[name] != after[name]} <= {
        "json/kit.batch.jsonl",
        "json/kit.batchrow.jsonl",
    }
    assert not mine.received.exists()


def test_the_same_file_again_gives_no_new_suggestion(convener: Member) -> None:
    rows = [
        {"id": "GB-SC-SC012345", "name": "Otter Watch SCIO"},
        {"id": "GB-SC-SC012345", "name": "Credit Union"},
        {"id": "360G-a-1", "name": "Otter Watch"},
    ]
    bring(convener, *rows)
    before = list(Pairing.objects.order_by("pk").values_list("one", "other", "state", "reasons"))
    bring(convener, *rows, name="again.json")
    assert list(Pairing.objects.order_by("pk").values_list("one", "other", "state", "reasons")) == before


def test_a_refused_pair_stays_away_when_its_file_is_taken_back_and_brought_in_again(convener: Member) -> None:
    body(convener.place, "Otter Watch")
    batch = bring(convener, {"id": "GB-SC-SC012345", "name": "Otter Watch SCIO"})
    say(Pairing.objects.get(), "different", convener, why="Two towns")
    imports.undo(batch=batch, by=convener)
    assert not Pairing.objects.exists()
    bring(convener, {"id": "GB-SC-SC012345", "name": "Otter Watch SCIO"}, name="again.json")
    assert Organisation.objects.filter(place=convener.place, name__startswith="Otter").count() == 2
    assert not Merge.objects.exists()
    assert not any(queries.linkage_counts(convener.place).values())


def test_the_kind_of_analysis_is_known_under_one_name() -> None:
    assert queries.linkage.KIND == KIND  # type: ignore[attr-defined]
