"""The board of themes: its columns, its table, the board of an earlier day, and what is done on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.kit.access import may
from placeweave.kit.asking import status_of
from placeweave.kit.errors import DomainError, Unsound
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes import queries, services
from placeweave.themes.forms import ClusterForm, DayForm, MoveForm, ThemeForm
from placeweave.themes.models import Cluster, Theme, ThemeEvent
from placeweave.themes.queries.suggestions import open_suggestions
from placeweave.themes.wording import sentence

TRAY = 4


@place_view("themes.see_themes")
def board(request: PlaceRequest) -> HttpResponse:
    """Show themes in their clusters, with what waits to be placed."""
    may_arrange = may(request.member, "themes.arrange")
    suggested = list(open_suggestions(request.place)) if may(request.member, "themes.suggest") else []
    last = queries.last_undoable(request.place) if may_arrange else None
    context = {
        "board": queries.board(request.place, queries.reader_for(request.member)),
        "may_arrange": may_arrange,
        "may_code": may(request.member, "themes.code"),
        "suggested": suggested[:TRAY],
        "suggested_count": len(suggested),
        "suggests": services.suggestions.are_on(),
        "last": last,
        "last_deed": sentence(last) if last else "",
        "code_link": reverse("themes:to_code", args=[request.place.slug]) if may(request.member, "themes.code") else "",
        "as_table": request.GET.get("as") == "table",
        "days": DayForm(),
    }
    return render(request, "themes/board.html", context)


@place_view("themes.see_themes")
def as_of(request: PlaceRequest) -> HttpResponse:
    """Show the board as it stood at the end of an earlier day."""
    form = DayForm(request.GET or None)
    day = form.cleaned_data["day"] if form.is_valid() else None
    columns = queries.board_as_of(request.place, day) if day else []
    return render(request, "themes/as_of.html", {"days": form, "day": day, "columns": columns, "form": form})


@place_view("themes.arrange")
@acts_once
def new_theme(request: PlaceRequest) -> HttpResponse:
    """Make a theme by hand."""
    form = ThemeForm(request.POST or None, place=request.place)
    if request.method == "POST" and form.is_valid():
        try:
            theme = services.make(place=request.place, by=request.member, **form.cleaned_data)
        except Unsound as refusal:
            form.add_error("title", refusal.sentence)
        else:
            return redirect("themes:theme", request.place.slug, theme.pk)
    return render(request, "themes/new_theme.html", {"form": form}, status=status_of(form))


def back_to_board(request: PlaceRequest) -> HttpResponseRedirect:
    """Lead back to the board."""
    return redirect("themes:board", request.place.slug)


@place_view("themes.arrange")
@require_POST
@acts_once
def move(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put a theme into another cluster."""
    theme = get_object_or_404(Theme, place=request.place, pk=pk)
    form = MoveForm(request.POST, place=request.place)
    if not form.is_valid():
        raise Unsound(_("There is no such cluster on this board."))
    cluster, version = form.cleaned_data["cluster"], form.cleaned_data["version"]
    try:
        services.move(theme=theme, cluster=cluster, version=version, by=request.member)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        where = cluster.title if cluster else _("no cluster")
        messages.success(request, _("Moved “%(theme)s” to %(where)s.") % {"theme": theme.title, "where": where})
    return back_to_board(request)


@place_view("themes.arrange")
@require_POST
@acts_once
def undo(request: PlaceRequest, pk: int) -> HttpResponse:
    """Undo one deed, if nothing later stands on it."""
    event = get_object_or_404(ThemeEvent.objects.select_related("theme", "other"), place=request.place, pk=pk)
    try:
        services.undo(event=event, by=request.member)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Undone: %(deed)s.") % {"deed": sentence(event)})
    if request.POST.get("back") == "theme":
        return redirect("themes:theme", request.place.slug, event.theme_id)
    return back_to_board(request)


@place_view("themes.arrange")
@acts_once
def clusters(request: PlaceRequest) -> HttpResponse:
    """List the clusters and make another."""
    form = ClusterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.clusters.make(place=request.place, title=form.cleaned_data["title"], by=request.member)
        except Unsound as refusal:
            form.add_error("title", refusal.sentence)
        else:
            return back_to_board(request)
    context = {"form": form, "clusters": queries.clusters(request.place)}
    return render(request, "themes/clusters.html", context, status=status_of(form))


@place_view("themes.arrange")
@acts_once
def cluster(request: PlaceRequest, pk: int) -> HttpResponse:
    """Rename a cluster, or take an empty one off the board."""
    found = get_object_or_404(Cluster, place=request.place, pk=pk, put_away_at=None)
    form = ClusterForm(request.POST or None, initial={"title": found.title})
    if request.method == "POST" and "put_away" in request.POST:
        services.clusters.put_away(cluster=found, by=request.member)
        return back_to_board(request)
    if request.method == "POST" and form.is_valid():
        try:
            services.clusters.rename(cluster=found, title=form.cleaned_data["title"], by=request.member)
        except Unsound as refusal:
            form.add_error("title", refusal.sentence)
        else:
            return back_to_board(request)
    return render(request, "themes/cluster.html", {"form": form, "cluster": found}, status=status_of(form))
