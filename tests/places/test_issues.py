"""Issues, whose question the people on them author."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry
from placeweave.places import queries, services
from placeweave.places.models import Issue, Member, Place, Question, Sector
from tests import factories

pytestmark = pytest.mark.django_db


def put(issue: Issue, convener: Member, **said: object) -> Issue:
    version = Issue.objects.get(pk=issue.pk).version
    nothing = {"facilitators": [], "organisations": [], "neighbourhoods": [], "topics": []}
    return services.edit_issue(
        **{"issue": issue, "version": version, "title": issue.title, "state": "live", **nothing, **said}, by=convener
    )


def test_a10_participants_write_the_question_and_its_history_names_them(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    resident, partner = member_with(Standing.COMMUNITY), member_with(Standing.PARTNER)
    issue = services.open_issue(place=convener.place, title="Cut off", by=resident)
    first = services.suggest_question(issue=issue, wording="Who is lonely?", why="", by=partner)
    second = services.suggest_question(issue=issue, wording="What would it take?", why="lonely is refused", by=resident)
    services.adopt_question(question=first, by=convener)
    services.adopt_question(question=second, by=convener)
    first.refresh_from_db()
    assert first.state == Question.State.PAST
    page = client_for(convener).get(reverse("places:issue", args=[convener.place.slug, issue.pk])).content.decode()
    for words in ("Who is lonely?", "What would it take?", partner.display_name, resident.display_name):
        assert words in page
    assert queries.question_in_use(convener.place) == second


def test_a10_suggesting_changes_nothing_until_the_group_takes_it_up(convener: Member) -> None:
    issue = factories.IssueFactory(place=convener.place)
    used = services.adopt_question(
        question=services.suggest_question(issue=issue, wording="A?", why="", by=convener), by=convener
    )
    services.suggest_question(issue=issue, wording="B?", why="", by=convener)
    assert queries.question_in_use(convener.place) == used


def test_the_question_in_use_is_replaced_and_never_dropped(convener: Member) -> None:
    issue = factories.IssueFactory(place=convener.place)
    used = services.suggest_question(issue=issue, wording="A?", why="", by=convener)
    services.adopt_question(question=used, by=convener)
    with pytest.raises(NotReady):
        services.set_question_aside(question=used, by=convener)


def test_the_log_never_repeats_a_wording(convener: Member) -> None:
    issue = factories.IssueFactory(place=convener.place)
    services.suggest_question(issue=issue, wording="UNIQUEWORDS?", why="ALSOUNIQUE", by=convener)
    assert not AuditEntry.objects.filter(summary__contains="UNIQUE").exists()


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EVALUATOR])
def test_only_those_taking_part_suggest(member_with: Callable[..., Member], standing: Standing) -> None:
    member = member_with(standing)
    issue = factories.IssueFactory(place=member.place)
    with pytest.raises(Refused):
        services.suggest_question(issue=issue, wording="A?", why="", by=member)


def test_i15_a_partner_and_a_resident_may_both_suggest_and_neither_may_decide(
    member_with: Callable[..., Member],
) -> None:
    for standing in (Standing.PARTNER, Standing.COMMUNITY):
        member = member_with(standing)
        issue = factories.IssueFactory(place=member.place)
        question = services.suggest_question(issue=issue, wording="A?", why="", by=member)
        with pytest.raises(Refused):
            services.adopt_question(question=question, by=member)


def test_a1_an_issue_says_which_boundaries_it_crosses_and_one_sector_issues_are_picked_out(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    health = factories.OrganisationFactory(place=convener.place, sector=Sector.HEALTH)
    police = factories.OrganisationFactory(place=convener.place, sector=Sector.POLICING)
    shore = factories.PlaceFactory(parent_workspace=convener.place)
    wide = put(
        factories.IssueFactory(place=convener.place, title="Wide"),
        convener,
        organisations=[health, police],
        neighbourhoods=[shore],
    )
    put(factories.IssueFactory(place=convener.place, title="Narrow"), convener, organisations=[health])
    crossed = queries.boundaries_of(wide.organisations.all(), wide.neighbourhoods.all())
    assert (len(crossed.sectors), crossed.organisations, crossed.places) == (2, 2, 1)
    address = reverse("places:issues", args=[convener.place.slug])
    every, only = client_for(convener).get(address), client_for(convener).get(address, {"only": "one-sector"})
    assert "Wide" in every.content.decode()
    assert "Wide" not in only.content.decode()
    assert "Narrow" in only.content.decode()


def test_a9_an_issue_names_its_facilitators(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    pair = [member_with(Standing.FACILITATOR), member_with(Standing.FACILITATOR)]
    issue = put(factories.IssueFactory(place=convener.place), convener, facilitators=pair)
    page = client_for(convener).get(reverse("places:issue", args=[convener.place.slug, issue.pk])).content.decode()
    assert all(one.display_name in page for one in pair)


def test_nothing_of_another_place_is_put_on_an_issue(convener: Member, other_place: Place) -> None:
    issue = factories.IssueFactory(place=convener.place)
    for said in (
        {"organisations": [factories.OrganisationFactory(place=other_place)]},
        {"facilitators": [factories.MemberFactory(place=other_place)]},
        {"neighbourhoods": [other_place]},
    ):
        with pytest.raises(Unsound):
            put(issue, convener, **said)


def test_a_title_stands_once_in_a_place(convener: Member) -> None:
    services.open_issue(place=convener.place, title="Cut off", by=convener)
    with pytest.raises(Unsound, match="already an issue"):
        services.open_issue(place=convener.place, title="Cut off", by=convener)


def test_an_issue_is_brought_edited_and_decided_in_the_browser(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    browser, slug = client_for(convener), convener.place.slug
    response = browser.post(
        reverse("places:issue_open", args=[slug]), {"title": "Cut off", "wording": "What would it take?"}
    )
    issue = Issue.objects.get()
    assert response.url == reverse("places:issue", args=[slug, issue.pk])
    question = issue.questions.get()
    browser.post(reverse("places:decide", args=[slug, question.pk]), {"decision": "adopt"})
    question.refresh_from_db()
    assert question.state == Question.State.ADOPTED
    browser.post(reverse("places:suggest", args=[slug, issue.pk]), {"wording": "Why?", "why": ""})
    browser.post(reverse("places:decide", args=[slug, issue.questions.get(wording="Why?").pk]), {"decision": "aside"})
    assert issue.questions.get(wording="Why?").state == Question.State.SET_ASIDE
    address = reverse("places:issue_edit", args=[slug, issue.pk])
    assert browser.get(address).status_code == 200
    topic = queries.topics().first()
    browser.post(address, {"title": "Cut off", "state": "resting", "topics": [topic.pk], "version": 1})
    issue.refresh_from_db()
    assert (issue.state, list(issue.topics.all())) == ("resting", [topic])
