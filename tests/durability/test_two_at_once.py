"""Two people at the same thing in the same moment: one is told of the other, nothing is lost, nothing is done twice."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from placeweave.action import services as action
from placeweave.action.models import Commitment, PurposeVersion
from placeweave.action.services.commitments import Promise
from placeweave.jigsaw import services as jigsaw
from placeweave.jigsaw.models import Piece, Synergy
from placeweave.jigsaw.services import PieceSaid
from placeweave.jigsaw.services import synergies as suggestions
from placeweave.kit import analyses, exports, imports
from placeweave.kit.errors import Conflict, NotReady
from placeweave.kit.imports import Upload
from placeweave.kit.models import Analysis, AuditEntry, Batch, Submission
from placeweave.listening import services as listening
from placeweave.listening.models import ConsentText, Contribution
from placeweave.places import services as places
from placeweave.places.models import Invitation, Member
from placeweave.themes import services as themes
from placeweave.themes.models import Coding, SuggestedSpan, Theme, ThemeEvent, WhatWeHeard
from placeweave.thread import privacy
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]

CANARY = "kittiwake"


@pytest.fixture
def convener(shared_database: None) -> Member:
    return factories.MemberFactory()


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do things at once, each on a connection of its own; give what each returned, or what it raised."""
    ready, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        with closing(connection):
            ready.wait(20)
            try:
                found[place] = deed()
            except Exception as raised:  # noqa: BLE001 - the test looks at what was raised
                found[place] = raised

    threads = [threading.Thread(target=run, args=one, daemon=True) for one in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(40)
    return found


def raised(found: list[Any], kind: type[Exception]) -> int:
    others = [one for one in found if isinstance(one, Exception) and not isinstance(one, kind)]
    assert not others, others
    return sum(isinstance(one, kind) for one in found)


def signed_in(member: Member) -> Client:
    browser = Client()
    browser.force_login(member.account)
    return browser


def test_the_second_to_change_a_theme_is_shown_the_first(convener: Member) -> None:
    theme = factories.ThemeFactory(place=convener.place, title="Buses")
    found = together(
        *(lambda title=title: themes.rename(theme=theme, title=title, by=convener, version=1) for title in "AB")
    )
    assert raised(found, Conflict) == 1
    theme.refresh_from_db()
    assert (theme.version, ThemeEvent.objects.count()) == (2, 1)
    refusal = next(one for one in found if isinstance(one, Conflict))
    assert theme.title in refusal.theirs.values()


def test_the_second_to_change_a_commitment_is_shown_the_first(convener: Member) -> None:
    made = factories.CommitmentFactory(place=convener.place, person=convener.person)
    said = [Promise(what=what, promised_to="all", person=convener.person) for what in ("Run a bus", "Lend a van")]
    found = together(
        *(lambda one=one: action.edit(commitment=made, promise=one, version=1, by=convener) for one in said)
    )
    assert raised(found, Conflict) == 1
    assert Commitment.objects.get().version == 2
    refusal = next(one for one in found if isinstance(one, Conflict))
    assert Commitment.objects.get().what in refusal.theirs.values()


def test_the_second_to_change_a_piece_is_shown_the_first(convener: Member) -> None:
    piece = factories.PieceFactory(place=convener.place, title="Hall")
    said = [PieceSaid(title, piece.kind, piece.organisation) for title in ("Big hall", "Small hall")]
    found = together(
        *(lambda one=one: jigsaw.edit_piece(piece=piece, said=one, version=1, by=convener) for one in said)
    )
    assert raised(found, Conflict) == 1
    assert Piece.objects.get().version == 2


def test_the_second_to_change_an_issue_is_shown_the_first(convener: Member) -> None:
    issue = factories.IssueFactory(place=convener.place)
    nothing: dict[str, Any] = {"facilitators": [], "organisations": [], "neighbourhoods": [], "topics": []}
    found = together(
        *(
            lambda title=title: places.edit_issue(
                issue=issue, version=1, title=title, state="live", by=convener, **nothing
            )
            for title in ("Cut off", "Alone")
        )
    )
    assert raised(found, Conflict) == 1
    issue.refresh_from_db()
    assert issue.version == 2
    assert issue.title in next(one for one in found if isinstance(one, Conflict)).theirs.values()


def test_the_second_to_change_the_settings_is_shown_the_first(convener: Member) -> None:
    place = convener.place
    said: dict[str, Any] = {"name": "Clachan", "kind": "town", "is_public": False, "in_portfolio": False}
    found = together(
        *(
            lambda text=text: places.edit_place(
                place=place, version=1, description=text, threshold=5, time_zone="", by=convener, **said
            )
            for text in ("By the sea", "On the hill")
        )
    )
    assert raised(found, Conflict) == 1
    place.refresh_from_db()
    assert place.version == 2
    assert place.description in next(one for one in found if isinstance(one, Conflict)).theirs.values()


def test_the_second_to_change_the_duty_contacts_is_shown_the_first(convener: Member) -> None:
    lists = [[places.Contact("Duty desk", "0800")], [places.Contact("Night nurse", "0900")]]
    found = together(
        *(
            lambda one=one: places.set_duty_contacts(place=convener.place, contacts=one, version=1, by=convener)
            for one in lists
        )
    )
    assert raised(found, Conflict) == 1
    assert convener.place.duty_contacts.count() == 1, "one list or the other, never both nor neither"


def test_words_taken_back_by_team_and_teller_at_once_are_taken_back_once(convener: Member) -> None:
    contribution = said(convener)
    found = together(
        lambda: privacy.withdraw(contribution), lambda: privacy.withdraw(contribution, by=convener, reason="asked")
    )
    assert raised(found, NotReady) == 0
    assert Contribution.raw.get().text == ""
    assert AuditEntry.objects.filter(verb__startswith="withdrew").count() == 1


def test_a_form_sent_twice_at_once_acts_once(convener: Member) -> None:
    talk = factories.ConversationFactory(place=convener.place)
    path = reverse("listening:capture", args=[convener.place.slug, talk.pk])
    form = {"text": "Once", "voice_type": "lived_experience", "scope": "3", "naming": "anonymous"}
    form["once"] = str(uuid.uuid4())
    browsers = [signed_in(convener) for _time in range(3)]
    found = together(*(lambda one=one: one.post(path, form) for one in browsers))
    assert {one.status_code for one in found} == {302}, found
    assert len({one.headers["Location"] for one in found}) == 1
    assert (Contribution.raw.count(), Submission.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(verb="captured").count() == 1


def staged(convener: Member, text: str = "text\nOne\nTwo\nThree\n") -> Batch:
    batch = imports.stage(
        format="contributions",
        upload=Upload("notes.csv", text.encode()),
        place_id=convener.place_id,
        options={},
        by=convener,
    )
    assert batch.state == Batch.State.STAGED, batch.failure
    return batch


def test_a_batch_accepted_twice_at_once_comes_in_once(convener: Member) -> None:
    batch = staged(convener)
    found = together(*(lambda: imports.accept(batch=batch, by=convener) for _time in range(2)))
    assert raised(found, NotReady) == 1
    assert Contribution.raw.count() == 3


def test_the_button_pressed_twice_queues_one_task(convener: Member) -> None:
    batch = staged(convener)
    path = reverse("places:import_accept", args=[convener.place.slug, batch.pk])
    form = {"once": str(uuid.uuid4())}
    browsers = [signed_in(convener) for _time in range(2)]
    found = together(*(lambda one=one: one.post(path, form) for one in browsers))
    assert [one.status_code for one in found] == [302, 302], "the second is led to where the first ended, not refused"
    imports.accept_batch.call(batch.pk)
    imports.accept_batch.call(batch.pk)
    assert Contribution.raw.count() == 3


def test_the_same_file_from_two_people_at_once_comes_in_once(convener: Member) -> None:
    batches = [staged(convener), staged(convener)]
    found = together(*(lambda one=one: imports.accept(batch=one, by=convener) for one in batches))
    assert raised(found, NotReady) == 0
    assert Contribution.raw.count() == 3
    totals = sorted((one.totals["created"], one.totals["unchanged"]) for one in Batch.objects.all())
    assert totals == [(0, 3), (3, 0)]


def said(convener: Member) -> Contribution:
    return factories.ContributionFactory(place=convener.place, text=f"The {CANARY} left the pier, and nobody asked.")


def test_withdrawing_while_coding_leaves_no_words(convener: Member) -> None:
    contribution, theme = said(convener), factories.ThemeFactory(place=convener.place)
    found = together(
        lambda: privacy.withdraw(contribution),
        lambda: themes.code(contribution=contribution, start=0, end=13, theme=theme, by=convener),
    )
    assert raised(found, NotReady) <= 1
    assert all(one.quote.contribution.text == "" for one in Coding.objects.all())
    page = signed_in(convener).get(reverse("themes:theme", args=[convener.place.slug, theme.pk]))
    assert (page.status_code, CANARY in page.content.decode()) == (200, False)


@pytest.mark.parametrize("turn", range(3))
def test_a_file_taken_while_words_are_withdrawn_is_without_them_or_listed(convener: Member, turn: int) -> None:
    contribution = said(convener)
    quote = factories.QuoteFactory(place=convener.place, contribution=contribution)
    factories.CodingFactory(theme__place=convener.place, quote=quote)
    listed, taken = together(
        lambda: privacy.withdraw(contribution),
        lambda: exports.take(format="contributions", place_id=convener.place_id, by=convener),
    )
    assert not isinstance(listed, Exception), listed
    assert not isinstance(taken, Exception), taken
    assert len(listed) == (CANARY.encode() in taken.content), "the teller is told of every file that holds the words"


def test_withdrawing_while_what_we_heard_is_shared_leaves_no_words(convener: Member) -> None:
    contribution = said(convener)
    page = themes.told.make(place=convener.place, conversations=[contribution.conversation], by=convener)
    found = together(
        lambda: privacy.withdraw(contribution),
        lambda: themes.told.share(page=page, audience=WhatWeHeard.Audience.LINK, by=convener),
    )
    assert raised(found, NotReady) <= 1
    page.refresh_from_db()
    if page.key:
        assert CANARY not in Client().get(reverse("themes:told_public", args=[page.key])).content.decode()


@pytest.mark.parametrize("turn", range(3))
def test_withdrawing_while_themes_are_computed_leaves_nothing_derived(convener: Member, turn: int) -> None:
    talk = factories.ConversationFactory(place=convener.place)
    for n in range(30):
        text = f"The {('bus', 'pier', 'school')[n % 3]} is far away and late in winter, voice {n}."
        factories.ContributionFactory(place=convener.place, conversation=talk, text=text)
    contribution = said(convener)
    asked = themes.suggestions.ask(
        place=convener.place, by=convener, level="mid", themes_wanted=None, only_unplaced=False
    )
    found = together(lambda: privacy.withdraw(contribution), lambda: analyses.run_analysis.call(asked.pk))
    assert raised(found, NotReady) == 0
    assert not SuggestedSpan.objects.filter(contribution=contribution).exists()
    assert CANARY not in str(list(Analysis.objects.values_list("result", flat=True)))


def test_a_no_said_while_suggestions_are_written_stands(convener: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Synergy.objects.create(place=convener.place, signature="s", kind=Synergy.Kind.SHARED, facts="before")
    blank = dict.fromkeys(("need", "issue", "likely", "valuable"))
    finding = {"signature": "s", "kind": "shared", "facts": "after", "score": 1.0, "reason": [], **blank}
    result = {"findings": [finding | {"pieces": [], "organisations": []}]}
    analysis = Analysis.objects.create(place_id=convener.place_id, kind="synergies", result=result)
    is_read, is_said, write = threading.Event(), threading.Event(), suggestions._write

    def write_late(*given: Any) -> None:
        is_read.set()
        is_said.wait(2)
        write(*given)

    def keep() -> None:
        with transaction.atomic():
            suggestions.keep_findings(analysis)

    def refuse() -> None:
        is_read.wait(20)
        jigsaw.decide(synergy=seen, decision="refuse", why="No.", by=convener)
        is_said.set()

    monkeypatch.setattr(suggestions, "_write", write_late)
    assert not raised(together(keep, refuse), NotReady)
    seen.refresh_from_db()
    assert (seen.state, seen.facts) == ("refused", "after")


def test_a_purpose_adopted_twice_at_once_is_adopted_once(convener: Member) -> None:
    purpose = action.begin_purpose(place=convener.place, title="Winter", wording="Nobody is cut off.", by=convener)
    found = together(*(lambda: action.adopt(version=purpose.versions.get(), by=convener) for _time in range(2)))
    assert raised(found, NotReady) == 1
    assert AuditEntry.objects.filter(verb="adopted").count() == 1


def test_two_new_wordings_at_once_leave_one_to_agree_on(convener: Member) -> None:
    purpose = action.begin_purpose(place=convener.place, title="Winter", wording="Nobody is cut off.", by=convener)
    action.adopt(version=purpose.versions.get(), by=convener)
    found = together(
        *(lambda one=one: action.revise(purpose=purpose, wording=one, why="", by=convener) for one in ("A.", "B."))
    )
    assert raised(found, NotReady) == 1
    assert PurposeVersion.objects.filter(state=PurposeVersion.State.DRAFT).count() == 1


def test_promises_made_at_once_have_numbers_of_their_own(convener: Member) -> None:
    said = Promise(what="Run a bus", promised_to="all", person=convener.person)
    found = together(*(lambda: action.promise(place=convener.place, promise=said, by=convener) for _time in range(5)))
    assert raised(found, NotReady) == 0
    assert sorted(Commitment.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_the_first_words_of_a_place_may_be_kept_by_two_at_once(convener: Member) -> None:
    talk = factories.ConversationFactory(place=convener.place)
    words = listening.Words(text="Kept", consent=listening.Consent(3, "anonymous"))
    found = together(*(lambda: listening.capture(conversation=talk, words=words, by=convener) for _time in range(3)))
    assert raised(found, NotReady) == 0
    assert (Contribution.raw.count(), ConsentText.objects.count()) == (3, 1)


def test_two_themes_of_one_title_at_once_become_one(convener: Member) -> None:
    path, browsers = (
        reverse("themes:new_theme", args=[convener.place.slug]),
        [signed_in(convener) for _time in range(2)],
    )
    found = together(*(lambda one=one: one.post(path, {"title": "Buses"}) for one in browsers))
    answers = sorted(one.status_code for one in found)
    assert answers[0] == 302
    assert answers[1] in {409, 422}, "told in words, whoever saw it: the service, or the database itself"
    assert Theme.objects.count() == 1


def test_an_invitation_followed_twice_at_once_makes_one_member(convener: Member) -> None:
    invited = places.invite(place=convener.place, email="a@example.org", name="A", standing="partner", by=convener)
    key = invited.link.rstrip("/").rsplit("/", 1)[1]
    found = together(*(lambda: places.accept_invitation(key=key, name="A", account=None) for _time in range(2)))
    assert sum(isinstance(one, Member) for one in found) == 1, found
    assert Member.objects.filter(place=convener.place).count() == 2
    assert Invitation.objects.get().accepted_at is not None
