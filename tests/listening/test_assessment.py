"""A place is scored by its people: nobody is known by their scores, and what they say stays theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry, Export
from placeweave.listening import queries, services
from placeweave.listening.models import (
    Assessment,
    AssessmentGroup,
    Contribution,
    Conversation,
    Naming,
    Scope,
    ScoreCount,
    ScoreReason,
    VoiceType,
    Wave,
)
from placeweave.listening.services import AssessmentFacts, Consent, Sheet
from placeweave.places.models import Framework, FrameworkNode, Member, Place
from placeweave.places.services import load_frameworks
from placeweave.thread import privacy
from tests.listening.files import At, Queries

CONSENT = {"voice_type": "lived_experience", "scope": "1", "naming": "only_in_themes"}
GROUPS = ("Young people", "People who live here", "People who work here")


@pytest.fixture
def at(place: Place) -> At:
    return lambda name, *parts: reverse(f"listening:{name}", args=[place.slug, *parts])


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


@pytest.fixture
def draft(convener: Member) -> Assessment:
    load_frameworks()
    facts = AssessmentFacts("Clachan on foot", groups=GROUPS, why_groups="To see who finds it otherwise.")
    return services.begin_assessment(facts=facts, by=convener)


@pytest.fixture
def asked(draft: Assessment, convener: Member) -> Assessment:
    services.open_wave(assessment=draft, by=convener)
    draft.refresh_from_db()
    return draft


def group(assessment: Assessment, name: str) -> AssessmentGroup:
    return assessment.groups.get(name=name)


def score(assessment: Assessment, name: str, scores: Mapping[str, int], *, people: int) -> None:
    for _number in range(people):
        services.take_sheet(assessment=assessment, sheet=Sheet(scores, group=group(assessment, name) if name else None))


def text_of(response: Any) -> str:
    return str(response.content.decode())


# --- Answering -------------------------------------------------------------------------------------


def test_b38_a_member_scores_fourteen_themes_and_says_why(
    asked: Assessment, at: At, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    resident = client_for(member_with(Standing.COMMUNITY))
    page = text_of(resident.get(at("answer_assessment", asked.pk)))
    assert page.count('<fieldset aria-describedby="prompt-') == 14
    scores = {f"score_{code}": "2" for code in range(1, 15)}
    response = resident.post(
        at("answer_assessment", asked.pk), {**CONSENT, **scores, "reason_2": "The last bus goes at six."}
    )
    assert response.status_code == 302
    assert ScoreCount.objects.filter(score=2, people=1, group=None).count() == 14
    kept = Contribution.raw.get()
    assert kept.text == "The last bus goes at six."
    assert (kept.scope, kept.naming) == (Scope.NOTES, Naming.ONLY_IN_THEMES)
    assert ScoreReason.objects.get().heading == "2"


def test_i7_nothing_that_is_kept_tells_who_answered_or_when(
    asked: Assessment, at: At, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    resident = member_with(Standing.COMMUNITY)
    deeds = AuditEntry.objects.count()
    client_for(resident).post(at("answer_assessment", asked.pk), {**CONSENT, "score_1": "7", "reason_1": "All flat."})
    assert AuditEntry.objects.count() == deeds
    kept = Contribution.raw.get()
    assert kept.captured_by is None
    assert (kept.created_at.hour, kept.created_at.minute) == (kept.consented_at.hour, kept.consented_at.minute)
    assert kept.created_at.minute == kept.created_at.second == kept.created_at.microsecond == 0
    names = {field.name for field in ScoreCount._meta.get_fields()}
    assert names == {"id", "wave", "group", "heading", "score", "people"}


def test_a_sheet_sent_twice_counts_once_and_still_leads_to_its_links(
    asked: Assessment, browser: Client, at: At
) -> None:
    once = {"once": "6f0c1c1e-7d0a-4a54-9a5b-0d1a2b3c4d5e", "private_key": "key-of-one-person"}
    sheet = {**CONSENT, **once, "score_1": "3", "reason_1": "Kerbs."}
    first, second = (browser.post(at("answer_assessment", asked.pk), sheet) for _time in range(2))
    assert first.url == second.url == at("answered_assessment", asked.pk, "key-of-one-person")
    assert ScoreCount.objects.get().people == 1
    assert Contribution.raw.count() == 1
    assert "Kerbs." in text_of(browser.get(first.url))


def test_the_key_of_a_sheet_is_nowhere_in_the_database(asked: Assessment, browser: Client, at: At) -> None:
    from placeweave.kit.models import Submission

    once = {"once": "6f0c1c1e-7d0a-4a54-9a5b-0d1a2b3c4d5e", "private_key": "key-of-one-person"}
    browser.post(at("answer_assessment", asked.pk), {**CONSENT, **once, "reason_1": "Kerbs."})
    assert "key-of-one-person" not in Submission.objects.get().location
    assert Contribution.raw.get().teller_key_digest


def test_b21_each_reason_is_withdrawn_by_its_own_link_and_the_scores_stay(
    asked: Assessment, browser: Client, at: At
) -> None:
    sheet = {**CONSENT, "private_key": "k", "score_1": "3", "reason_1": "Kerbs.", "reason_2": "Buses."}
    browser.post(at("answer_assessment", asked.pk), sheet)
    links = {label: key for label, _text, key in queries.given_with(asked, "k")}
    assert len(links) == 2
    privacy.withdraw(privacy.teller(links["Moving around"]).contribution)  # type: ignore[union-attr]
    page = text_of(browser.get(at("assessment_reasons", asked.pk)))
    assert "Kerbs." not in page
    assert "Buses." in page
    assert ScoreCount.objects.get().people == 1


def test_nothing_is_lost_when_a_sheet_is_sent_back(asked: Assessment, browser: Client, at: At) -> None:
    sheet = {**CONSENT, "naming": "named", "score_3": "6", "reason_3": "Lorries at school time."}
    response = browser.post(at("answer_assessment", asked.pk), sheet)
    assert response.status_code == 422
    page = text_of(response)
    assert "Lorries at school time." in page
    assert 'name="score_3" value="6"' in page.replace(' checked=""', "")
    assert response.context["form"]["score_3"].value() == "6"
    assert not ScoreCount.objects.exists()


def test_a_sheet_that_comes_too_late_is_shown_again_and_not_counted(
    asked: Assessment, browser: Client, at: At, convener: Member
) -> None:
    services.close_wave(assessment=asked, by=convener)
    response = browser.post(at("answer_assessment", asked.pk), {**CONSENT, "score_1": "1", "reason_1": "Too steep."})
    assert response.status_code == 422
    assert "Too steep." in text_of(response)
    assert not ScoreCount.objects.exists()


def test_an_empty_sheet_is_refused_in_a_sentence(asked: Assessment, browser: Client, at: At) -> None:
    assert "Score at least one theme" in text_of(browser.post(at("answer_assessment", asked.pk), CONSENT))


@pytest.mark.parametrize("scores", [{"1": 0}, {"1": 8}, {"15": 3}])
def test_only_what_was_asked_is_counted(asked: Assessment, scores: dict[str, int]) -> None:
    with pytest.raises(Unsound):
        services.take_sheet(assessment=asked, sheet=Sheet(scores))


def test_words_that_lead_to_a_person_are_looked_at_twice(asked: Assessment, browser: Client, at: At) -> None:
    sheet = {**CONSENT, "reason_4": "Ring 01851 555 010 and ask."}
    assert "looks like a telephone number" in text_of(browser.post(at("answer_assessment", asked.pk), sheet))
    browser.post(at("answer_assessment", asked.pk), {**sheet, "looked_over": "on"})
    assert Contribution.raw.count() == 1


def test_paper_sheets_are_typed_in_one_after_another(asked: Assessment, browser: Client, at: At) -> None:
    young = group(asked, "Young people").pk
    first = browser.post(at("paper_sheet", asked.pk), {**CONSENT, "group": young, "score_1": "4"})
    assert first.url == f"{at('paper_sheet', asked.pk)}?done=1"
    assert browser.post(first.url, {**CONSENT, "group": young, "score_1": "4"}).url.endswith("?done=2")
    assert ScoreCount.objects.get(group=young, heading="1", score=4).people == 2


def test_only_the_team_types_in_paper_sheets(asked: Assessment, member_with: Callable[..., Member]) -> None:
    with pytest.raises(Refused):
        services.enter_paper(assessment=asked, sheet=Sheet({"1": 4}), by=member_with(Standing.COMMUNITY))


# --- Preparing, opening, closing -------------------------------------------------------------------


def test_a_convener_prepares_opens_closes_and_asks_again(browser: Client, at: At, place: Place) -> None:
    load_frameworks()
    said = {"title": "On foot", "groups": "Young people\nPeople who work here", "why_groups": "To compare."}
    made = browser.post(at("new_assessment"), said)
    found = Assessment.objects.get(place=place)
    assert made.url == at("assessment", found.pk)
    for page in ("open_assessment", "close_assessment", "open_assessment"):
        assert browser.get(at(page, found.pk)).status_code == 200
        assert browser.post(at(page, found.pk)).status_code == 302
    assert [one.number for one in found.waves.all()] == [1, 2]
    assert Conversation.objects.filter(place=place, method="written").count() == 2


def test_groups_are_asked_for_with_a_reason_and_fixed_once_people_answer(
    draft: Assessment, convener: Member, browser: Client, at: At
) -> None:
    with pytest.raises(Unsound):
        services.begin_assessment(facts=AssessmentFacts("Other", groups=("Young people",)), by=convener)
    services.open_wave(assessment=draft, by=convener)
    draft.refresh_from_db()
    assert "groups" not in browser.get(at("edit_assessment", draft.pk)).context["form"].fields
    facts = AssessmentFacts("New title", groups=("Somebody else",), why_groups="Why.")
    services.edit_assessment(assessment=draft, facts=facts, version=draft.version, by=convener)
    assert tuple(draft.groups.values_list("name", flat=True)) == GROUPS


def test_a_wave_that_is_closed_is_not_opened_again(asked: Assessment, convener: Member) -> None:
    services.close_wave(assessment=asked, by=convener)
    with pytest.raises(NotReady):
        services.close_wave(assessment=asked, by=convener)
    services.open_wave(assessment=asked, by=convener)
    with pytest.raises(NotReady):
        services.open_wave(assessment=asked, by=convener)
    assert Wave.objects.filter(assessment=asked, closed_on=None).count() == 1


def test_two_conveners_at_once_both_keep_what_they_wrote(draft: Assessment, browser: Client, at: At) -> None:
    said = {"title": "First", "version": draft.version}
    assert browser.post(at("edit_assessment", draft.pk), said).status_code == 302
    second = browser.post(at("edit_assessment", draft.pk), {"title": "Second", "version": draft.version})
    assert second.status_code == 409
    assert "First" in text_of(second)
    assert second.context["form"]["version"].value() == str(draft.version + 1)


# --- What was scored -------------------------------------------------------------------------------


def test_what_was_scored_is_shown_only_once_the_wave_is_closed(
    asked: Assessment, browser: Client, at: At, convener: Member
) -> None:
    score(asked, "", {"1": 2}, people=6)
    assert "wheel" not in text_of(browser.get(at("assessment", asked.pk)))
    services.close_wave(assessment=asked, by=convener)
    assert "wheel__drawing" in text_of(browser.get(at("assessment", asked.pk)))


def test_i10_groups_that_differ_are_shown_side_by_side(
    asked: Assessment, browser: Client, at: At, convener: Member
) -> None:
    score(asked, "Young people", {"12": 2}, people=6)
    score(asked, "People who work here", {"12": 6}, people=6)
    services.close_wave(assessment=asked, by=convener)
    found = queries.results(asked, asked.waves.get())
    safe = next(one for one in found if one.heading.code == "12")
    assert safe.is_disputed
    assert [one.spread.median if one.spread else None for one in safe.by_group] == [2, None, 6]
    page = text_of(browser.get(at("assessment", asked.pk)))
    assert "Feeling safe" in page[page.index('id="disputed"') :]


def test_i3_small_groups_stay_out_of_page_and_file(
    asked: Assessment, browser: Client, at: At, convener: Member
) -> None:
    score(asked, "Young people", {"1": 1}, people=4)
    score(asked, "People who live here", {"1": 6}, people=6)
    score(asked, "People who work here", {"1": 5}, people=11)
    services.close_wave(assessment=asked, by=convener)
    shown = {one.group: one.spread for one in queries.results(asked, asked.waves.get())[0].by_group}
    assert [name for name, spread in shown.items() if spread] == ["People who work here"]
    lines = browser.post(at("take_assessment", asked.pk)).content.decode("utf-8-sig").splitlines()
    told = [line.split(",") for line in lines if ",Moving around," in line]
    assert [line[4] for line in told if line[7]] == ["", "People who work here"]
    assert Export.objects.get().format == "assessments"


def test_change_is_shown_from_wave_to_wave(asked: Assessment, convener: Member) -> None:
    score(asked, "", {"1": 2, "2": 3}, people=5)
    services.close_wave(assessment=asked, by=convener)
    services.open_wave(assessment=asked, by=convener)
    score(asked, "", {"1": 4}, people=7)
    services.close_wave(assessment=asked, by=convener)
    first, second = asked.waves.all()
    found = {one.heading.code: one.change for one in queries.results(asked, second, before=first)}
    assert found["1"] == 2
    assert found["2"] is None


def test_reasons_reach_readers_as_far_as_consent_goes(
    asked: Assessment, at: At, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    for text, consent in (
        ("For the team.", Consent()),
        ("For us all.", Consent(Scope.PARTNERS, Naming.ANONYMOUS)),
    ):
        sheet = Sheet({}, {"1": text}, voice_type=VoiceType.LIVED, consent=consent)
        services.take_sheet(assessment=asked, sheet=sheet)
    partner, team = (client_for(member_with(one)) for one in (Standing.PARTNER, Standing.FACILITATOR))
    assert "For us all." in text_of(partner.get(at("assessment_reasons", asked.pk)))
    assert "For the team." not in text_of(partner.get(at("assessment_reasons", asked.pk)))
    assert "For the team." in text_of(team.get(at("assessment_reasons", asked.pk)))


def test_low_scores_name_a_group_where_all_together_did_not_score_low(asked: Assessment, convener: Member) -> None:
    score(asked, "Young people", {"1": 2, "2": 2}, people=6)
    score(asked, "People who work here", {"1": 6, "2": 2}, people=9)
    assert not queries.low_scores(asked.place_id)
    services.close_wave(assessment=asked, by=convener)
    found = [(one.heading.code, one.group.name if one.group else "") for one in queries.low_scores(asked.place_id)]
    assert found == [("2", ""), ("1", "Young people")] or found == [("1", "Young people"), ("2", "")]


def test_b38_up_to_five_priorities_are_chosen_with_why(
    asked: Assessment, browser: Client, at: At, convener: Member
) -> None:
    with pytest.raises(NotReady):
        services.choose_priorities(assessment=asked, chosen=[("1", "Why")], version=asked.version, by=convener)
    services.close_wave(assessment=asked, by=convener)
    asked.refresh_from_db()
    six = [(str(number), "Because.") for number in range(1, 7)]
    with pytest.raises(Unsound):
        services.choose_priorities(assessment=asked, chosen=six, version=asked.version, by=convener)
    with pytest.raises(Unsound):
        services.choose_priorities(assessment=asked, chosen=[("1", " ")], version=asked.version, by=convener)
    said = {"version": asked.version, "heading_1": "2", "why_1": "Nobody gets home after six."}
    assert browser.post(at("assessment_priorities", asked.pk), said).status_code == 302
    assert [(one.heading, one.why) for one in asked.priorities.all()] == [("2", "Nobody gets home after six.")]


def test_whoever_chooses_second_sees_both_choices(asked: Assessment, browser: Client, at: At, convener: Member) -> None:
    services.close_wave(assessment=asked, by=convener)
    asked.refresh_from_db()
    first = {"version": asked.version, "heading_1": "2", "why_1": "Theirs."}
    browser.post(at("assessment_priorities", asked.pk), first)
    second = {"version": asked.version, "heading_1": "6", "why_1": "Mine as typed."}
    told = browser.post(at("assessment_priorities", asked.pk), second)
    assert told.status_code == 409
    assert "Public transport: Theirs." in text_of(told)
    assert text_of(told).count("Mine as typed.") == 2
    meant = {**second, "version": asked.version + 1}
    assert browser.post(at("assessment_priorities", asked.pk), meant).status_code == 302
    assert asked.priorities.get().why == "Mine as typed."


def test_b38_scores_are_read_as_place_and_wellbeing_outcomes(asked: Assessment, convener: Member) -> None:
    score(asked, "", {str(code): 1 + code % 7 for code in range(1, 15)}, people=5)
    services.close_wave(assessment=asked, by=convener)
    scored = queries.results(asked, asked.waves.get())
    found = queries.outcomes(asked.framework_version, scored)
    assert len(found) == 13
    assert len({one.family for one in found}) == 5
    assert {one.heading.label for one in scored} - {one.result.heading.label for one in found} == {"Social contact"}


def test_headings_stay_those_the_assessment_began_with(asked: Assessment) -> None:
    newer = Framework.objects.create(slug="place-assessment", version="2030", title="t", owner="o", licence="l")
    FrameworkNode.objects.create(framework=newer, code="1", label="Getting about")
    assert queries.framework_in_use() == newer
    assert queries.headings(asked.framework_version)[0].label == "Moving around"
    assert queries.framework_of(asked).licence


@pytest.mark.parametrize(
    "page", ["assessment", "answer_assessment", "paper_sheet", "assessment_reasons", "assessment_priorities"]
)
def test_a_page_stays_within_its_queries(
    page: str,
    asked: Assessment,
    browser: Client,
    at: At,
    convener: Member,
    django_assert_max_num_queries: Queries,
) -> None:
    score(asked, "Young people", {str(code): 3 for code in range(1, 15)}, people=6)
    if page not in {"answer_assessment", "paper_sheet"}:
        services.close_wave(assessment=asked, by=convener)
        services.open_wave(assessment=asked, by=convener)
        score(asked, "", {str(code): 3 for code in range(1, 15)}, people=6)
        services.close_wave(assessment=asked, by=convener)
    browser.get(at(page, asked.pk))
    with django_assert_max_num_queries(12):
        assert browser.get(at(page, asked.pk)).status_code == 200
