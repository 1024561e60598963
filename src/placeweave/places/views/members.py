"""Who belongs to a place, and coming in by a private link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit.asking import carried_out, page_of
from placeweave.kit.doors import private_link
from placeweave.kit.models import Account
from placeweave.kit.once import acts_once
from placeweave.places import queries, services
from placeweave.places.access import PlaceRequest, open_view, place_view
from placeweave.places.forms.people import InviteForm, JoinForm, StandingForm
from placeweave.places.models import Invitation, Member
from placeweave.places.views.answering import ask_first, with_form

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@place_view("places.manage_members")
def members(request: PlaceRequest) -> HttpResponse:
    """List members, open invitations, and what people changed lately."""
    context = {
        "page": page_of(request, queries.members(request.place)),
        "invitations": queries.invitations(request.place)[:50],
        "changes": queries.changes(request.place),
        "invited": request.session.pop("invited", None),
    }
    return render(request, "places/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.manage_members")
@acts_once
def invite(request: PlaceRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST or None, place=request.place)
    invited = carried_out(form, lambda: services.invite(place=request.place, by=request.member, **form.cleaned_data))
    if invited is None:
        return with_form(request, "places/invite.html", form)
    request.session["invited"] = {"name": invited.invitation.name, "link": invited.link}
    return redirect("places:members", request.place.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.manage_members")
@acts_once
def revoke(request: PlaceRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = get_object_or_404(Invitation, place=request.place, pk=pk)
    if request.method == "POST":
        services.revoke_invitation(invitation=invitation, by=request.member)
        messages.success(request, _("The invitation of %(name)s is withdrawn.") % {"name": invitation.name})
        return redirect("places:members", request.place.slug)
    return ask_first(
        request,
        question=_("Withdraw the invitation of %(name)s?") % {"name": invitation.name},
        consequence=_("Their link stops working at once. You can invite them again."),
        button=_("Withdraw it"),
        cancel_url=reverse("places:members", args=[request.place.slug]),
    )


def _member(request: PlaceRequest, pk: int) -> Member:
    return get_object_or_404(Member.objects.current().select_related("person"), place=request.place, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.manage_members")
@acts_once
def standing(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give a member another standing."""
    member = _member(request, pk)
    form = StandingForm(request.POST or None, initial={"standing": member.standing})
    changed = carried_out(form, lambda: services.change_standing(member=member, by=request.member, **form.cleaned_data))
    if changed is None:
        return with_form(request, "places/standing.html", form, other=member)
    messages.success(request, _("Their standing is changed."))
    return redirect("places:members", request.place.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("places.manage_members")
@acts_once
def remove(request: PlaceRequest, pk: int) -> HttpResponse:
    """End somebody's membership."""
    member = _member(request, pk)
    if request.method == "POST":
        services.remove_member(member=member, by=request.member)
        messages.success(request, _("%(name)s is no longer a member.") % {"name": member.display_name})
        return redirect("places:members", request.place.slug)
    return ask_first(
        request,
        question=_("Remove %(name)s from this place?") % {"name": member.display_name},
        consequence=_("They can no longer come in. What they did here stays, with their name."),
        button=_("Remove them"),
        cancel_url=reverse("places:members", args=[request.place.slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_view
@private_link
@acts_once
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Let an invited person in. Following the link changes nothing: mail programs follow links too."""
    invitation = services.open_invitation(key=key)
    if invitation is None:
        raise Http404
    account = request.user if isinstance(request.user, Account) else None
    known = services.account_of(invitation)
    context = {
        "invitation": invitation,
        "closed": services.why_closed(invitation),
        "must_sign_in": known is not None and account is None,
        "is_somebody_else": account is not None and account != known,
    }
    form = JoinForm(request.POST or None, initial={"name": invitation.name})
    if any(context[name] for name in ("closed", "must_sign_in", "is_somebody_else")):
        return render(request, "places/join.html", context, status=410 if context["closed"] else 200)
    member = carried_out(
        form, lambda: services.accept_invitation(key=key, account=account, name=form.cleaned_data["name"])
    )
    if member is None:
        return with_form(request, "places/join.html", form, **context)
    login(request, member.account, backend=BACKEND)
    messages.success(request, _("Welcome. Here is your entry in the directory: others see what you leave here."))
    return redirect("places:profile", member.place.slug)
