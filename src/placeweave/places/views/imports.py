"""Files on their way in: choose, look, decide, and take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placeweave.kit import access, imports, questions
from placeweave.kit.asking import carried_out, page_of
from placeweave.kit.imports import Importer, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.kit.once import acts_once
from placeweave.places import queries
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.imports import UploadForm
from placeweave.places.views.answering import ask_first, with_form


def _readable(request: PlaceRequest) -> list[Importer]:
    return [one for one in imports.formats() if access.may(request.member, one.permission)]


@require_safe
@place_view("places.see_imports")
def batches(request: PlaceRequest) -> HttpResponse:
    """List every file anybody brought."""
    found = page_of(request, queries.batches(request.place))
    labels = {one.format: one.label for one in imports.formats()}
    rows = [(batch, labels.get(batch.format, batch.format)) for batch in found]
    context = {"page": found, "rows": rows, "may_import": bool(_readable(request))}
    return render(request, "places/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.see_imports")
@acts_once
def upload(request: PlaceRequest) -> HttpResponse:
    """Take a file in, and leave its reading to the worker."""
    formats = _readable(request)
    if not formats:
        access.require(request.member, "")
    first = {"format": request.GET.get("format", "")}
    form = UploadForm(request.POST or None, request.FILES or None, formats=formats, initial=first)
    batch = carried_out(form, lambda: _keep(request, form))
    if batch is None:
        return with_form(request, "places/upload.html", form)
    return redirect("places:import", request.place.slug, batch.pk)


def _keep(request: PlaceRequest, form: UploadForm) -> Batch:
    file = form.cleaned_data["file"]
    return imports.stage_later(
        format=form.cleaned_data["format"],
        upload=Upload(file.name, file.read()),
        place_id=request.place.pk,
        options=form.source(),
        by=request.member,
    )


def _batch(request: PlaceRequest, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.select_related("by"), place_id=request.place.pk, pk=pk)


def _may_decide(request: PlaceRequest, batch: Batch) -> bool:
    reader = queries.reading_of(batch.format)
    return reader is not None and access.may(request.member, reader.permission)


def _require(request: PlaceRequest, batch: Batch) -> None:
    reader = queries.reading_of(batch.format)
    access.require(request.member, reader.permission if reader else "")


@require_safe
@place_view("places.see_imports")
def batch(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show what a file would do, row by row, or what became of it.

    The rows hold words of the file, so they are shown to those alone who might have brought it. The part of this page
    that asks how far the work has come is led on as soon as it is over, to the whole page that comes next.
    """
    found = _batch(request, pk)
    decides, under_way = _may_decide(request, found), queries.batch_under_way(found)
    waits = decides and found.state == Batch.State.ASKING
    next_url = reverse("places:import_answer" if waits else "places:import", args=[request.place.slug, pk])
    if under_way.is_over and "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": next_url})
    if waits:
        return redirect(next_url)
    return render(request, "places/import.html", _shown(request, found, decides=decides) | {"under_way": under_way})


def _shown(request: PlaceRequest, found: Batch, *, decides: bool) -> dict[str, Any]:
    outcome = request.GET.get("outcome", "")
    rows = queries.rows_by_outcome(found, outcome if outcome in Outcome.values else "")
    reader = queries.reading_of(found.format)
    return {
        "batch": found,
        "format": reader.label if reader else found.format,
        "may_answer": decides and found.state == Batch.State.STAGED and queries.was_asked(found),
        "totals": [(one, found.totals.get(one.value, 0)) for one in Outcome],
        "counts": [(what.replace("_", " "), n) for what, n in found.counts.items() if isinstance(n, int)],
        "outcome": outcome,
        "page": page_of(request, rows if decides else rows.none()),
        "decides": decides,
        "attributions": [found.attribution] if found.attribution else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.see_imports")
@acts_once
def answer(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask what a file leaves open, by the form of its format: what its columns mean, or how its dates are written."""
    found = _batch(request, pk)
    _require(request, found)
    form = questions.answer_form(found, request.POST or None)
    if form is None:
        return redirect("places:import", request.place.slug, pk)
    if carried_out(form, lambda: imports.answer(batch=found, options=form.options())):
        return redirect("places:import", request.place.slug, pk)
    return with_form(request, "places/import_answer.html", form, batch=found)


@require_POST
@place_view("places.see_imports")
@acts_once
def accept(request: PlaceRequest, pk: int) -> HttpResponse:
    """Bring a previewed file in."""
    found = _batch(request, pk)
    _require(request, found)
    imports.accept_later(batch=found, by=request.member)
    return redirect("places:import", request.place.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.see_imports")
@acts_once
def discard(request: PlaceRequest, pk: int) -> HttpResponse:
    """Turn a previewed file down."""
    found = _batch(request, pk)
    _require(request, found)
    if request.method == "POST":
        imports.discard(batch=found, by=request.member)
        messages.success(request, _("The file was not brought in, and is no longer kept."))
        return redirect("places:imports", request.place.slug)
    return ask_first(
        request,
        question=_("Not bring in “%(file)s”?") % {"file": found.file_name},
        consequence=_("The uploaded file is deleted here. Nothing in the place changes."),
        button=_("Do not bring it in"),
        cancel_url=reverse("places:import", args=[request.place.slug, pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.see_imports")
@acts_once
def undo(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take an accepted file back as one."""
    found = _batch(request, pk)
    _require(request, found)
    if request.method == "POST":
        imports.undo(batch=found, by=request.member)
        messages.success(request, _("Everything this file brought is taken back."))
        return redirect("places:import", request.place.slug, pk)
    return ask_first(
        request,
        question=_("Take back all that “%(file)s” brought?") % {"file": found.file_name},
        consequence=_("What it added goes, and what it changed is put back. Nothing else is touched."),
        button=_("Take it back"),
        cancel_url=reverse("places:import", args=[request.place.slug, pk]),
    )
