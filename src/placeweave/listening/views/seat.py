"""Where somebody sits among the others, and the way out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from placeweave.listening import queries, services
from placeweave.listening.views.door import VoterRequest, forget, voter_view


@require_safe
@voter_view
def you(request: VoterRequest) -> HttpResponse:
    """Say where somebody sits, at once and in words first."""
    voting = request.voting
    context = {
        "voting": voting,
        "voter": request.voter,
        "seat": services.where_you_sit(voting=voting, participant=request.voter),
        "threshold": voting.conversation.place.threshold,
        "has_about": voting.takes_answers and queries.about_you(voting).exists(),
    }
    return render(request, "listening/voting/you.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voter_view
def leave(request: VoterRequest) -> HttpResponse:
    """Let this device forget, or take every answer back as well."""
    if request.method == "POST":
        if request.POST.get("what") == "take_back":
            services.take_back(participant=request.voter)
        return forget(redirect("voting:left"), voting=request.voting)
    return render(request, "listening/voting/leave.html", {"voting": request.voting, "voter": request.voter})
