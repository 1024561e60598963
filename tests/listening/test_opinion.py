"""What people share and where they differ: worked out in the background, told without giving a few people away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placeweave.formats.polis import read_polis
from placeweave.kit import analyses
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused
from placeweave.kit.models import Analysis, Export
from placeweave.listening import queries, services
from placeweave.listening.jobs.opinion_told import Found, Row, told
from placeweave.listening.models import Conversation, Participant, Statement, Vote, Voting
from placeweave.listening.queries.opinion_report import Counted
from placeweave.places.models import Member
from tests.listening import voting as voting_held

pytestmark = pytest.mark.django_db
CAMPS = {"east": 40, "west": 25}


def held(place_id: int, *, camps: dict[str, int] = CAMPS, seed: int = 3, statements: int = 24) -> Conversation:
    """A conversation in which each camp answers a third of the statements in its own way, and all agree on a third."""
    random = Random(seed)
    made = Conversation.objects.create(place_id=place_id, title="Evening buses", method="statements")
    asked = Statement.objects.bulk_create(
        Statement(conversation=made, external_id=str(n), text=f"Claim {chr(65 + n)}", moderation="accepted")
        for n in range(statements)
    )
    votes = []
    for camp, (name, people) in enumerate(camps.items()):
        crowd = Participant.objects.bulk_create(
            Participant(conversation=made, external_id=f"{camp + 1}{n:04}", published_group="") for n in range(people)
        )
        for person in crowd:
            for n, statement in enumerate(asked):
                if random.random() < 0.8:
                    likely = 0.92 if n % 3 == 0 else 0.9 if n % 3 == camp + 1 else 0.1
                    value = 0 if random.random() < 0.05 else 1 if random.random() < likely else -1
                    votes.append(Vote(participant=person, statement=statement, value=value))
        assert name
    Vote.objects.bulk_create(votes)
    return made


def worked_out(conversation: Conversation, by: Member) -> Analysis:
    asked = services.ask_for_opinion(conversation=conversation, by=by)
    analyses.run_analysis.call(asked.pk)
    asked.refresh_from_db()
    return asked


@pytest.fixture
def conversation(convener: Member) -> Conversation:
    return held(convener.place_id)


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


def address(conversation: Conversation, name: str = "opinion", *more: str) -> str:
    return reverse(f"listening:{name}", args=[conversation.place.slug, conversation.pk, *more])


def test_taking_answers_back_makes_the_answer_out_of_date(conversation: Conversation, convener: Member) -> None:
    analysis = worked_out(conversation, convener)
    services.take_back(participant=conversation.participants.first())
    assert analyses.is_out_of_date(analysis)


def test_somebody_may_leave_while_it_is_worked_out(
    conversation: Conversation, convener: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave_first(found: Found) -> Row:
        services.take_back(participant=conversation.participants.first())
        return told(found)

    monkeypatch.setattr("placeweave.listening.jobs.opinion.told", leave_first)
    analysis = worked_out(conversation, convener)
    assert analysis.state == Analysis.State.DONE
    assert analyses.is_out_of_date(analysis)


def test_camps_are_found_and_told_by_what_they_say(conversation: Conversation, convener: Member) -> None:
    report = queries.opinion_report(conversation, worked_out(conversation, convener))
    assert sorted(group.size or 0 for group in report.groups) == [25, 40]
    assert report.groups[0].size == 25, "the smaller group speaks first"
    assert {told.statement.external_id for told in report.common} <= {str(n) for n in range(0, 24, 3)}
    assert report.common
    assert report.divisive


def test_nothing_is_kept_that_says_who_is_in_which_group(conversation: Conversation, convener: Member) -> None:
    analysis = worked_out(conversation, convener)
    keys = set(Participant.objects.values_list("external_id", flat=True))
    assert not keys & set(re.findall(r"\d{5}", str(analysis.result)))
    assert "labels" not in (analysis.result or {})


def test_the_same_votes_give_the_same_answer_and_a_new_vote_makes_it_out_of_date(
    conversation: Conversation, convener: Member
) -> None:
    first = worked_out(conversation, convener)
    assert worked_out(conversation, convener).pk == first.pk
    late = Participant.objects.create(conversation=conversation, external_id="99999")
    Vote.objects.create(participant=late, statement=conversation.statements.first(), value=1)
    assert analyses.is_out_of_date(first)
    assert worked_out(conversation, convener).pk != first.pk


def test_each_conversation_has_an_answer_of_its_own(conversation: Conversation, convener: Member) -> None:
    other = held(convener.place_id, camps={"all": 30}, seed=5)
    first, second = worked_out(conversation, convener), worked_out(other, convener)
    assert queries.opinion_finding(conversation) == first
    assert queries.opinion_finding(other) == second


def test_nothing_is_worked_out_of_nothing(convener: Member, browser: Client) -> None:
    empty = Conversation.objects.create(place=convener.place, title="Nobody yet", method="statements")
    assert worked_out(empty, convener).failure == "Nobody has voted yet."
    assert "Nobody has voted yet." in browser.get(address(empty)).content.decode()
    spoken = Conversation.objects.create(place=convener.place, title="A walk", method="walk")
    with pytest.raises(NotReady):
        services.ask_for_opinion(conversation=spoken, by=convener)


def test_only_the_team_has_it_worked_out_and_only_conveners_take_single_votes(
    conversation: Conversation, convener: Member, member_with: Callable[..., Member], client_for: Callable[..., Client]
) -> None:
    worked_out(conversation, convener)
    resident = member_with(Standing.COMMUNITY)
    with pytest.raises(Refused):
        services.ask_for_opinion(conversation=conversation, by=resident)
    theirs = client_for(resident)
    assert theirs.get(address(conversation)).status_code == 200
    assert theirs.post(address(conversation, "take_opinion", "counts")).status_code == 200
    assert theirs.post(address(conversation, "take_opinion", "polis")).status_code == 403
    assert Export.objects.count() == 1


def test_the_page_tells_what_is_shared_and_how_sure_that_is(conversation: Conversation, browser: Client) -> None:
    page = browser.get(address(conversation)).content.decode()
    assert "Work it out" in page
    browser.post(address(conversation, "ask_opinion"))
    page = browser.get(address(conversation)).content.decode()
    for sentence in (
        "Common ground",
        "Group A",
        "Group B",
        "of 100 re-draws",
        "of the variation",
        "no sample of the place",
    ):
        assert sentence in page


def test_a_statement_refused_since_is_neither_on_the_page_nor_in_a_file(
    conversation: Conversation, convener: Member, browser: Client
) -> None:
    worked_out(conversation, convener)
    refused = conversation.statements.get(text="Claim A")
    assert "Claim A" in browser.get(address(conversation)).content.decode()
    refused.moderation = Statement.Moderation.REJECTED
    refused.save()
    assert "Claim A" not in browser.get(address(conversation)).content.decode()
    assert b"Claim A" not in browser.post(address(conversation, "take_opinion", "counts")).content


def test_what_waits_to_be_read_or_was_refused_here_is_for_the_team_alone(
    convener: Member, member_with: Callable[..., Member], client_for: Callable[..., Client]
) -> None:
    voting = voting_held.opened(convener)
    voting_held.said(voting, "My neighbour at number 4 drinks.")
    refused = voting_held.said(voting, "The warden is a thief.")
    services.rule(statement=refused, outcome="rejected", reason="a_person", by=convener)
    voting_held.answered(voting, voting_held.asked(voting)[0], *[1] * 20)
    conversation = voting.conversation
    worked_out(conversation, convener)
    theirs = client_for(member_with(Standing.COMMUNITY))
    everything = [
        theirs.get(address(conversation, "statements")),
        theirs.get(address(conversation)),
        theirs.post(address(conversation, "take_statements")),
        *(theirs.post(address(conversation, "take_opinion", form)) for form in ("counts", "sensemaking")),
        theirs.post(address(conversation, "take_opinion", "talk-to-the-city")),
    ]
    for page in everything:
        assert page.status_code == 200
        assert "The last bus should be later." in page.content.decode()
        assert not re.search("My neighbour|warden", page.content.decode())
    assert "My neighbour" in client_for(convener).get(address(conversation, "statements")).content.decode()


def test_everybody_inside_is_led_to_the_report_and_only_the_team_to_the_other_pages_of_a_voting(
    conversation: Conversation, convener: Member, member_with: Callable[..., Member], client_for: Callable[..., Client]
) -> None:
    Voting.objects.create(conversation=conversation, code="heron-1234")
    for member, sees_tabs in ((convener, True), (member_with(Standing.COMMUNITY), False)):
        browser = client_for(member)
        assert address(conversation) in browser.get(address(conversation, "statements")).content.decode()
        assert (address(conversation, "moderate") in browser.get(address(conversation)).content.decode()) is sees_tabs


def test_a_page_that_waits_is_led_on_to_the_whole_answer(conversation: Conversation, browser: Client) -> None:
    waiting = {"HTTP_HX_REQUEST": "true"}
    assert "HX-Refresh" not in browser.get(address(conversation), **waiting).headers
    browser.post(address(conversation, "ask_opinion"))
    assert browser.get(address(conversation), **waiting).headers["HX-Refresh"] == "true"


def test_a_count_that_is_hidden_because_of_another_is_not_called_small(convener: Member, browser: Client) -> None:
    conversation = held(convener.place_id, camps={"east": 20, "west": 16}, statements=9)
    report = queries.opinion_report(conversation, worked_out(conversation, convener))
    assert [one for one in report.counted if one.seen is None], "of nearly all, who did not answer are a few"
    page = browser.get(address(conversation)).content.decode()
    assert "not told, to protect a few" in page
    assert "&lt; 5" not in page


def test_where_no_count_may_be_told_a_sentence_says_so_in_place_of_a_table(convener: Member, browser: Client) -> None:
    conversation = held(convener.place_id, camps={"east": 20, "west": 16}, statements=9)
    report = queries.opinion_report(conversation, worked_out(conversation, convener))
    assert report.tells_counts
    hidden = replace(report, counted=[Counted(row.statement, None, None, None, None) for row in report.counted])
    assert not hidden.tells_counts
    shown = render_to_string("listening/_opinion_table.html", {"report": hidden})
    assert "<table" not in shown
    assert "No count is told" in shown
    assert all(str(row.statement.text) in shown for row in hidden.counted)


def test_the_map_is_framed_by_what_lies_on_it(conversation: Conversation, convener: Member) -> None:
    report = queries.opinion_report(conversation, worked_out(conversation, convener))
    _left, top, _width, height = map(float, report.frame.split())
    corners = [float(corner.split(",")[1]) for one in report.hexagons for corner in one.points.split()]
    assert corners
    assert all(top < corner < top + height for corner in corners)


def test_i3_no_count_of_a_few_is_on_the_page_or_in_a_file(convener: Member, browser: Client) -> None:
    for seed in range(4):
        conversation = held(convener.place_id, camps={"east": 9, "west": 6}, seed=seed, statements=12)
        conversation.title = f"Small {seed}"
        conversation.save()
        report = queries.opinion_report(conversation, worked_out(conversation, convener))
        counts = [n for row in report.found["statements"] for n in _numbers(row)]
        assert not [n for n in counts if 0 < n < convener.place.threshold]
        written = browser.post(address(conversation, "take_opinion", "counts")).content.decode("utf-8-sig")
        cells = [cell for line in written.splitlines()[1:] for cell in line.split(",")[2:]]
        assert not [cell for cell in cells if cell in {"1", "2", "3", "4"}]
        assert browser.get(address(conversation)).status_code == 200


def _numbers(row: dict[str, object]) -> list[int]:
    cells = [row, *row.get("by_group", [])]  # type: ignore[misc]
    found = [one[name] for one in cells for name in ("agree", "disagree", "passed", "seen")]
    return [n for n in found if n is not None]


def test_a_higher_threshold_of_the_place_is_kept(conversation: Conversation, convener: Member) -> None:
    before = worked_out(conversation, convener)
    convener.place.threshold = 10
    convener.place.save()
    assert analyses.is_out_of_date(before), "or it could never be worked out anew"
    found = worked_out(Conversation.objects.get(pk=conversation.pk), convener).result or {}
    assert found["minimum"] == 10
    assert not [n for row in found["statements"] for n in _numbers(row) if 0 < n < 10]


def test_every_vote_comes_back_equal_from_its_polis_file(
    conversation: Conversation, browser: Client, convener: Member
) -> None:
    worked_out(conversation, convener)
    person = Participant.objects.filter(conversation=conversation).first()
    assert person is not None
    before = person.votes.get(statement=conversation.statements.first())
    before.is_standing = False
    before.save()
    Vote.objects.create(participant=person, statement=before.statement, value=0, turn=2)
    packed = browser.post(address(conversation, "take_opinion", "polis")).content
    files = zipfile.ZipFile(io.BytesIO(packed))
    export = read_polis({name: files.read(name) for name in files.namelist()})
    rows = Vote.objects.filter(is_standing=True).values_list(
        "participant__external_id", "statement__external_id", "value"
    )
    assert {(one.participant, one.statement, one.value) for one in export.standing} == set(rows)
    assert len(export.history) == 1
    assert not export.problems


def test_the_report_on_paper_is_tagged(conversation: Conversation, browser: Client, convener: Member) -> None:
    Statement.objects.filter(external_id="0").update(text='#panic("no") *not bold* $x$')
    worked_out(conversation, convener)
    paper = browser.post(address(conversation, "take_opinion", "pdf")).content
    assert paper.startswith(b"%PDF-")
    assert b"/MarkInfo" in paper
    assert b"pdfuaid" in paper


def test_words_that_no_font_can_draw_do_not_keep_the_report_back(
    conversation: Conversation, browser: Client, convener: Member
) -> None:
    Statement.objects.filter(external_id="0").update(text="\u202e العربية 🌾 \uffff")
    worked_out(conversation, convener)
    paper = browser.post(address(conversation, "take_opinion", "pdf")).content
    assert b"/MarkInfo" in paper


def test_files_for_other_tools_hold_what_was_let_in_and_no_number_of_ours(
    conversation: Conversation, browser: Client, convener: Member
) -> None:
    worked_out(conversation, convener)
    Statement.objects.filter(external_id="1").update(moderation="rejected", author_ref="4711")
    Statement.objects.filter(external_id="2").update(author_ref="4712")
    written = browser.post(address(conversation, "take_opinion", "sensemaking")).content.decode()
    assert written.splitlines()[0] == "participant_id,survey_text"
    assert len(written.splitlines()) == 24
    assert "471" not in written
    comments = browser.post(address(conversation, "take_opinion", "talk-to-the-city")).content.decode()
    assert comments.splitlines()[0] == "comment-id,comment-body"
    assert browser.post(address(conversation, "take_opinion", "nothing")).status_code == 404


def test_a_polis_file_gives_nobody_the_number_they_have_here(convener: Member, browser: Client) -> None:
    voting = voting_held.opened(convener)
    first = voting_held.asked(voting)[0]
    said = voting_held.said(voting, "A bench at the pier.")
    services.keep_sheets(voting=voting, table="Window", sheets=[services.Ballot({first.pk: 1})], by=convener)
    worked_out(voting.conversation, convener)
    packed = browser.post(address(voting.conversation, "take_opinion", "polis")).content
    files = zipfile.ZipFile(io.BytesIO(packed))
    everything = b"".join(files.read(name) for name in files.namelist()).decode()
    numbers = Participant.objects.values_list("external_id", flat=True)
    assert not [one for one in numbers if one in everything]
    export = read_polis({name: files.read(name) for name in files.namelist()})
    author = next(one.author for one in export.statements if one.text == said.text)
    assert author not in {one.participant for one in export.standing}, "known words lead to nobody's votes"


def test_the_rows_of_a_polis_file_do_not_tell_in_which_order_people_came(convener: Member, browser: Client) -> None:
    voting = voting_held.opened(convener)
    voting_held.answered(voting, voting_held.asked(voting)[0], *[1] * 9)
    worked_out(voting.conversation, convener)
    packed = browser.post(address(voting.conversation, "take_opinion", "polis")).content
    files = zipfile.ZipFile(io.BytesIO(packed))
    votes = next(files.read(name).decode() for name in files.namelist() if name.endswith("votes.csv"))
    head, *rows = votes.split()
    people = [row.split(",")[head.split(",").index("voter-id")] for row in rows]
    assert people == sorted(people)
    assert len(people) == 9


def test_an_open_voting_is_worked_out_anew_once_enough_came_in(conversation: Conversation, convener: Member) -> None:
    voting = Voting.objects.create(conversation=conversation, code="heather-42", state="open")
    assert services.refresh_due() == 1
    assert services.refresh_due() == 0
    voting.state = Voting.State.CLOSED
    voting.save()
    Vote.objects.all().delete()
    assert services.refresh_due() == 0


def test_looking_whether_it_is_due_does_not_read_the_whole_map(conversation: Conversation, convener: Member) -> None:
    Voting.objects.create(conversation=conversation, code="heather-42", state="open")
    worked_out(conversation, convener)
    with CaptureQueriesContext(connection) as asked:
        services.refresh_due()
    assert asked.captured_queries
    assert not [
        one for one in asked.captured_queries if "listening_opinionmap" in one["sql"] and "people" in one["sql"]
    ]


def test_a_statement_nobody_let_in_shapes_nothing(conversation: Conversation, convener: Member) -> None:
    Voting.objects.create(conversation=conversation, code="heather-42", state="open")
    waiting = conversation.statements.filter(external_id="1")
    waiting.update(moderation="undecided")
    found = worked_out(conversation, convener).result or {}
    assert [row["active"] for row in found["statements"] if row["key"] == waiting.get().pk] == [False]
