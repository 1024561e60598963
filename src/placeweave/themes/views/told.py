"""What we heard: begin a page, better it, see it as its audience will, share it, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.formats.tables import write_csv
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.errors import DomainError
from placeweave.kit.exports import Exported, as_download
from placeweave.kit.once import acts_once
from placeweave.listening.models import Conversation, Series
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes import services
from placeweave.themes.forms import ShareForm, ToldForm
from placeweave.themes.models import WhatWeHeard
from placeweave.themes.queries import told as queries
from placeweave.themes.queries.told import Told

Audience, State = WhatWeHeard.Audience, WhatWeHeard.State


@place_view("themes.see_themes")
def pages(request: PlaceRequest) -> HttpResponse:
    """List the pages of a place; the team can begin another."""
    rows = queries.pages(request.place)
    tells = may(request.member, "themes.tell_back")
    context = {
        "pages": rows if tells else rows.filter(state=State.SHARED),
        "tells": tells,
        "conversations": Conversation.objects.filter(place=request.place).exclude(
            method=Conversation.Method.STATEMENTS
        )[:50],
        "series": Series.objects.filter(place=request.place)[:20],
    }
    return render(request, "themes/told_pages.html", context)


@place_view("themes.tell_back")
@require_POST
@acts_once
def make(request: PlaceRequest) -> HttpResponse:
    """Begin a page from a conversation or a series."""
    held = Conversation.objects.filter(place=request.place)
    one, series = (number_of(request.POST.get(name)) or 0 for name in ("conversation", "series"))
    chosen = held.filter(pk=one) if one else held.filter(series=series)
    try:
        page = services.told.make(place=request.place, conversations=list(chosen), by=request.member)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("themes:told_pages", request.place.slug)
    return redirect("themes:told", request.place.slug, page.pk)


def _page(request: PlaceRequest, pk: int) -> WhatWeHeard:
    rows = WhatWeHeard.objects.filter(place=request.place).select_related("place", "made_by__person")
    if not may(request.member, "themes.tell_back"):
        rows = rows.filter(state=State.SHARED)
    page = get_object_or_404(rows, pk=pk)
    page.place = request.place
    return page


def _audience(request: PlaceRequest, page: WhatWeHeard) -> str:
    wanted = request.GET.get("as", "")
    if wanted in Audience.values and may(request.member, "themes.tell_back"):
        return wanted
    if page.state == State.DRAFT:
        return str(Audience.LINK)
    return page.audience


@place_view("themes.see_themes")
def told(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the page as its audience sees it; the team can try the other audience."""
    page = _page(request, pk)
    audience = _audience(request, page)
    context = {
        "page": page,
        "told": queries.told(page, audience=audience),
        "audience": audience,
        "tells": may(request.member, "themes.tell_back"),
        "link": _link(request, page),
    }
    return render(request, "themes/told.html", context)


def _link(request: PlaceRequest, page: WhatWeHeard) -> str:
    if page.state != State.SHARED or page.audience != Audience.LINK:
        return ""
    return request.build_absolute_uri(reverse("themes:told_public", args=[page.key]))


@place_view("themes.tell_back")
@acts_once
def edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what the page says, and which words stand on it."""
    page = _page(request, pk)
    names = ("title", "introduction", "what_next", "with_dissent", "version")
    form = ToldForm(request.POST or None, initial={name: getattr(page, name) for name in names})
    if carried_out(form, lambda: _edit(request, page, form)):
        return redirect("themes:told", request.place.slug, pk)
    ticked = request.POST.getlist("item") if form.is_bound else None
    parts = queries.candidates(page, ticked=ticked, order=_order(request))
    context = {"form": form, "page": page, "parts": parts}
    return render(request, "themes/told_edit.html", context, status=status_of(form))


def _edit(request: PlaceRequest, page: WhatWeHeard, form: ToldForm) -> WhatWeHeard:
    return services.told.edit(
        page=page,
        version=form.opened_at,
        keys=request.POST.getlist("item"),
        theme_order=_order(request),
        by=request.member,
        **form.written(),
    )


def _order(request: PlaceRequest) -> list[int]:
    """Read in which order the themes are wanted on the page."""
    places = sorted(
        (int(str(value)), int(name.removeprefix("order-")))
        for name, value in request.POST.dict().items()
        if name.startswith("order-") and name[6:].isdecimal() and str(value).isdecimal() and len(str(value)) < 5
    )
    return [theme for _place, theme in places]


@place_view("themes.tell_back")
@require_POST
@acts_once
def share(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let its audience open the page."""
    page, form = _page(request, pk), ShareForm(request.POST)
    try:
        services.told.share(page=page, audience=form.data.get("audience", ""), by=request.member)
        messages.success(request, _("Shared. Withdrawn words leave the page at once, by themselves."))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("themes:told", request.place.slug, pk)


@place_view("themes.tell_back")
@require_POST
@acts_once
def take_back(request: PlaceRequest, pk: int) -> HttpResponse:
    """Close the page again."""
    try:
        services.told.take_back(page=_page(request, pk), by=request.member)
        messages.success(request, _("Taken back. The link now says so."))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("themes:told", request.place.slug, pk)


@place_view("themes.tell_back")
@require_POST
def download(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take the page away as a file, which is logged with whose words it holds."""
    page = _page(request, pk)
    shown = queries.told(page, audience=page.audience)
    exported = _as_csv(shown) if request.POST.get("as") == "csv" else _as_html(shown)
    return as_download(services.told.take_away(page=page, exported=exported, by=request.member))


def _exported(shown: Told, content: bytes, suffix: str, media_type: str) -> Exported:
    return Exported(
        content=content,
        file_name=f"{slugify(shown.page.title)[:60] or 'what-we-heard'}.{suffix}",
        media_type=media_type,
        rows=len(shown.quotes),
        scope=str(shown.page.get_audience_display()),
        holds=frozenset(quote.contribution_id for quote in shown.quotes),
    )


def _as_html(shown: Told) -> Exported:
    text = render_to_string("themes/told_file.html", {"told": shown, "page": shown.page})
    return _exported(shown, text.encode(), "html", "text/html; charset=utf-8")


def _as_csv(shown: Told) -> Exported:
    rows = [
        [part.theme.title if part.theme else "", quote.words, quote.voice_label, quote.named_as, quote.said_on]
        for part in shown.parts
        for quote in part.quotes
    ]
    content = write_csv(["theme", "quote", "voice", "named_as", "said_on"], rows)
    return _exported(shown, content, "csv", "text/csv; charset=utf-8")
