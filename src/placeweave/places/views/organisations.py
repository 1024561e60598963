"""Partner organisations: the list, one of them, and changing what is known."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit import access
from placeweave.kit.asking import carried_out, page_of
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.forms.organisations import (
    FindOrganisationsForm,
    NumberForm,
    OrganisationForm,
    OtherNameForm,
    SiteForm,
)
from placeweave.places.models import Organisation, OrganisationIdentifier, OrganisationName, Site
from placeweave.places.views.answering import ask_first, initial_of, with_form

FIELDS = ["name", "sector", "description", "is_partner", "is_statutory", "is_anchor", "version"]


@require_safe
@place_view("places.see_place")
def organisations(request: PlaceRequest) -> HttpResponse:
    """List every organisation known here, partners first."""
    form = FindOrganisationsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.known_organisations(
        request.place,
        words=asked.get("q", ""),
        sector=asked.get("sector", ""),
        only_partners=asked.get("partners", False),
    )
    context = {
        "filters": form,
        "page": page_of(request, found),
        "may_edit": access.may(request.member, "places.edit_organisations"),
    }
    return render(request, "places/organisations.html", context)


@require_safe
@place_view("places.see_place")
def organisation(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one organisation."""
    private = access.may(request.member, "places.see_private_sites")
    found = queries.organisation_page(request.place, pk, with_private=private)
    if found is None:
        return _led_on(request, pk)
    decides = access.may(request.member, "places.link_organisations")
    context = {
        "merges": queries.merges_of(found),
        "decisions": services.decisions_about(found) if decides else [],
        "decides": decides,
        "organisation": found,
        "may_edit": access.may(request.member, "places.edit_organisations"),
        "sees_people": access.may(request.member, "places.see_people"),
        "entries": queries.entries_of(found),
        "attributions": queries.attributions_of(found),
    }
    return render(request, "places/organisation.html", context)


def _led_on(request: PlaceRequest, pk: int) -> HttpResponse:
    """Lead to the organisation that stands for one which was put together with it."""
    stands = queries.gone_into(request.place, pk)
    if stands is None:
        raise Http404
    return redirect("places:organisation", request.place.slug, stands)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def add(request: PlaceRequest) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(request.POST or None)
    made = carried_out(
        form, lambda: services.add_organisation(place=request.place, said=form.said(), by=request.member)
    )
    if made is None:
        return with_form(request, "places/organisation_form.html", form)
    return redirect("places:organisation", request.place.slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said of an organisation; where somebody was quicker, both versions are shown."""
    found = get_object_or_404(Organisation, place=request.place, pk=pk)
    form = OrganisationForm(request.POST or None, initial=initial_of(found, FIELDS))
    kept = carried_out(form, lambda: _edit(request, found, form))
    if kept is None:
        return with_form(request, "places/organisation_form.html", form, organisation=found)
    messages.success(request, _("The changes are kept."))
    return redirect("places:organisation", request.place.slug, kept.pk)


def _edit(request: PlaceRequest, found: Organisation, form: OrganisationForm) -> Organisation:
    return services.edit_organisation(organisation=found, version=form.opened_at, said=form.said(), by=request.member)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def add_number(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep a number in a register."""
    found = get_object_or_404(Organisation, place=request.place, pk=pk)
    form = NumberForm(request.POST or None)
    kept = carried_out(
        form, lambda: services.add_identifier(organisation=found, by=request.member, **form.cleaned_data)
    )
    if kept is None:
        return _about_it(request, found, form, _("Add a number"))
    if kept.status == OrganisationIdentifier.Status.SHARED:
        messages.warning(request, _("Another organisation here has this number too. Are the two one, or whose is it?"))
    return redirect("places:organisation", request.place.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def add_name(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep another name."""
    found = get_object_or_404(Organisation, place=request.place, pk=pk)
    form = OtherNameForm(request.POST or None)
    kept = carried_out(form, lambda: services.add_name(organisation=found, by=request.member, **form.cleaned_data))
    if kept is None:
        return _about_it(request, found, form, _("Add another name"))
    return redirect("places:organisation", request.place.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def add_site(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep a site."""
    found = get_object_or_404(Organisation, place=request.place, pk=pk)
    form = SiteForm(request.POST or None, place=request.place)
    if carried_out(form, lambda: _add_site(request, found, form)) is None:
        return _about_it(request, found, form, _("Add a site"))
    return redirect("places:organisation", request.place.slug, pk)


def _add_site(request: PlaceRequest, found: Organisation, form: SiteForm) -> Site:
    said = form.cleaned_data
    return services.add_site(
        organisation=found,
        label=said["label"],
        postcode=said["postcode"],
        neighbourhood=said["neighbourhood"],
        is_private=not said["is_open"],
        by=request.member,
    )


def _about_it(
    request: PlaceRequest, found: Organisation, form: NumberForm | OtherNameForm | SiteForm, task: str
) -> HttpResponse:
    return with_form(request, "places/organisation_more.html", form, organisation=found, task=task)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def remove_number(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a number back."""
    found = get_object_or_404(OrganisationIdentifier, organisation__place=request.place, pk=pk)
    if request.method == "POST":
        services.remove_identifier(identifier=found, by=request.member)
        return redirect("places:organisation", request.place.slug, found.organisation_id)
    return _ask(request, found.organisation_id, str(found))


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def remove_name(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a name back."""
    found = get_object_or_404(OrganisationName, organisation__place=request.place, pk=pk)
    if request.method == "POST":
        services.remove_name(name=found, by=request.member)
        return redirect("places:organisation", request.place.slug, found.organisation_id)
    return _ask(request, found.organisation_id, found.name)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.edit_organisations")
@acts_once
def remove_site(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a site back."""
    found = get_object_or_404(Site, organisation__place=request.place, pk=pk)
    if request.method == "POST":
        services.remove_site(site=found, by=request.member)
        return redirect("places:organisation", request.place.slug, found.organisation_id)
    return _ask(request, found.organisation_id, found.label)


def _ask(request: PlaceRequest, organisation_id: int, what: str) -> HttpResponse:
    return ask_first(
        request,
        question=_("Take away “%(what)s”?") % {"what": what},
        consequence=_("It is removed from this organisation. You can add it again."),
        button=_("Take it away"),
        cancel_url=reverse("places:organisation", args=[request.place.slug, organisation_id]),
    )
