"""Pages of ties: both sides of each, a wave as it is held and answered, and a convener's own notes."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.jigsaw import services
from placeweave.jigsaw.forms import NoteForm, ReplyForm, SurveyForm, TieForm
from placeweave.jigsaw.models import ContactNote, TieReply, TieSurvey
from placeweave.jigsaw.queries import care, concerns, survey, ties, trust
from placeweave.kit.access import may
from placeweave.kit.asking import A_PAGE, carried_out, number_of, page_of, status_of
from placeweave.kit.errors import Refused
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("jigsaw.see_board")
def tie_list(request: PlaceRequest) -> HttpResponse:
    """Show both sides of every tie as they were reported, those that differ first."""
    waves = list(ties.surveys(request.place))
    wave = next((one for one in waves if one.pk == number_of(request.GET.get("wave"))), None)
    pairs = ties.tie_pairs(request.place, wave)
    standing, wanted = request.GET.get("standing", ""), request.GET.get("q", "").strip()
    shown = ties.narrowed(pairs, standing=standing, wanted=wanted)
    open_wave = next((one for one in waves if one.is_open), None)
    context = {
        "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "counts": ties.counts(pairs),
        "standing": standing,
        "wanted": wanted,
        "waves": waves,
        "wave": wave,
        "open_wave": open_wave,
        "asked": ties.asked_of(request.member),
        "levels": ties.LEVELS,
        "may_report": may(request.member, "jigsaw.report_tie"),
        "may_hold": may(request.member, "jigsaw.hold_survey"),
        "may_watch": may(request.member, "jigsaw.watch_survey"),
        "may_log": may(request.member, "jigsaw.keep_log"),
        "reply": survey.reply_of(open_wave, request.member.organisation) if open_wave else None,
    }
    return render(request, "jigsaw/ties.html", context)


@place_view("jigsaw.report_tie")
@acts_once
def tie_new(request: PlaceRequest) -> HttpResponse:
    """Say how one's organisation works with another."""
    initial = {name: request.GET[name] for name in ("source", "target") if name in request.GET}
    form = TieForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    made = carried_out(form, lambda: services.report_tie(by=request.member, **form.cleaned_data))
    if made is not None:
        messages.success(request, _("Kept: %(level)s.") % {"level": ties.NAMES[made.level]})
        return redirect("jigsaw:ties", request.place.slug)
    return render(request, "jigsaw/tie_form.html", {"form": form}, status=status_of(form))


@place_view("jigsaw.hold_survey")
@acts_once
def survey_new(request: PlaceRequest) -> HttpResponse:
    """Open a wave."""
    form = SurveyForm(request.POST or None)
    made = carried_out(form, lambda: services.open_survey(place=request.place, by=request.member, **form.cleaned_data))
    if made is not None:
        messages.success(request, _("The wave is open. Every partner sees it here when it comes in."))
        return redirect("jigsaw:tie_survey", request.place.slug, made.pk)
    return render(request, "jigsaw/survey_form.html", {"form": form}, status=status_of(form))


def _survey(request: PlaceRequest, pk: int) -> TieSurvey:
    return get_object_or_404(ties.surveys(request.place), pk=pk)


