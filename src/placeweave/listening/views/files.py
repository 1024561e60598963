"""Pages for files: bringing contributions or a Polis export in, and taking counts away."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placeweave.formats.problems import Unreadable
from placeweave.kit import columns, exports, imports
from placeweave.kit.access import INSIDE
from placeweave.kit.asking import page_of
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch
from placeweave.kit.once import acts_once
from placeweave.listening import queries, taking
from placeweave.listening.forms.files import BringInForm, ContributionMappingForm
from placeweave.listening.importers.columns import CONTRIBUTIONS
from placeweave.listening.models import Conversation
from placeweave.places.access import PlaceRequest, place_view


def _preview(request: PlaceRequest, batch: Batch) -> HttpResponseRedirect:
    return redirect(reverse("places:import", args=[request.place.slug, batch.pk]))


@place_view("listening.capture")
@acts_once
def bring_in(request: PlaceRequest) -> HttpResponse:
    """Take a file; a table goes on to its columns, a Polis export straight to its preview."""
    form = BringInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, form)
        except (Unsound, Unreadable) as refusal:
            form.add_error("file", str(refusal))
    return render(request, "listening/bring_in.html", {"form": form})


def _begun(request: PlaceRequest, form: BringInForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    upload = Upload(file.name, file.read())
    source = {"licence": form.cleaned_data["licence"], "attribution": form.cleaned_data["attribution"]}
    place, by = request.place, request.member
    if form.cleaned_data["kind"] == "polis":
        batch = imports.stage_later(format="polis", upload=upload, place_id=place.pk, options=source, by=by)
        return _preview(request, batch)
    batch = columns.begin(spec=CONTRIBUTIONS, upload=upload, place_id=place.pk, by=by)
    batch.options = {**batch.options, **source}
    batch.save(update_fields=["options"])
    return redirect("listening:columns", place.slug, batch.pk)


@place_view("listening.capture")
@acts_once
def columns_page(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask what the columns of an uploaded table mean."""
    batch = get_object_or_404(Batch, pk=pk, place_id=request.place.pk, format=CONTRIBUTIONS.format)
    table = columns.table_of_batch(batch)
    form = ContributionMappingForm(
        request.POST or None,
        spec=CONTRIBUTIONS,
        table=table,
        mapped=columns.proposed(CONTRIBUTIONS, table, place_id=request.place.pk),
        place_id=request.place.pk,
        title=PurePath(batch.file_name).stem,
    )
    if request.method == "POST" and form.is_valid():
        source = {name: batch.options.get(name, "") for name in ("licence", "attribution")}
        options = {**source, **form.options()}
        return _preview(request, columns.settle(spec=CONTRIBUTIONS, batch=batch, mapped=form.chosen(), options=options))
    context = {"form": form, "sample": columns.sample(table), "file_name": batch.file_name}
    return render(request, "listening/columns.html", context)


@place_view("listening.see_conversations")
def statements(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the statements of a conversation and how they were answered."""
    found = get_object_or_404(
        Conversation.objects.select_related("batch"), pk=pk, place=request.place, method=Conversation.Method.STATEMENTS
    )
    threshold = None if request.member.standing in INSIDE else request.place.threshold
    page = page_of(request, queries.statements_of(found))
    context = {
        "conversation": found,
        "page": page,
        "tallies": queries.tallies(list(page), threshold=threshold),
        "groups": queries.published_groups(found, threshold=threshold),
        "answered": queries.answered(found),
        "batch": found.batch,
        "attributions": [found.batch.attribution] if found.batch and found.batch.attribution else [],
    }
    return render(request, "listening/statements.html", context)


@require_POST
@place_view("listening.take_statements")
def take_statements(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the statements of one conversation as a file, and log that it left."""
    found = get_object_or_404(Conversation, pk=pk, place=request.place, method=Conversation.Method.STATEMENTS)
    exported = taking.statements_file([found], threshold=request.place.threshold)
    exports.log(exported, format="statements", place_id=request.place.pk, by=request.member)
    return exports.as_download(exported)


@require_POST
@place_view("listening.take_words")
def take_words(request: PlaceRequest) -> HttpResponse:
    """Give what this reader may read as a file, and log that it left and whose words it holds."""
    return exports.as_download(exports.take(format="contributions", place_id=request.place.pk, by=request.member))
