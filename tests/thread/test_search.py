"""Search: over every room, and of what people said only what the reader may read."""

from __future__ import annotations

from placeweave.kit.access import Standing
from placeweave.listening.models import Scope
from placeweave.places.models import Place
from placeweave.thread.queries.search import search
from tests.factories import ContributionFactory, MemberFactory


def test_search_finds_only_what_the_reader_may_read(place: Place) -> None:
    ContributionFactory(place=place, text="The last bus", scope=Scope.NOTES)
    ContributionFactory(place=place, text="The first bus", scope=Scope.PARTNERS)
    ContributionFactory(text="The bus of another place", scope=Scope.PUBLIC)
    partner = MemberFactory(place=place, standing=Standing.PARTNER)
    assert [one.words for one in search(place, partner, "bus THE").words] == ["The first bus"]
    assert search(place, partner, "% _ '").is_empty
