"""Coding: the text at the left, the themes at the right."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.kit.asking import number_of, page_of, status_of
from placeweave.kit.errors import DomainError, Unsound
from placeweave.kit.once import acts_once
from placeweave.listening.models import Contribution, Conversation
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes import queries, services
from placeweave.themes.forms import CodingForm
from placeweave.themes.queries import coding as texts
from placeweave.themes.queries.words import as_quote

ALONE = "coding_alone"


def _conversation(request: PlaceRequest) -> int | None:
    return number_of(request.GET.get("conversation"))


@place_view("themes.code")
def to_code(request: PlaceRequest) -> HttpResponse:
    """List what there is to code, what nobody has coded first."""
    conversation = _conversation(request)
    every = request.GET.get("all") == "1"
    rows = texts.to_code(request.member, conversation=conversation, uncoded=not every)
    context = {
        "page": page_of(request, rows.select_related("conversation")),
        "every": every,
        "conversation": conversation,
        "conversations": Conversation.objects.filter(place=request.place).exclude(
            method=Conversation.Method.STATEMENTS
        ),
    }
    return render(request, "themes/to_code.html", context)


def _text(request: PlaceRequest, pk: int) -> Contribution:
    return get_object_or_404(queries.readable_by(request.member).select_related("conversation"), pk=pk)


@place_view("themes.code")
@acts_once
def code(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put words of one contribution under a theme."""
    said = _text(request, pk)
    sentences = services.codings.sentences(said.text)
    form = CodingForm(request.POST or None, sentences=sentences)
    if request.method == "POST" and form.is_valid():
        try:
            _code(request, said, form)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(request.get_full_path())
    return _show(request, said, form, sentences)


@transaction.atomic
def _code(request: PlaceRequest, said: Contribution, form: CodingForm) -> None:
    spans = form.spans()
    if not spans:
        raise Unsound(_("Select the words first, or tick the sentences."))
    theme = services.find_or_make(place=request.place, title=form.cleaned_data["theme"], by=request.member)
    for start, end, words in spans:
        services.code(contribution=said, start=start, end=end, words=words, theme=theme, by=request.member)
    messages.success(request, _("Put under “%(theme)s”.") % {"theme": theme.title})


def _show(
    request: PlaceRequest, said: Contribution, form: CodingForm, sentences: list[tuple[int, int]]
) -> HttpResponse:
    conversation = _conversation(request)
    alone = bool(request.session.get(ALONE))
    hides = alone and not texts.has_finished(said, request.member)
    codings = texts.codings_of(said, only_by=request.member if hides else None)
    every = texts.to_code(request.member, conversation=conversation)
    waiting = texts.to_code(request.member, conversation=conversation, uncoded=True)
    context = {
        "said": said,
        "quote": as_quote(request.place, said, queries.reader_for(request.member)),
        "form": form,
        "runs": texts.runs(said.text, codings),
        "codings": [
            (one, said.text[one.quote.start : one.quote.end], texts.colour_of(one.theme_id)) for one in codings
        ],
        "sentences": [(f"{start}-{end}", said.text[start:end]) for start, end in sentences],
        "themes": queries.theme_options(request.place),
        "alone": alone,
        "hides": hides,
        "conversation": conversation,
        "following": waiting.filter(pk__gt=said.pk).exclude(pk=said.pk).first() or every.filter(pk__gt=said.pk).first(),
        "preceding": every.filter(pk__lt=said.pk).last(),
        "waiting": waiting.count(),
    }
    return render(request, "themes/code.html", context, status=status_of(form))


@place_view("themes.code")
@require_POST
@acts_once
def finish(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that one is done with a text on one's own, or choose whether to see what others coded."""
    said = _text(request, pk)
    if "alone" in request.POST:
        request.session[ALONE] = request.POST["alone"] == "1"
    else:
        services.finish(contribution=said, by=request.member)
    return redirect("themes:code", request.place.slug, pk)
