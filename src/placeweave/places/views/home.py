"""The first page of an installation, and adding a place."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit.access import Standing
from placeweave.kit.asking import carried_out
from placeweave.kit.doors import steward_view
from placeweave.kit.models import Account
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import open_view
from placeweave.places.forms.places import NewPlaceForm
from placeweave.places.views.answering import with_form


@require_safe
@open_view
def portfolio(request: HttpRequest) -> HttpResponse:
    """Show the places somebody belongs to, and the others as far as they show themselves."""
    if not isinstance(request.user, Account):
        return render(request, "places/welcome.html", {"places": queries.public_places()})
    mine = list(queries.places_of(request.user))
    own = [member.place_id for member in mine]
    context = {
        "mine": mine,
        "convened": [member for member in mine if member.standing == Standing.CONVENER],
        "elsewhere": queries.elsewhere(own) if mine or request.user.is_steward else [],
        "public": queries.public_places().exclude(pk__in=own),
        "all_places": queries.all_places() if request.user.is_steward else [],
    }
    return render(request, "places/portfolio.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_view
@acts_once
def add_place(request: HttpRequest) -> HttpResponse:
    """Add a place and invite its first convener."""
    form = NewPlaceForm(request.POST or None)
    invited = carried_out(form, lambda: _add(request, form))
    if invited is None:
        return with_form(request, "places/place_add.html", form)
    request.session["invited"] = {"name": invited.invitation.name, "link": invited.link}
    messages.success(request, _("%(place)s is there.") % {"place": invited.invitation.place.name})
    return redirect("places:place_added")


@transaction.atomic
def _add(request: HttpRequest, form: NewPlaceForm) -> services.Invited:
    said = form.cleaned_data
    by = services.Steward(account=request.user if isinstance(request.user, Account) else None)
    place = services.add_place(slug=said["slug"], name=said["name"], kind=said["kind"], by=by)
    name, email = said["convener_name"], said["convener_email"]
    return services.invite(place=place, email=email, name=name, standing=Standing.CONVENER, by=by)


@require_safe
@steward_view
def place_added(request: HttpRequest) -> HttpResponse:
    """Show the first convener's link, once."""
    return render(request, "places/place_added.html", {"invited": request.session.pop("invited", None)})
