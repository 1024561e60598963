"""The first query of every page gives a place as any other query would."""

from __future__ import annotations

from placeweave.places.models import Place
from tests import factories


def test_a_place_is_entered_with_the_same_strand_as_it_is_fetched_with(place: Place) -> None:
    factories.ContributionFactory(place=place)
    factories.ThemeFactory(place=place)
    fetched = Place.objects.workspaces().with_strand().get(slug=place.slug)
    entered = Place.objects.all().entered(place.slug)
    assert entered is not None
    for name in (one for one in vars(fetched) if not one.startswith("_")):
        assert getattr(entered, name) == getattr(fetched, name), name


def test_what_is_no_workspace_is_not_entered(place: Place) -> None:
    Place.objects.create(slug="braehead", name="Braehead", parent_workspace=place)
    assert Place.objects.all().entered("braehead") is None
