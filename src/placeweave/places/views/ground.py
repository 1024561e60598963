"""The council area of a place: where it begins, and what its first day fills it with."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit import access, imports
from placeweave.kit.asking import carried_out
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch
from placeweave.kit.once import acts_once
from placeweave.places import queries
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.ground import BeginForm
from placeweave.places.importers import footprint
from placeweave.places.views.answering import with_form


@require_safe
@place_view("places.see_place")
def ground(request: PlaceRequest) -> HttpResponse:
    """Show the council area, who plans there by law, and which files are here."""
    codes, latest = list(request.place.codes.all()), queries.accepted(request.place)
    area = queries.area_of(codes)
    shown = [latest[name] for name in ("footprint", "simd", "boundaries") if name in latest]
    context = {
        "area": area,
        "codes": queries.codes_here(codes, area),
        "picture": queries.picture(request.place),
        "deprivation": queries.deprivation(request.place),
        "by_law": queries.by_law(request.place),
        "steps": queries.first_day(latest),
        "may_begin": access.may(request.member, "places.edit_organisations"),
        "attributions": [one.attribution for one in shown if one.attribution],
    }
    return render(request, "places/ground.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def begin(request: PlaceRequest) -> HttpResponse:
    """Choose the council area; its codes and partners by law come as a preview, like any file."""
    form = BeginForm(request.POST or None)
    batch = carried_out(form, lambda: _stage(request, form))
    if batch is None:
        return with_form(request, "places/begin.html", form)
    return redirect("places:import", request.place.slug, batch.pk)


def _stage(request: PlaceRequest, form: BeginForm) -> Batch:
    area = form.area()
    table = footprint.table_of(area, duty_takes_part=form.cleaned_data["duty_takes_part"])
    return imports.stage_later(
        format=footprint.FORMAT,
        upload=Upload(f"{area.name}.csv", table),
        place_id=request.place.pk,
        options={},
        by=request.member,
    )
