"""The page behind a teller's private link: their words, their choice, and the way out; and the team's, when asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.doors import private_link
from placeweave.kit.errors import DomainError
from placeweave.kit.models import Export
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.thread import privacy
from placeweave.thread.forms import AskedForm, ConsentForm


def _teller(key: str) -> privacy.Teller:
    found = privacy.teller(key)
    if found is None:
        raise Http404
    return found


def _form(found: privacy.Teller, data: object = None) -> ConsentForm:
    said = found.contribution
    initial = {
        "scope": said.scope,
        "naming": said.naming,
        "name": said.teller_name,
        "pseudonym": said.pseudonym,
        "may_recontact": said.may_recontact,
    }
    form = ConsentForm(data, initial=initial)
    form.offer(scopes=privacy.scope_choices(), namings=privacy.naming_choices())
    return form


@private_link
@require_http_methods(["GET", "HEAD", "POST"])
@acts_once
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """Show the teller's words as each reader would see them, and take their choice."""
    found = _teller(key)
    form = _form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            privacy.change(found.contribution, **privacy.choice(form.cleaned_data))
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Your choice is kept, and holds from now on."))
            return redirect("thread:mine", key)
    return render(request, "thread/mine.html", {"teller": found, "form": form, "key": key}, status=_status(form))


def _status(form: ConsentForm) -> int:
    return 422 if form.errors else 200


@private_link
@require_http_methods(["GET", "HEAD", "POST"])
@acts_once
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once, then take the words back."""
    found = _teller(key)
    if request.method == "POST":
        privacy.withdraw(found.contribution)
        return redirect("thread:mine", key)
    return render(request, "thread/withdraw.html", {"teller": found, "key": key})


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("listening.change_consent")
@acts_once
def withdraw_for(request: PlaceRequest, pk: int) -> HttpResponse:
    """Tell the team what taking somebody's words back does, and do it once they say who asked."""
    found = privacy.told_by(request.place, pk)
    if found is None:
        raise Http404
    form = AskedForm(request.POST or None)
    form.offer(privacy.reasons())
    if carried_out(form, lambda: _withdraw_for(request, found, form)) is not None:
        return redirect("thread:withdraw_for", request.place.slug, pk)
    context = {"teller": found, "words": privacy.in_confidence(found, request.member), "form": form}
    return render(request, "thread/withdraw_for.html", context, status=status_of(form))


def _withdraw_for(request: PlaceRequest, found: privacy.Teller, form: AskedForm) -> list[Export]:
    return privacy.withdraw(found.contribution, by=request.member, reason=form.cleaned_data["reason"])


@private_link
@require_POST
@acts_once
def pause(request: HttpRequest, key: str) -> HttpResponse:
    """Take the words out of use for now."""
    privacy.pause(_teller(key).contribution)
    return redirect("thread:mine", key)


@private_link
@require_POST
@acts_once
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Bring the words back into use."""
    privacy.resume(_teller(key).contribution)
    return redirect("thread:mine", key)
