"""Reads of recipes: those the place keeps, then those that come with placeweave."""

from __future__ import annotations

from placeweave.gatherings.models import OwnRecipe
from placeweave.gatherings.recipes import Recipe, shipped
from placeweave.places.models import Place

OWN = "own-"


def shelf(place: Place) -> list[Recipe]:
    """Give every recipe a session may begin from."""
    return [*(_as_recipe(own) for own in OwnRecipe.objects.filter(place=place)), *shipped()]


def recipe(place: Place, key: str) -> Recipe | None:
    """Find a recipe by what its address ends in."""
    return next((one for one in shelf(place) if one.key == key), None)


def _as_recipe(own: OwnRecipe) -> Recipe:
    return Recipe(
        key=f"{OWN}{own.pk}",
        title=own.title,
        about=own.about,
        purpose=own.purpose,
        people="",
        kind=own.kind,
        steps=own.in_steps(),
        is_own=True,
        number=own.pk,
    )
