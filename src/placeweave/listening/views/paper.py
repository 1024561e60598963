"""Voting on paper: the sheet to print, and the sheets of each table as they are typed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.models import Batch
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services
from placeweave.listening.codes import doorway
from placeweave.listening.forms.paper import PaperForm
from placeweave.listening.models import Voting
from placeweave.listening.views.held import told_kindly, voting_of, with_tabs
from placeweave.places.access import PlaceRequest, place_view


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("listening.hold_voting")
@acts_once
def sheets(request: PlaceRequest, pk: int) -> HttpResponse:
    """Type in the sheets of a table, and list those typed in before."""
    voting = voting_of(request, pk)
    asked = queries.numbered(voting.conversation_id)
    form = PaperForm(request.POST or None, asked=asked)
    kept = carried_out(form, lambda: _keep(request, form, voting))
    if kept:
        _tell_kept(request, kept)
        return redirect("listening:paper", request.place.slug, pk)
    context = with_tabs(voting, "paper", form=form, asked=asked, kept=_kept(voting))
    return render(request, "listening/held/paper.html", context, status=status_of(form))


def _kept(voting: Voting) -> list[Batch]:
    found = Batch.objects.filter(place_id=voting.conversation.place_id, format="paper", options__voting=voting.pk)
    return list(found.select_related("by"))


def _keep(request: PlaceRequest, form: PaperForm, voting: Voting) -> Batch:
    return services.keep_sheets(
        voting=voting, table=form.cleaned_data["table"], sheets=form.sheets(), by=request.member
    )


def _tell_kept(request: PlaceRequest, batch: Batch) -> None:
    count = batch.counts["participants"]
    told = ngettext("%(count)s sheet of “%(table)s” is kept.", "%(count)s sheets of “%(table)s” are kept.", count)
    messages.success(request, told % {"count": count, "table": batch.file_name})


@require_safe
@place_view("listening.hold_voting")
def sheet(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the voting sheet as it is printed."""
    voting = voting_of(request, pk)
    context = with_tabs(voting, "paper", asked=queries.numbered(voting.conversation_id), doorway=doorway(voting))
    return render(request, "listening/held/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("listening.hold_voting")
@acts_once
def undo(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask, then take the sheets of one table back."""
    batch = get_object_or_404(Batch, pk=pk, place_id=request.place.pk, format="paper")
    rows = Voting.objects.select_related("conversation")
    voting = get_object_or_404(rows, pk=batch.options.get("voting"), conversation__place=request.place)
    if request.method == "POST":
        if told_kindly(request, lambda: services.undo_sheets(batch=batch, by=request.member)):
            messages.success(request, _("The sheets of “%(table)s” are taken back.") % {"table": batch.file_name})
        return redirect("listening:paper", request.place.slug, voting.conversation_id)
    context = with_tabs(
        voting,
        "paper",
        question=_("Take back the sheets of “%(table)s”?") % {"table": batch.file_name},
        consequence=_("Their votes no longer count. The log keeps that they were written in and taken back."),
        button=_("Take them back"),
        tone="refused",
    )
    return render(request, "listening/held/door.html", context)
