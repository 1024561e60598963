"""Pages of pieces: the list, one piece, and the forms that make and change one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import PieceForm, WhatForForm
from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.opening import entry_of
from placeweave.jigsaw.queries.lists import STALE_AFTER
from placeweave.jigsaw.queries.synergies import of_piece
from placeweave.jigsaw.services.pieces import FIELDS
from placeweave.jigsaw.services.speaking import may_change_piece
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.models import Organisation

TAGS = ("themes", "issues", "topics")


@place_view("jigsaw.see_board")
def pieces(request: PlaceRequest) -> HttpResponse:
    """List pieces, narrowed as asked: the board's twin as a table."""
    filters = queries.Filters.read(request.GET)
    found = queries.pieces(request.place, filters, gone=request.GET.get("gone") == "yes")
    context = {
        "page": page_of(request, found),
        "filters": filters,
        "kinds": PieceKind.choices,
        "sharabilities": Piece.Sharability.choices,
        "neighbourhoods": request.place.neighbourhoods.all(),
        "holders": Organisation.objects.filter(place=request.place, is_partner=True),
        "may_add": may(request.member, "jigsaw.add_piece"),
        "is_gone": request.GET.get("gone") == "yes",
    }
    return render(request, "jigsaw/pieces.html", context)


def _piece(request: PlaceRequest, pk: int) -> Piece:
    found = Piece.objects.select_related("organisation", "neighbourhood", "batch", "service__batch").filter(
        place=request.place
    )
    return get_object_or_404(found, pk=pk)


@place_view("jigsaw.see_board")
def piece(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one piece: what it is, who holds it, what it might meet."""
    found = _piece(request, pk)
    context = {
        "piece": found,
        "speaks": may_change_piece(found, request.member),
        "is_in_between": found.kind == PieceKind.IN_BETWEEN,
        "synergies": of_piece(request.place, found) if found.kind != PieceKind.IN_BETWEEN else [],
        "stale_after": STALE_AFTER.days,
        "may_share_beyond": may(request.member, "jigsaw.share_beyond"),
        "serves": [*found.themes.all(), *found.issues.all(), *found.topics.select_related("framework")],
        "entry": entry_of(found.service.said) if hasattr(found, "service") else None,
        "attributions": [found.batch.attribution] if found.batch and found.batch.attribution else [],
    }
    return render(request, "jigsaw/piece.html", context)


@place_view("jigsaw.add_piece")
@acts_once
def piece_new(request: PlaceRequest) -> HttpResponse:
    """Write down a piece."""
    initial = {name: request.GET[name] for name in ("kind", "organisation", "neighbourhood") if name in request.GET}
    form = PieceForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    made = carried_out(form, lambda: services.add_piece(place=request.place, said=form.said(), by=request.member))
    if made is not None:
        messages.success(request, _("The piece is on the board."))
        return redirect("jigsaw:piece", request.place.slug, made.pk)
    return render(request, "jigsaw/piece_form.html", {"form": form}, status=status_of(form))


@place_view("jigsaw.add_piece")
@acts_once
def piece_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said of a piece."""
    found = _piece(request, pk)
    initial = {name: getattr(found, name) for name in (*FIELDS, "version")}
    form = PieceForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    if carried_out(form, lambda: _edit(request, found, form)):
        return redirect("jigsaw:piece", request.place.slug, pk)
    context = {"form": form, "piece": found}
    return render(request, "jigsaw/piece_form.html", context, status=status_of(form))


def _edit(request: PlaceRequest, found: Piece, form: PieceForm) -> Piece:
    return services.edit_piece(piece=found, said=form.said(), version=form.opened_at, by=request.member)


@place_view("jigsaw.add_piece")
@acts_once
def piece_for(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say which themes, issues, outcomes and pillars a piece can serve."""
    found = _piece(request, pk)
    initial: dict[str, object] = {name: getattr(found, name).all() for name in TAGS} | {"version": found.version}
    form = WhatForForm(request.POST or None, place=request.place, initial=initial)
    if carried_out(form, lambda: _say_what_for(request, found, form)):
        return redirect("jigsaw:piece", request.place.slug, pk)
    return render(request, "jigsaw/piece_for.html", {"form": form, "piece": found}, status=status_of(form))


def _say_what_for(request: PlaceRequest, found: Piece, form: WhatForForm) -> Piece:
    said = {name: list(rows) for name, rows in form.written().items()}
    return services.say_what_for(piece=found, **said, version=form.opened_at, by=request.member)


@require_POST
@place_view("jigsaw.share_beyond")
@acts_once
def piece_beyond(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let other places see a piece, or no longer."""
    found = _piece(request, pk)
    services.share_beyond(piece=found, shared=request.POST.get("shared") == "yes", by=request.member)
    return redirect("jigsaw:piece", request.place.slug, pk)


@require_POST
@place_view("jigsaw.add_piece")
@acts_once
def piece_check(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that a piece is still as written."""
    services.check_piece(piece=_piece(request, pk), by=request.member)
    messages.success(request, _("Thank you: checked today."))
    return redirect("jigsaw:piece", request.place.slug, pk)


@place_view("jigsaw.add_piece")
@acts_once
def piece_gone(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that a piece is no longer there, or is there again."""
    found = _piece(request, pk)
    if request.method == "POST":
        services.set_gone(piece=found, gone=not found.is_gone, by=request.member)
        return redirect("jigsaw:piece", request.place.slug, pk)
    return render(request, "jigsaw/piece_gone.html", {"piece": found})