@place_view("jigsaw.watch_survey")
def tie_survey(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show who has answered, and whom to remind."""
    found = _survey(request, pk)
    context = {
        "survey": found,
        "page": Paginator(survey.asked(found), A_PAGE).get_page(request.GET.get("page")),
        "may_hold": may(request.member, "jigsaw.hold_survey"),
        "answer_url": request.build_absolute_uri("answer/"),
    }
    return render(request, "jigsaw/survey.html", context)


@require_POST
@place_view("jigsaw.hold_survey")
@acts_once
def survey_close(request: PlaceRequest, pk: int) -> HttpResponse:
    """Close a wave."""
    services.close_survey(survey=_survey(request, pk), by=request.member)
    messages.success(request, _("The wave is closed. Have the network measured again to see it."))
    return redirect("jigsaw:tie_survey", request.place.slug, pk)


@require_POST
@place_view("jigsaw.watch_survey")
@acts_once
def survey_remind(request: PlaceRequest, pk: int) -> HttpResponse:
    """Note that a partner was reminded."""
    reply = get_object_or_404(TieReply, survey__place=request.place, pk=pk)
    services.note_reminder(reply=reply, by=request.member)
    return redirect("jigsaw:tie_survey", request.place.slug, reply.survey_id)


def _reply(request: PlaceRequest, pk: int) -> TieReply:
    """Find what one's own organisation was asked; the team may answer for another, on paper say."""
    found = get_object_or_404(TieSurvey, place=request.place, pk=pk)
    asked_for = number_of(request.GET.get("for"))
    if asked_for and may(request.member, "jigsaw.edit_any"):
        return get_object_or_404(
            TieReply.objects.select_related("survey", "organisation"), survey=found, organisation=asked_for
        )
    reply = survey.reply_of(found, request.member.organisation)
    if reply is None:
        raise Refused(_("This wave asks partner organisations. You can answer once you speak for one of them."))
    return reply


@place_view("jigsaw.report_tie")
@acts_once
def survey_answer(request: PlaceRequest, pk: int) -> HttpResponse:
    """Answer for one's organisation, saving as one goes along."""
    reply = _reply(request, pk)
    form = ReplyForm(request.POST or None, initial={"version": reply.version})
    is_sent = request.POST.get("then") == "send"
    if carried_out(form, lambda: _save(request, reply, form, is_sent=is_sent)) is None:
        context = {
            "form": form,
            "reply": reply,
            "levels": ties.LEVELS,
            "answers": trust.ANSWERS,
            "rows": _rows(reply, form),
        }
        return render(request, "jigsaw/survey_answer.html", context, status=status_of(form))
    if is_sent:
        messages.success(request, _("Thank you. Your answer is in; you can change it until the wave is closed."))
        return redirect("jigsaw:ties", request.place.slug)
    messages.success(request, _("Saved. You can go on now or later."))
    return redirect(request.get_full_path())


def _save(request: PlaceRequest, reply: TieReply, form: ReplyForm, *, is_sent: bool) -> TieReply:
    return services.save_reply(
        reply=reply, said=form.said(), version=form.opened_at, is_sent=is_sent, by=request.member
    )


def _rows(reply: TieReply, form: ReplyForm) -> list[survey.Kept]:
    """Give the questions with what is kept; a form that comes back keeps what was typed."""
    rows = survey.kept(reply)
    if not form.is_bound:
        return list(rows)
    said = form.said()
    return [
        replace(row, level=said.levels.get(row.organisation.pk), ratings=said.ratings.get(row.organisation.pk, {}))
        for row in rows
    ]


@place_view("jigsaw.keep_log")
@acts_once
def contact_log(request: PlaceRequest) -> HttpResponse:
    """Show and keep a convener's own two lines; nobody else comes here."""
    form = NoteForm(request.POST or None, place=request.place, initial={"organisations": request.GET.getlist("about")})
    if carried_out(form, lambda: services.note_contact(said=form.said(), by=request.member)):
        messages.success(request, _("Kept, for you alone."))
        return redirect("jigsaw:contact_log", request.place.slug)
    contacts = care.contacts(request.member)
    quiet = [one for one in contacts if one.is_quiet]
    context = {
        "form": form,
        "notes": page_of(request, care.notes(request.member)),
        "contacts": contacts,
        "quiet": quiet,
        "quiet_more": max(len(quiet) - care.NAMED, 0),
        "cooled": concerns.to_look_after(request.place).cooled,
        "quiet_weeks": care.QUIET_AFTER.days // 7,
    }
    return render(request, "jigsaw/contact_log.html", context, status=status_of(form))


@require_POST
@place_view("jigsaw.keep_log")
@acts_once
def contact_forget(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a note away."""
    note = get_object_or_404(ContactNote, author=request.member, pk=pk)
    services.forget_contact(note=note, by=request.member)
    messages.success(request, _("Taken away for good."))
    return redirect("jigsaw:contact_log", request.place.slug)
