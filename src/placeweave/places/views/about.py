"""What a place says of itself, and its settings."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit import access
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.forms import VersionedForm
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.places import DutyContactForm, DutyContacts, PlaceForm, contacts_of
from placeweave.places.models import Place
from placeweave.places.views.answering import initial_of, with_form


@require_safe
@place_view("places.see_public")
def about(request: PlaceRequest) -> HttpResponse:
    """Say who takes part, who is missing, and what the place asks itself."""
    partners = list(queries.partners(request.place))
    sees_people = access.may(request.member, "places.see_place")
    private = access.may(request.member, "places.see_private_sites")
    context = {
        "by_sector": queries.partners_by_sector(partners),
        "partners": partners,
        "missing": queries.missing_sectors(partners),
        "question": queries.question_in_use(request.place),
        "listed": queries.listed_people(request.place)[:60] if sees_people else [],
        "where": queries.whereabouts(request.place, partners, with_private=private),
        "may_edit": access.may(request.member, "places.edit_organisations"),
    }
    return render(request, "places/about.html", context)


FIELDS = ["name", "kind", "description", "is_public", "in_portfolio", "threshold", "time_zone", "version"]


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.manage_place")
@acts_once
def settings(request: PlaceRequest) -> HttpResponse:
    """Change what a place says of itself, and what others may see of it."""
    form = PlaceForm(request.POST or None, initial=initial_of(request.place, FIELDS))
    place = carried_out(form, lambda: _edit(request, form))
    if place is None:
        contacts = request.place.duty_contacts.all()
        return with_form(request, "places/settings.html", form, contacts=contacts)
    messages.success(request, _("The settings are kept."))
    return redirect("places:settings", place.slug)


def _edit(request: PlaceRequest, form: PlaceForm) -> Place:
    return services.edit_place(place=request.place, version=form.opened_at, by=request.member, **form.written())


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.manage_place")
@acts_once
def duty_contacts(request: PlaceRequest) -> HttpResponse:
    """Say whom to turn to when someone may be at risk."""
    stored = [initial_of(one, ["title", "how"]) for one in request.place.duty_contacts.all()]
    form = VersionedForm(request.POST or None, initial={"version": request.place.contacts_version})
    # What is sent is never held against what is stored now: a row that says the same would count as left empty.
    rows = DutyContacts(request.POST) if request.method == "POST" else DutyContacts(initial=stored)
    kept = carried_out(form, lambda: _set(request, rows, form)) if rows.is_valid() else None
    if kept is not None:
        messages.success(request, _("The contacts are kept."))
        return redirect("places:settings", request.place.slug)
    status = status_of(form) if rows.is_valid() or not rows.is_bound else 422
    return render(request, "places/duty_contacts.html", {"form": form, "rows": rows}, status=status)


def _set(request: PlaceRequest, rows: BaseFormSet[DutyContactForm], form: VersionedForm) -> Place:
    contacts = contacts_of(rows)
    return services.set_duty_contacts(place=request.place, contacts=contacts, version=form.opened_at, by=request.member)
