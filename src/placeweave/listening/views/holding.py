"""The team sets a voting up: its rules, its questions, its first statements, its preview, and its door."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.kit.templatetags.kit import maybe_url
from placeweave.listening import services
from placeweave.listening.forms import voting as forms
from placeweave.listening.models import Conversation, Statement, Voting
from placeweave.listening.views.held import in_statements, told_kindly, voting_of, with_tabs
from placeweave.places.access import PlaceRequest, place_view

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
@place_view("listening.hold_voting")
@acts_once
def rules(request: PlaceRequest, pk: int) -> HttpResponse:
    """Write the rules of a voting, or change them."""
    conversation = in_statements(request, pk)
    voting: Voting | None = getattr(conversation, "voting", None)
    form = forms.RulesForm(request.POST or None, initial=forms.rules_as_written(voting))
    if carried_out(form, lambda: _keep_rules(request, form, conversation, voting)):
        return redirect("listening:statements" if voting else "listening:seeds", request.place.slug, pk)
    context = {"form": form, "conversation": conversation, "voting": voting, "here_tab": "rules"}
    return render(request, "listening/held/rules.html", context, status=status_of(form))


def _keep_rules(
    request: PlaceRequest, form: forms.RulesForm, conversation: Conversation, voting: Voting | None
) -> Voting:
    if voting is None:
        return services.prepare(conversation=conversation, rules=form.rules(), by=request.member)
    return services.edit_rules(voting=voting, rules=form.rules(), version=form.opened_at, by=request.member)


@require_http_methods(GET_OR_POST)
@place_view("listening.hold_voting")
@acts_once
def seeds(request: PlaceRequest, pk: int) -> HttpResponse:
    """Write statements of the hosts, one a line."""
    voting = voting_of(request, pk)
    form = forms.SeedsForm(request.POST or None)
    kept = carried_out(
        form,
        lambda: services.ask_many(conversation=voting.conversation, lines=form.lines(), by=request.member),
    )
    if kept:
        _tell_asked(request, kept)
        return redirect("listening:statements", request.place.slug, pk)
    context = with_tabs(voting, "statements", form=form)
    return render(request, "listening/held/seeds.html", context, status=status_of(form))


def _tell_asked(request: PlaceRequest, asked: services.Asked) -> None:
    count = len(asked.made)
    messages.success(
        request,
        ngettext("%(count)s statement was added.", "%(count)s statements were added.", count) % {"count": count},
    )
    for text in asked.already:
        messages.warning(request, _("“%(text)s” stands here already and was not added again.") % {"text": text})


@require_http_methods(GET_OR_POST)
@place_view("listening.hold_voting")
@acts_once
def about_you(request: PlaceRequest, pk: int) -> HttpResponse:
    """Choose what people are asked about themselves."""
    voting = voting_of(request, pk)
    asked = list(voting.about_you.all())
    form = forms.AboutForm(request.POST or None, offered=forms.ready_made(request.place), asked=asked)
    kept = carried_out(form, lambda: services.ask_about(voting=voting, questions=form.questions(), by=request.member))
    if kept is not None:
        messages.success(request, _("Kept. People are asked once, and may leave each question out."))
        return redirect("listening:statements", request.place.slug, pk)
    context = with_tabs(voting, "rules", form=form, asked=asked, is_draft=voting.state == Voting.State.DRAFT)
    return render(request, "listening/held/about_you.html", context, status=status_of(form))


@require_POST
@place_view("listening.hold_voting")
def preview(request: PlaceRequest, pk: int) -> HttpResponse:
    """Make a link to a protected preview, and show it this once: only a digest of its key is kept."""
    voting = voting_of(request, pk)
    key = services.preview_link(voting=voting, by=request.member)
    voting.refresh_from_db(fields=["preview_until"])
    address = maybe_url("voting:preview", key)
    context = with_tabs(voting, "statements", link=settings.PUBLIC_URL + address if address else "")
    return render(request, "listening/held/preview.html", context)


@dataclass(frozen=True)
class Deed:
    """A change of the door that is asked about first."""

    service: str
    question: str | Promise
    consequence: str | Promise
    button: str | Promise
    done: str | Promise
    tone: str = ""


DEEDS = {
    "open": Deed(
        "open_door",
        gettext_lazy("Open the door of “%(title)s”?"),
        gettext_lazy("From now on everybody who knows the code can come in and answer, without an account. "
                     "What people are asked about themselves can no longer be changed."),
        gettext_lazy("Open it"),
        gettext_lazy("It is open. Show people the code."),
    ),
    "close": Deed(
        "close_door",
        gettext_lazy("Close “%(title)s”?"),
        gettext_lazy("No more votes and statements are taken, and an open room is ended. What was answered stays, "
                     "people can still read it, and you can open it again."),
        gettext_lazy("Close it"),
        gettext_lazy("It is closed. People who come now can read, and answer no more."),
    ),
    "archive": Deed(
        "put_away",
        gettext_lazy("Archive “%(title)s”?"),
        gettext_lazy("Its door is gone: the code and the QR code lead nowhere, for ever. The statements and the counts "
                     "stay in this place."),
        gettext_lazy("Archive it"),
        gettext_lazy("It is archived. Its results stay here."),
        tone="refused",
    ),
}  # fmt: skip


@require_http_methods(GET_OR_POST)
@place_view("listening.hold_voting")
@acts_once
def door(request: PlaceRequest, pk: int, deed: str) -> HttpResponse:
    """Ask, then open, close or archive a voting."""
    voting, chosen = voting_of(request, pk), DEEDS[deed]
    if request.method == "POST":
        service = getattr(services, chosen.service)
        if told_kindly(request, lambda: service(voting=voting, by=request.member)):
            messages.success(request, str(chosen.done))
        return redirect("listening:statements", request.place.slug, pk)
    context = with_tabs(
        voting, "statements",
        question=str(chosen.question) % {"title": voting.conversation.title},
        consequence=chosen.consequence, button=chosen.button, tone=chosen.tone,
    )  # fmt: skip
    return render(request, "listening/held/door.html", context)


@require_http_methods(GET_OR_POST)
@place_view("listening.hold_voting")
@acts_once
def translate(request: PlaceRequest, pk: int) -> HttpResponse:
    """Write a statement in another language; the original stands beside it."""
    rows = Statement.objects.select_related("conversation__voting").prefetch_related("translations")
    statement = get_object_or_404(rows, pk=pk, conversation__place=request.place, conversation__voting__isnull=False)
    choices = forms.languages_for(statement)
    language = request.GET.get("language", "")
    if language not in dict(choices):
        language = choices[0][0]
    kept = next((one for one in statement.translations.all() if one.language == language), None)
    initial = {"text": kept.text if kept else "", "version": kept.version if kept else 0}
    form = forms.TranslationForm(request.POST or None, initial=initial)
    if carried_out(form, lambda: _translate(request, form, statement, language)):
        messages.success(request, _("The translation is kept."))
        return redirect("listening:statements", request.place.slug, statement.conversation_id)
    context = with_tabs(
        statement.conversation.voting, "statements",
        form=form, statement=statement, choices=choices, language=language, language_name=dict(choices)[language],
    )  # fmt: skip
    return render(request, "listening/held/translate.html", context, status=status_of(form))


def _translate(request: PlaceRequest, form: forms.TranslationForm, statement: Statement, language: str) -> bool:
    text = form.cleaned_data["text"]
    services.translate(statement=statement, language=language, text=text, version=form.opened_at, by=request.member)
    return True
