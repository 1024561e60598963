"""Ties told by both sides, wave by wave: confirmed, one-sided and disputed apart; ratings and notes in confidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.jigsaw import services
from placeweave.jigsaw.models import ContactNote, Tie, TieRating, TieReply, TieSurvey
from placeweave.jigsaw.queries import care, concerns, survey, ties, trust
from placeweave.jigsaw.services import NoteSaid, ReplySaid
from placeweave.jigsaw.services.surveys import ITEMS
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry
from placeweave.places import services as places
from placeweave.places.models import Member, Organisation, Place
from placeweave.thread.bundle import shape
from tests.factories import MemberFactory, OrganisationFactory

At = Callable[..., str]
WELL = dict.fromkeys(ITEMS, 4)


@pytest.fixture
def at(place: Place) -> At:
    return lambda name, *parts: reverse(f"jigsaw:{name}", args=[place.slug, *parts])


@pytest.fixture
def partners(place: Place) -> list[Organisation]:
    return [OrganisationFactory(place=place, name=name) for name in ("Academy", "Fire", "Police", "Shed")]


@pytest.fixture
def wave(place: Place, partners: list[Organisation], convener: Member) -> TieSurvey:
    return services.open_survey(place=place, lead="Who works with whom?", closes_on=None, by=convener)


def speaker(organisation: Organisation, standing: str = Standing.PARTNER) -> Member:
    return MemberFactory(place=organisation.place, standing=standing, person__organisation=organisation)


def answer(wave: TieSurvey, one: Organisation, by: Member, **kept: Any) -> TieReply:
    reply = TieReply.objects.get(survey=wave, organisation=one)
    said = ReplySaid({other.pk: level for other, level in kept["says"].items()}, kept.get("ratings", {}))
    return services.save_reply(
        reply=reply, said=said, version=kept.get("version", reply.version), is_sent=kept.get("is_sent", True), by=by
    )


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a16_confirmed_one_sided_and_disputed_ties_stay_apart(
    wave: TieSurvey, place: Place, partners: list[Organisation], convener: Member
) -> None:
    academy, fire, police, shed = partners
    answer(wave, academy, convener, says={fire: 3, police: 2, shed: 1})
    answer(wave, fire, convener, says={academy: 3})
    answer(wave, police, convener, says={academy: 4})
    found = {(pair.one.name, pair.other.name): pair.standing for pair in ties.tie_pairs(place, wave)}
    assert found == {
        ("Academy", "Fire"): "confirmed",
        ("Academy", "Police"): "disputed",
        ("Academy", "Shed"): "one_sided",
    }


def test_two_reports_that_differ_are_never_averaged(
    wave: TieSurvey, place: Place, partners: list[Organisation], convener: Member
) -> None:
    academy, fire, *_rest = partners
    answer(wave, academy, convener, says={fire: 5})
    answer(wave, fire, convener, says={academy: 1})
    pair = ties.tie_pairs(place, wave)[0]
    assert (pair.forth and pair.forth.level, pair.back and pair.back.level) == (5, 1)


def test_whoever_is_left_out_of_an_answer_that_was_sent_is_no_contact(
    wave: TieSurvey, place: Place, partners: list[Organisation], convener: Member
) -> None:
    academy, fire, *_rest = partners
    answer(wave, academy, convener, says={fire: 2})
    answer(wave, fire, convener, says={}, is_sent=False)
    assert ties.tie_pairs(place, wave)[0].standing == "one_sided"
    answer(wave, fire, convener, says={})
    assert ties.tie_pairs(place, wave)[0].standing == "disputed"


def test_a_partner_is_asked_what_others_say_of_it(
    place: Place, partners: list[Organisation], client_for: Callable[[Member], Client], at: At
) -> None:
    academy, fire, *_rest = partners
    services.report_tie(source=academy, target=fire, level=3, by=speaker(academy))
    asked = speaker(fire)
    page = text_of(client_for(asked).get(at("ties")))
    assert "You are asked" in page
    assert "Academy says of working with you" in page
    services.report_tie(source=fire, target=academy, level=0, by=asked)
    assert "You are asked" not in text_of(client_for(asked).get(at("ties")))


def test_a_long_list_of_ties_is_found_by_partner_and_read_page_by_page(
    place: Place, partners: list[Organisation], convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    academy, fire, police, _shed = partners
    more = [OrganisationFactory(place=place, name=f"Group {number:03}") for number in range(60)]
    Tie.objects.bulk_create(Tie(place=place, source=academy, target=one, level=1) for one in more)
    services.report_tie(source=fire, target=police, level=2, by=convener)
    browser = client_for(convener)
    first, second = (text_of(browser.get(at("ties"), {"page": number})) for number in (1, 2))
    assert first.count('scope="row"') == 50
    assert second.count('scope="row"') == 11
    found = text_of(browser.get(at("ties"), {"q": "FIR"}))
    assert found.count('scope="row"') == 1
    assert "Police" in found
    kept = text_of(browser.get(at("ties"), {"q": "Academy", "page": 2}))
    assert kept.count('scope="row"') == 10
    assert "q=Academy" in kept, "the way to another page keeps what was asked for"


def test_one_wave_is_open_at_a_time(wave: TieSurvey, place: Place, convener: Member) -> None:
    with pytest.raises(NotReady, match="open already"):
        services.open_survey(place=place, lead="", closes_on=None, by=convener)
    with pytest.raises(IntegrityError), transaction.atomic():
        TieSurvey.objects.create(place=place, number=9)
    services.close_survey(survey=wave, by=convener)
    assert services.open_survey(place=place, lead="", closes_on=None, by=convener).number == 2


def test_only_a_convener_opens_and_closes_a_wave(wave: TieSurvey, place: Place, partners: list[Organisation]) -> None:
    for standing in (Standing.FACILITATOR, Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR):
        somebody = MemberFactory(place=place, standing=standing)
        with pytest.raises(Refused):
            services.open_survey(place=place, lead="", closes_on=None, by=somebody)
        with pytest.raises(Refused):
            services.close_survey(survey=wave, by=somebody)


def test_a_wave_that_would_end_before_it_begins_is_refused(
    place: Place, partners: list[Organisation], convener: Member
) -> None:
    with pytest.raises(Unsound):
        services.open_survey(place=place, lead="", closes_on=timezone.localdate() - timedelta(days=1), by=convener)


def test_nobody_answers_for_another_partner(wave: TieSurvey, partners: list[Organisation]) -> None:
    academy, fire, *_rest = partners
    with pytest.raises(Refused, match="your own organisation"):
        answer(wave, academy, speaker(fire), says={fire: 1})


def test_an_answer_speaks_of_partners_that_are_asked_and_of_levels_there_are(
    wave: TieSurvey, partners: list[Organisation], convener: Member
) -> None:
    academy, fire, *_rest = partners
    stranger = OrganisationFactory(name="Elsewhere")
    for says in ({stranger: 1}, {academy: 1}, {fire: 6}):
        with pytest.raises(Unsound):
            answer(wave, academy, convener, says=says)
    with pytest.raises(Unsound):
        answer(wave, academy, convener, says={fire: 1}, ratings={fire.pk: {"openness": 5}})


def test_a_closed_wave_takes_no_more_answers(wave: TieSurvey, partners: list[Organisation], convener: Member) -> None:
    services.close_survey(survey=wave, by=convener)
    with pytest.raises(NotReady):
        answer(wave, partners[0], convener, says={partners[1]: 1})


def test_two_of_one_partner_never_write_over_each_other(
    wave: TieSurvey, partners: list[Organisation], client_for: Callable[[Member], Client], at: At
) -> None:
    academy, fire, police, _shed = partners
    one, other = speaker(academy), speaker(academy)
    answer(wave, academy, one, says={fire: 3}, is_sent=False)
    with pytest.raises(Conflict) as met:
        answer(wave, academy, other, says={police: 2}, version=1)
    assert (list(met.value.theirs), list(met.value.yours)) == (["Fire"], ["Police"])
    sent = {"version": "1", f"level-{police.pk}": "2", "then": "save"}
    response = client_for(other).post(at("survey_answer", wave.pk), sent)
    assert response.status_code == 409
    assert one.display_name in text_of(response)
    again = client_for(other).post(at("survey_answer", wave.pk), sent | {"version": "2"})
    assert again.status_code == 302
    assert Tie.objects.get(survey=wave, source=academy).target == police


def test_an_answer_comes_back_as_it_was_left(
    wave: TieSurvey, partners: list[Organisation], client_for: Callable[[Member], Client], at: At
) -> None:
    academy, fire, *_rest = partners
    browser = client_for(speaker(academy))
    sent = {
        "version": "1",
        f"level-{fire.pk}": "3",
        f"openness-{fire.pk}": "4",
        "then": "save",
        "junk-x": "1",
        "level-x": "2",
    }
    browser.post(at("survey_answer", wave.pk), sent)
    row = next(one for one in survey.kept(TieReply.objects.get(organisation=academy)) if one.organisation == fire)
    assert (row.level, row.ratings["openness"]) == (3, 4)
    assert "How does it go?" in text_of(browser.get(at("survey_answer", wave.pk)))
    browser.post(at("survey_answer", wave.pk), {"version": "2", f"level-{fire.pk}": "0", "then": "send"})
    assert not TieRating.objects.exists()
    assert TieReply.objects.get(organisation=academy).sent_at is not None


def test_saving_as_one_goes_along_is_one_deed_in_the_log(
    wave: TieSurvey, partners: list[Organisation], convener: Member
) -> None:
    academy, fire, police, _shed = partners
    for says in ({fire: 1}, {fire: 2}, {fire: 2, police: 1}):
        answer(wave, academy, convener, says=says, is_sent=False)
    answer(wave, academy, convener, says={fire: 2})
    verbs = AuditEntry.objects.filter(subject_type="jigsaw.tiereply").values_list("verb", flat=True)
    assert sorted(verbs) == ["saved", "sent"]


def test_somebody_without_an_organisation_is_told_why_it_cannot_answer(
    wave: TieSurvey, place: Place, client_for: Callable[[Member], Client], at: At
) -> None:
    response = client_for(MemberFactory(place=place, standing=Standing.COMMUNITY)).get(at("survey_answer", wave.pk))
    assert response.status_code == 403
    assert "once you speak for one of them" in text_of(response)


def test_reminders_are_noted_until_the_answer_is_in(
    wave: TieSurvey, partners: list[Organisation], convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    reply = TieReply.objects.get(survey=wave, organisation=partners[0])
    client_for(convener).post(at("survey_remind", reply.pk))
    reply.refresh_from_db()
    assert reply.reminded_on == timezone.localdate()
    assert "reminded on" in text_of(client_for(convener).get(at("tie_survey", wave.pk)))


def closed(wave: TieSurvey, by: Member) -> TieSurvey:
    return services.close_survey(survey=wave, by=by)


def test_how_it_goes_is_told_in_sums_of_several_only(
    wave: TieSurvey, place: Place, convener: Member, partners: list[Organisation]
) -> None:
    more = [OrganisationFactory(place=place, name=f"Partner {number}") for number in range(4)]
    TieReply.objects.bulk_create(TieReply(survey=wave, organisation=one) for one in more)
    academy, *others = [*partners, *more]
    for one in others[:4]:
        answer(wave, one, convener, says={academy: 3}, ratings={academy.pk: WELL})
    assert not trust.ratings(place, closed(wave, convener)).is_shown
    TieSurvey.objects.update(closed_at=None)
    answer(wave, others[4], convener, says={academy: 3}, ratings={academy.pk: WELL})
    assert not trust.ratings(place, TieSurvey.objects.get()).is_shown, "each new answer would give itself away"
    found = trust.ratings(place, closed(wave, convener))
    assert (found.is_shown, found.raters) == (True, 5)
    assert [(one.name, one.trust) for one in found.received] == [("Academy", 4.0)]


def test_what_a_few_said_of_one_partner_cannot_be_worked_out(
    wave: TieSurvey, place: Place, convener: Member, partners: list[Organisation]
) -> None:
    more = [OrganisationFactory(place=place, name=f"Partner {number}") for number in range(4)]
    TieReply.objects.bulk_create(TieReply(survey=wave, organisation=one) for one in more)
    academy, fire, *others = [*partners, *more]
    for number, one in enumerate(others[:6]):
        rated = [academy, fire] if number == 0 else [academy]
        answer(wave, one, convener, says=dict.fromkeys(rated, 3), ratings={key.pk: WELL for key in rated})
    assert {one.name: one.trust for one in trust.ratings(place, closed(wave, convener)).received} == {
        "Academy": None,
        "Fire": None,
    }


def test_no_single_rating_and_no_private_note_is_in_the_bundle() -> None:
    held = {model._meta.label_lower for model in shape.in_order()}
    assert "jigsaw.tie" in held
    assert not held & {"jigsaw.tierating", "jigsaw.contactnote"}


def note(by: Member, about: list[Organisation], days: int = 0, **kept: str) -> ContactNote:
    day = timezone.localdate() - timedelta(days=days)
    said = NoteSaid(kept.get("who", "Morag at the gate"), about, day, "Warmer than before", kept.get("feel", "fine"))
    return services.note_contact(said=said, by=by)


def test_b12_two_lines_update_the_last_contact(convener: Member, partners: list[Organisation]) -> None:
    academy, fire, *_rest = partners
    note(convener, [academy], days=90)
    note(convener, [academy, fire], days=2)
    found = {one.organisation.name: one for one in care.contacts(convener)}
    assert found["Academy"].last == found["Fire"].last == timezone.localdate() - timedelta(days=2)
    assert [name for name, one in found.items() if one.is_quiet] == ["Police", "Shed"]


def test_b47_who_is_under_strain_comes_before_who_has_gone_quiet(
    convener: Member, partners: list[Organisation]
) -> None:
    academy, fire, police, _shed = partners
    note(convener, [police], days=1, feel="strained")
    note(convener, [fire], days=1)
    note(convener, [academy], days=50)
    assert [one.one for one in concerns.to_look_after(convener.place, convener).own] == ["Police", "Academy"]


def test_a_conveners_notes_end_with_the_membership(
    place: Place, convener: Member, partners: list[Organisation]
) -> None:
    other = MemberFactory(place=place, standing=Standing.CONVENER)
    theirs = note(other, partners[:1])
    note(convener, partners)
    places.remove_member(member=convener, by=other)
    assert list(ContactNote.objects.all()) == [theirs]


def test_a_conveners_notes_are_read_by_nobody_else(
    place: Place, convener: Member, partners: list[Organisation], client_for: Callable[[Member], Client], at: At
) -> None:
    kept = note(convener, partners[:1], who="A word in the boatyard")
    other = MemberFactory(place=place, standing=Standing.CONVENER)
    assert "A word in the boatyard" in text_of(client_for(convener).get(at("contact_log")))
    assert "A word in the boatyard" not in text_of(client_for(other).get(at("contact_log")))
    assert client_for(other).post(at("contact_forget", kept.pk)).status_code == 404
    with pytest.raises(Refused):
        services.forget_contact(note=kept, by=other)
    assert not AuditEntry.objects.filter(place_id=place.pk, subject_type="jigsaw.contactnote").exists()
    assert not any(kept.spoke_with in entry.summary for entry in AuditEntry.objects.all())
    client_for(convener).post(at("contact_forget", kept.pk))
    assert not ContactNote.objects.exists()


def test_a_report_that_fell_by_two_levels_is_worth_asking_after(
    wave: TieSurvey, place: Place, convener: Member, partners: list[Organisation]
) -> None:
    academy, fire, police, _shed = partners
    answer(wave, academy, convener, says={fire: 4, police: 2})
    services.close_survey(survey=wave, by=convener)
    later = services.open_survey(place=place, lead="", closes_on=None, by=convener)
    answer(later, academy, convener, says={fire: 2, police: 2})
    assert [(one.one, one.other, one.was, one.now) for one in concerns.to_look_after(place).cooled] == [
        ("Academy", "Fire", 4, 2)
    ]


def test_another_places_waves_are_not_there(
    place: Place, wave: TieSurvey, client_for: Callable[[Member], Client]
) -> None:
    stranger = MemberFactory(standing=Standing.CONVENER)
    browser = client_for(stranger)
    for name in ("tie_survey", "survey_answer"):
        assert browser.get(reverse(f"jigsaw:{name}", args=[stranger.place.slug, wave.pk])).status_code == 404
    reply = TieReply.objects.filter(survey=wave)[0]
    assert browser.post(reverse("jigsaw:survey_remind", args=[stranger.place.slug, reply.pk])).status_code == 404
    assert ties.tie_pairs(stranger.place) == []
