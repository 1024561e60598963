"""What somebody says in their own words at the door of a voting, what became of it, and who they are if they like."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.kit.asking import status_of
from placeweave.kit.errors import DomainError, NotReady
from placeweave.listening import queries, services
from placeweave.listening.forms.at_the_door import AboutForm, SayForm
from placeweave.listening.models import Statement
from placeweave.listening.views.door import VoterRequest, voter_view
from placeweave.listening.views.pace import SAYING


@require_http_methods(["GET", "HEAD", "POST"])
@voter_view
def say(request: VoterRequest) -> HttpResponse:
    """Take a statement in somebody's own words; show first what comes near it, and leave the choice to them."""
    voting = request.voting
    if not voting.takes_answers or not voting.takes_statements:
        return render(request, "listening/voting/say_closed.html", {"voting": voting, "voter": request.voter})
    form = SayForm(request.POST or None, voting=voting, place=voting.conversation.place)
    near: list[Statement] = []
    if request.method == "POST" and form.is_valid():
        near = [] if form.cleaned_data["sure"] else _near(request, form)
        if not near and _say(request, form):
            return redirect("voting:mine", voting.code)
    context = {"voting": voting, "voter": request.voter, "form": form, "near": near}
    return render(request, "listening/voting/say.html", context, status=status_of(form))


def _near(request: VoterRequest, form: SayForm) -> list[Statement]:
    return services.said_nearly(voting=request.voting, text=form.cleaned_data["text"])


def _say(request: VoterRequest, form: SayForm) -> bool:
    try:
        if not SAYING.allows(request):
            raise NotReady(
                _("Very many statements came from your network just now. Wait a few minutes, then send it again.")
            )
        services.say(voting=request.voting, participant=request.voter, text=form.cleaned_data["text"])
    except DomainError as refusal:
        form.add_error("text", refusal.sentence)
        return False
    return True


@require_safe
@voter_view
def mine(request: VoterRequest) -> HttpResponse:
    """Show somebody each statement of theirs, and what was ruled of it."""
    said = queries.own_statements(request.voter)
    return render(
        request, "listening/voting/mine.html", {"voting": request.voting, "voter": request.voter, "said": said}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voter_view
def about(request: VoterRequest) -> HttpResponse:
    """Ask a little about somebody, once and only if they like."""
    voting, asked = request.voting, list(queries.about_you(request.voting))
    if not asked or not voting.takes_answers:
        return redirect("voting:door", voting.code)
    form = AboutForm(request.POST or None, asked=asked, told=request.voter.about)
    if request.method == "POST" and form.is_valid():
        services.tell_about(voting=voting, participant=request.voter, chosen=form.chosen())
        return redirect("voting:you", voting.code)
    context = {"voting": voting, "voter": request.voter, "form": form}
    return render(request, "listening/voting/about.html", context, status=status_of(form))
