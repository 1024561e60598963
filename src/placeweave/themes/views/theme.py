"""One theme: its quotes, voices, dissent and history, and the forms that change it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, keys_of, page_of, status_of
from placeweave.kit.errors import DomainError
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes import queries, services
from placeweave.themes.forms import DissentForm, MergeForm, SplitForm, ThemeEditForm
from placeweave.themes.models import Coding, Dissent, Theme, ThemeEvent
from placeweave.themes.queries.counting import NOTHING
from placeweave.themes.queries.words import quotes_of
from placeweave.themes.wording import deed

QUOTES_A_PAGE = 30
CODING = {ThemeEvent.Verb.CODED, ThemeEvent.Verb.UNCODED}


def theme_or_404(request: PlaceRequest, pk: int) -> Theme:
    """Find a theme of this place, merged or not."""
    rows = Theme.objects.filter(place=request.place)
    return get_object_or_404(rows.select_related("cluster", "merged_into", "split_from", "made_by__person"), pk=pk)


@place_view("themes.see_themes")
def theme(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show a theme with all its quotes that this reader may read."""
    return show(request, theme_or_404(request, pk), DissentForm())


def show(request: PlaceRequest, found: Theme, form: DissentForm, status: int = 200) -> HttpResponse:
    """Lay out the page of a theme."""
    reader = queries.reader_for(request.member)
    weight = queries.counts(request.place).get(found.pk, NOTHING)
    rows = queries.quote_rows(request.place, reader, theme=found)
    page = page_of(request, rows, size=QUOTES_A_PAGE)
    quotes = quotes_of(request.place, page.object_list, reader)
    history = [(row, deed(row.event)) for row in queries.history_of(found)]
    context = {
        "theme": found,
        "weight": weight,
        "mix": queries.mix(weight.by_voice),
        "page": page,
        "quotes": _with_codings(request, found, quotes),
        "unseen": max(weight.quotes - page.paginator.count, 0),
        "dissents": found.dissents.all(),
        "history": [row for row in history if row[0].event.verb not in CODING],
        "coded": [row for row in history if row[0].event.verb in CODING],
        "hops": hops(request, found, weight.quotes),
        "may_arrange": may(request.member, "themes.arrange") and found.merged_into is None,
        "may_dissent": may(request.member, "themes.dissent") and found.merged_into is None,
        "form": form,
    }
    return render(request, "themes/theme.html", context, status=status)


def _with_codings(
    request: PlaceRequest, found: Theme, quotes: list[queries.ReadableQuote]
) -> list[tuple[queries.ReadableQuote, int | None]]:
    """Give each quote with the coding that can be ended, where this member may end it."""
    if not may(request.member, "themes.code"):
        return [(one, None) for one in quotes]
    rows = Coding.objects.filter(theme=found, ended_at=None, quote__in=[one.key for one in quotes])
    keys = dict(rows.values_list("quote", "pk"))
    return [(one, keys.get(one.key or 0)) for one in quotes]


def hops(request: PlaceRequest, found: Theme, quotes: int) -> list[dict[str, object]]:
    """Say where a theme stands on the thread: on how many quotes it rests."""
    own = reverse("themes:theme", args=[request.place.slug, found.pk])
    beneath = ngettext("rests on %(n)s quote", "rests on %(n)s quotes", quotes) % {"n": quotes}
    return [
        {"label": beneath, "url": f"{own}#quotes", "step": "heard", "is_here": False},
        {"label": found.title, "url": own, "step": "themes", "is_here": True},
    ]


@place_view("themes.arrange")
@acts_once
def edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Rename, describe and settle a theme; if somebody else did meanwhile, show both."""
    found = theme_or_404(request, pk)
    names = ("title", "description", "status", "version")
    form = ThemeEditForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if carried_out(form, lambda: _edit(request, found, form)):
        return redirect("themes:theme", request.place.slug, pk)
    return render(request, "themes/edit.html", {"form": form, "theme": found}, status=status_of(form))


def _edit(request: PlaceRequest, found: Theme, form: ThemeEditForm) -> Theme:
    return services.edit(theme=found, version=form.opened_at, by=request.member, **form.written())


@place_view("themes.arrange")
@acts_once
def merge(request: PlaceRequest, pk: int) -> HttpResponse:
    """Fold a theme into another."""
    found = theme_or_404(request, pk)
    form = MergeForm(request.POST or None, place=request.place, theme=found)
    if request.method == "POST" and form.is_valid():
        try:
            target = services.merge(source=found, by=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Merged “%(theme)s” into this theme.") % {"theme": found.title})
            return redirect("themes:theme", request.place.slug, target.pk)
    return render(request, "themes/merge.html", {"form": form, "theme": found}, status=status_of(form))


@place_view("themes.arrange")
@acts_once
def split(request: PlaceRequest, pk: int) -> HttpResponse:
    """Choose the quotes that go to a new theme."""
    found = theme_or_404(request, pk)
    form = SplitForm(request.POST or None)
    chosen = keys_of(request.POST.getlist("quote"))
    if request.method == "POST" and form.is_valid():
        try:
            new = services.split(theme=found, quotes=chosen, by=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("themes:theme", request.place.slug, new.pk)
    quotes = queries.readable_quotes(request.place, request.member, theme=found)
    context = {"form": form, "theme": found, "quotes": quotes, "chosen": chosen}
    return render(request, "themes/split.html", context, status=status_of(form))


@place_view("themes.dissent")
@require_POST
@acts_once
def dissent(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep that a member sees a theme differently."""
    found = theme_or_404(request, pk)
    form = DissentForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    services.dissent(theme=found, by=request.member, **form.cleaned_data)
    messages.success(request, _("Kept beside the theme."))
    return redirect("themes:theme", request.place.slug, pk)


@place_view("themes.dissent")
@require_POST
@acts_once
def take_back_dissent(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take back one's own note."""
    note = get_object_or_404(Dissent.objects.select_related("theme"), theme__place=request.place, pk=pk)
    services.themes.take_back_dissent(note=note, by=request.member)
    return redirect("themes:theme", request.place.slug, note.theme_id)


@place_view("themes.code")
@require_POST
@acts_once
def uncode(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a quote off a theme."""
    coding = get_object_or_404(Coding.objects.select_related("theme", "quote"), theme__place=request.place, pk=pk)
    try:
        services.uncode(coding=coding, by=request.member)
        messages.success(request, _("Taken off “%(theme)s”.") % {"theme": coding.theme.title})
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    if request.POST.get("back") == "coding":
        return redirect("themes:code", request.place.slug, coding.quote.contribution_id)
    return redirect("themes:theme", request.place.slug, coding.theme_id)
