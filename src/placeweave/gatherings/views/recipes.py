"""Pages of recipes: what there is, one of them with the short form that starts a session from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from placeweave.gatherings import services
from placeweave.gatherings.forms.run_sheet import StartForm, soon
from placeweave.gatherings.models import OwnRecipe
from placeweave.gatherings.queries import recipes as queries
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.run_sessions")
def shelf(request: PlaceRequest) -> HttpResponse:
    """List the recipes a session can begin from."""
    return render(request, "gatherings/recipes.html", {"recipes": queries.shelf(request.place)})


@place_view("gatherings.run_sessions")
@acts_once
def start(request: PlaceRequest, recipe: str) -> HttpResponse:
    """Show a recipe, and start a session from it: with a run sheet, open, with an address to share."""
    found = queries.recipe(request.place, recipe)
    if found is None:
        raise Http404
    place, by = request.place, request.member
    form = StartForm(request.POST or None, place=place, initial={"title": found.title, **soon()})
    made = carried_out(form, lambda: services.start(place=place, recipe=found, facts=form.facts(host=by), by=by))
    if made is not None:
        messages.success(request, _("It is open. Give people the address, or let them point a phone at the square."))
        return redirect("gatherings:session", place.slug, made.pk)
    return render(request, "gatherings/recipe.html", {"form": form, "recipe": found}, status=status_of(form))


@place_view("gatherings.run_sessions")
@acts_once
def drop(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then take a recipe of the place off the shelf."""
    found = get_object_or_404(OwnRecipe, pk=pk, place=request.place)
    if request.method == "POST":
        services.drop_recipe(recipe=found, by=request.member)
        return redirect("gatherings:recipes", request.place.slug)
    return render(request, "gatherings/recipe_drop.html", {"recipe": found})
