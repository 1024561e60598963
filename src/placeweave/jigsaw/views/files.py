"""Pages for files: bringing pieces, needs and grants in."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.jigsaw.forms import BringInForm, DatesForm
from placeweave.jigsaw.importers import SPECS, date_question
from placeweave.kit import columns, imports
from placeweave.kit.asking import status_of
from placeweave.kit.columns import ColumnSpec
from placeweave.kit.errors import DomainError, NotReady
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view

GRANTS = "360giving"


def _preview(request: PlaceRequest, batch: Batch) -> HttpResponseRedirect:
    return redirect(reverse("places:import", args=[request.place.slug, batch.pk]))


@place_view("jigsaw.import_files")
@acts_once
def bring_in(request: PlaceRequest) -> HttpResponse:
    """Take a file: a table goes on to its columns, grants straight to their preview, unless dates are in doubt."""
    form = BringInForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, form)
        except DomainError as refusal:
            form.add_error("file", refusal.sentence)
    return render(request, "jigsaw/bring_in.html", {"form": form}, status=status_of(form))


def _begun(request: PlaceRequest, form: BringInForm) -> HttpResponse:
    file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    upload = Upload(file.name, file.read())
    if kind in SPECS:
        batch = columns.begin(spec=SPECS[kind], upload=upload, place_id=request.place.pk, by=request.member)
        return redirect("jigsaw:columns", request.place.slug, batch.pk)
    if not date_question(upload):
        batch = imports.stage_later(
            format=kind, upload=upload, place_id=request.place.pk, options={}, by=request.member
        )
        return _preview(request, batch)
    asks = {"asks": "columns"}
    batch = imports.keep_upload(format=kind, upload=upload, place_id=request.place.pk, options=asks, by=request.member)
    return redirect("jigsaw:columns", request.place.slug, batch.pk)


@place_view("jigsaw.import_files")
@acts_once
def columns_page(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask what a file leaves open: the meaning of its columns, or how its dates are written."""
    batch = get_object_or_404(Batch, pk=pk, place_id=request.place.pk, format__in=[*SPECS, GRANTS])
    if batch.format == GRANTS:
        return _dates(request, batch)
    return _columns(request, batch, SPECS[batch.format])


def _columns(request: PlaceRequest, batch: Batch, spec: ColumnSpec) -> HttpResponse:
    table = columns.table_of_batch(batch)
    mapped = columns.proposed(spec, table, place_id=request.place.pk)
    form = columns.MappingForm(request.POST or None, spec=spec, table=table, mapped=mapped)
    if request.method == "POST" and form.is_valid():
        return _preview(request, columns.settle(spec=spec, batch=batch, mapped=form.chosen(), options={}))
    context = {
        "form": form,
        "sample": columns.sample(table),
        "file_name": batch.file_name,
        "cancel_url": reverse("jigsaw:board", args=[request.place.slug]),
    }
    return render(request, "jigsaw/columns.html", context, status=status_of(form))


def _dates(request: PlaceRequest, batch: Batch) -> HttpResponse:
    if batch.state not in {Batch.State.READING, Batch.State.STAGED}:
        raise NotReady(_("This import is already decided. Upload the file again to read it in another way."))
    question = date_question(imports.upload_of(batch))
    form = DatesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch.options = {"day_first": form.cleaned_data["day_first"] == "yes"}
        batch.state = Batch.State.READING
        batch.save(update_fields=["options", "state"])
        return _preview(request, imports.read(batch))
    context = {"form": form, "question": question, "file_name": batch.file_name}
    return render(request, "jigsaw/dates.html", context, status=status_of(form))
