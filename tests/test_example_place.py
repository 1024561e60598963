"""What other tests are given as the example place is what its own verbs made."""

from __future__ import annotations

from django.db import transaction

from placeweave.example.load import load
from placeweave.listening.models import Vote
from placeweave.places.models import Place
from tests import example_place


def test_a_place_that_is_laid_again_is_the_place_that_was_loaded(db: None) -> None:
    with transaction.atomic():
        first = example_place.laid("clachan", load)
        transaction.set_rollback(True)
    assert not Vote.objects.exists()
    again = example_place.laid("clachan", load)
    loaded, found = example_place._kept["clachan"].made, example_place.rows()
    assert again == first
    assert [model for model, wanted in loaded.items() if not set(wanted) <= set(found[model])] == []
    assert len(found[Vote]) == len(loaded[Vote]) > 3_000


def test_a_place_is_made_anew_where_something_else_lies_beneath(db: None) -> None:
    made: list[int] = []

    def make() -> Place:
        made.append(len(made))
        return Place.objects.create(slug="trial", name="Trial")

    for beneath, times in (([], 1), ([], 1), (["another"], 2)):
        with transaction.atomic():
            for slug in beneath:
                Place.objects.create(slug=slug, name=slug)
            example_place.laid("trial", make)
            transaction.set_rollback(True)
        assert len(made) == times
    del example_place._kept["trial"]


def test_more_can_be_made_in_a_place_that_was_laid(db: None) -> None:
    place = example_place.laid("clachan", load)
    assert Place.objects.create(slug="another", name="Another").pk > place.pk
