"""Search: over every room, and of what people said only what the reader may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from factory.declarations import Sequence
from pytest_django import DjangoAssertNumQueries

from placeweave.kit.access import Standing
from placeweave.kit.finding import MOST
from placeweave.listening.models import Scope
from placeweave.places.access import visitor
from placeweave.places.models import Member, Place
from placeweave.thread.queries.search import search
from tests.factories import (
    CommitmentFactory,
    ContributionFactory,
    IssueFactory,
    MemberFactory,
    NeedFactory,
    OrganisationFactory,
    PersonFactory,
    PieceFactory,
    PurposeFactory,
    PurposeVersionFactory,
    ThemeFactory,
)


def test_search_finds_only_what_the_reader_may_read(place: Place) -> None:
    ContributionFactory(place=place, text="The last bus", scope=Scope.NOTES)
    ContributionFactory(place=place, text="The first bus", scope=Scope.PARTNERS)
    ContributionFactory(text="The bus of another place", scope=Scope.PUBLIC)
    partner = MemberFactory(place=place, standing=Standing.PARTNER)
    assert [one.words for one in search(place, partner, "bus THE").words] == ["The first bus"]
    assert search(place, partner, "% _ '").is_empty


def test_every_room_answers_for_its_own_and_a_stranger_is_told_nothing(place: Place) -> None:
    organisation = OrganisationFactory(place=place, name="Quernstone Hall")
    PersonFactory(place=place, name="Ann Quernstone", is_listed=True)
    PersonFactory(place=place, name="Unlisted Quernstone", is_listed=False)
    IssueFactory(place=place, title="Quernstone winter")
    ThemeFactory(place=place, title="Quernstone nights")
    PieceFactory(place=place, organisation=organisation, title="Quernstone van")
    NeedFactory(place=place, title="Quernstone driver")
    CommitmentFactory(place=place, what="Lend the quernstone")
    ThemeFactory(title="Quernstone elsewhere")
    inside = MemberFactory(place=place, standing=Standing.COMMUNITY)
    found = {(one.kind, one.title) for one in search(place, inside, " quernstone ").hits}
    assert found == {
        ("Theme", "Quernstone nights"),
        ("Piece", "Quernstone van"),
        ("Need", "Quernstone driver"),
        ("Commitment", "Lend the quernstone"),
        ("Issue", "Quernstone winter"),
        ("Organisation", "Quernstone Hall"),
        ("Person", "Ann Quernstone"),
    }
    assert search(place, visitor(place), "quernstone").is_empty


def test_a_search_with_much_in_every_room_stays_within_twelve_queries(
    place: Place,
    convener: Member,
    client_for: Callable[[Member], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for make in (PieceFactory, NeedFactory, ThemeFactory, IssueFactory, PurposeFactory):
        make.create_batch(25, place=place, title=Sequence(lambda n: f"The bus {n}"))
    OrganisationFactory.create_batch(25, place=place, name=Sequence(lambda n: f"Bus company {n}"))
    PersonFactory(place=place, name="Ann Bus", is_listed=True)
    CommitmentFactory(place=place, what="Lend the bus")
    ContributionFactory.create_batch(5, place=place, text="The last bus", scope=Scope.PUBLIC)
    browser = client_for(convener)
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("thread:search", args=[place.slug]), {"q": "bus"})
    kinds = Counter(one.kind for one in page.context["found"].hits)
    assert {kinds[one] for one in ("Piece", "Need", "Theme", "Issue", "Purpose", "Organisation")} == {MOST}
    assert len(page.context["found"].words) == 5


def test_a_purpose_is_found_once_by_any_of_its_wordings(place: Place) -> None:
    purpose = PurposeFactory(place=place, title="A quernstone")
    for version in (1, 2):
        PurposeVersionFactory(purpose=purpose, number=version, wording="Every quernstone counts")
    found = search(place, MemberFactory(place=place, standing=Standing.COMMUNITY), "quernstone").hits
    assert [(one.kind, one.title) for one in found] == [("Purpose", "A quernstone")]


def test_no_words_find_nothing_rather_than_everything(place: Place) -> None:
    ContributionFactory(place=place, text="The first bus", scope=Scope.PUBLIC)
    ThemeFactory(place=place)
    assert search(place, MemberFactory(place=place), "   ").is_empty
