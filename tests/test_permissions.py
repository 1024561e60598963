"""The permission matrix: every route, every standing, one's own place and somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from placeweave.action.models import Commitment, Purpose
from placeweave.example.load import load
from placeweave.gatherings.models import (
    Application,
    Cohort,
    LearningNeed,
    Letter,
    Material,
    OutlineSession,
    OwnRecipe,
    Parked,
    Session,
    SignUp,
    Step,
    Tried,
)
from placeweave.gatherings.models import Programme as LearningProgramme
from placeweave.jigsaw.models import (
    ContactNote,
    Difficulty,
    FundingFlow,
    Help,
    Introduction,
    Need,
    Piece,
    Programme,
    Synergy,
    Tie,
    TieReply,
    TieSurvey,
)
from placeweave.jigsaw.queries import proposed_needs
from placeweave.kit.access import Standing
from placeweave.kit.models import Account, Analysis, Batch, BatchQuestion
from placeweave.listening.models import Assessment, Contribution, Conversation, Room, Series, Statement, Voting
from placeweave.places.models import (
    FrameworkNode,
    Invitation,
    Issue,
    LinkUp,
    Member,
    Merge,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    Pairing,
    Place,
    Question,
    Remembered,
    Site,
)
from placeweave.themes.models import Cluster, Coding, Dissent, Suggestion, Theme, ThemeEvent, WhatWeHeard
from tests import example_place, factories
from tests.listening import held
from tests.permissions_table import ANYONE, IN_A_PLACE, OUTSIDE, OWN_ONLY

STANDINGS = [*(str(one.value) for one in Standing if one != Standing.VISITOR), "visitor"]
SUBJECTS: dict[str, type[models.Model]] = {
    "thread:quote": Coding,
    "thread:withdraw_for": Contribution,
    "places:revoke": Invitation,
    "places:standing": Member,
    "places:remove": Member,
    "places:number_remove": OrganisationIdentifier,
    "places:name_remove": OrganisationName,
    "places:site_remove": Site,
    "places:organisation": Organisation,
    "places:organisation_edit": Organisation,
    "places:number_add": Organisation,
    "places:name_add": Organisation,
    "places:site_add": Organisation,
    "places:same_pair": Pairing,
    "places:same_part": Merge,
    "places:same_lift": Remembered,
    "places:issue": Issue,
    "places:issue_edit": Issue,
    "places:suggest": Issue,
    "places:decide": Question,
    "places:linkup_answer": LinkUp,
    "places:import": Batch,
    "places:import_answer": Batch,
    "places:import_accept": Batch,
    "places:import_discard": Batch,
    "places:import_undo": Batch,
    "places:work": Analysis,
    "listening:series": Series,
    "themes:cluster": Cluster,
    "themes:undo": ThemeEvent,
    "themes:take_back_dissent": Dissent,
    "themes:code": Contribution,
    "themes:finish": Contribution,
    "themes:uncode": Coding,
    "themes:suggestion": Suggestion,
    "themes:told": WhatWeHeard,
    "themes:told_edit": WhatWeHeard,
    "themes:told_share": WhatWeHeard,
    "themes:told_take_back": WhatWeHeard,
    "themes:told_download": WhatWeHeard,
    "listening:translate": Statement,
    "listening:harvest": Session,
    "listening:paper_undo": Batch,
    "listening:contribution": Contribution,
    "listening:kept": Contribution,
    "listening:narrow": Contribution,
    "listening:teller_link": Contribution,
    **{
        f"listening:{page}": Assessment
        for page in (
            "assessment",
            "edit_assessment",
            "open_assessment",
            "close_assessment",
            "answer_assessment",
            "answered_assessment",
            "paper_sheet",
            "assessment_reasons",
            "assessment_priorities",
            "take_assessment",
        )
    },
    "gatherings:release": SignUp,
    "gatherings:post_again": Letter,
    "gatherings:returned": Letter,
    "gatherings:cohort_new": LearningProgramme,
    **dict.fromkeys((f"gatherings:step_{deed}" for deed in ("edit", "move", "break", "take_out")), Step),
    "gatherings:recipe_drop": OwnRecipe,
    "gatherings:material_away": Material,
    "gatherings:parked_settle": Parked,
    "gatherings:tried_edit": Tried,
    "gatherings:tried_forget": Tried,
    **dict.fromkeys((f"gatherings:learning_{deed}" for deed in ("too", "no_longer", "joint")), LearningNeed),
    **{
        f"gatherings:cohort{page}": Cohort
        for page in "_edit _plan _grow _mix _open _begin _close _applicants _choice _choose _offers _log".split()
    },
    "gatherings:cohort": Cohort,
    **{
        f"gatherings:programme{page}": LearningProgramme for page in ("", "_edit", "_close", "_design", "_run", "_give")
    },
    **dict.fromkeys(("gatherings:outline_new", "gatherings:design_keep"), LearningProgramme),
    **dict.fromkeys((f"gatherings:outline_{deed}" for deed in ("edit", "up", "out")), OutlineSession),
    "gatherings:applicant_keep": Application,
    "gatherings:applicant_off": Application,
    "jigsaw:flow": FundingFlow,
    "jigsaw:tie": Tie,
    "jigsaw:introduction_outcome": Introduction,
    "jigsaw:difficulty_ours": Difficulty,
    "jigsaw:programme_edit": Programme,
    "jigsaw:help_given": Help,
    "jigsaw:help_back": Help,
    "jigsaw:tie_survey": TieSurvey,
    "jigsaw:survey_close": TieSurvey,
    "jigsaw:survey_answer": TieSurvey,
    "jigsaw:survey_remind": TieReply,
    "jigsaw:contact_forget": ContactNote,
}
BY_ROOM: dict[str, type[models.Model]] = {"gatherings": Session, "listening": Conversation, "themes": Theme}
BY_WORD: dict[str, type[models.Model]] = {
    "piece": Piece,
    "need": Need,
    "synergy": Synergy,
    "purpose": Purpose,
    "commitment": Commitment,
}


def routes(resolver: URLResolver | None = None, space: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    """Walk the whole resolver: (name, pattern)."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from routes(one, inner, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", prefix + str(one.pattern)


ALL = dict(routes())
OURS = {
    name: pattern
    for name, pattern in ALL.items()
    if not name.startswith(("account_", "mfa_")) and "account/" not in pattern
}


def test_every_route_stands_in_the_table() -> None:
    in_a_place = {name for name, pattern in OURS.items() if pattern.startswith("p/<slug:place>/")}
    assert in_a_place == set(IN_A_PLACE)
    assert set(OURS) - in_a_place == set(OUTSIDE)


@pytest.fixture(scope="module")
def clachan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """The example place with, besides, one of everything that it does not hold."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


def furnished() -> Place:
    """Lay the example place, and whatever a route may ask for."""
    return example_place.laid("furnished", _whole)


def _whole() -> Place:
    place = example_place.laid("clachan", load)
    convener = Member.objects.filter(place=place, standing="convener").earliest("pk")
    for standing in STANDINGS[:-1]:
        factories.MemberFactory(place=place, standing=standing, account__email=f"{standing}@own.example")
        factories.MemberFactory(
            place__slug=f"other-{standing}", standing=standing, account__email=f"{standing}@other.example"
        )
    theme, organisation = Theme.objects.filter(place=place)[0], Organisation.objects.filter(place=place)[0]
    batch = Batch.objects.create(
        place_id=place.pk, format="contributions", file_name="a.csv", sha256="", state="staged"
    )
    BatchQuestion.objects.create(batch=batch, about={"columns": ["text"], "rows": [], "total": 1, "notes": []})
    voting = Voting.objects.get(conversation__place=place)
    Room.objects.create(voting=voting, title="The hall")
    Batch.objects.create(
        place_id=place.pk, format="paper", file_name="A", sha256="", state="accepted", options={"voting": voting.pk}
    )
    analysis = Analysis.objects.create(place_id=place.pk, kind="themes", state="done", result={})
    Suggestion.objects.create(place=place, analysis=analysis, engine_id="x", terms=["bus"], size=3)
    Synergy.objects.create(place=place, kind="gap", signature="s", facts="f", need=Need.objects.filter(place=place)[0])
    other = Organisation.objects.filter(place=place)[1]
    pair = Synergy.objects.create(place=place, kind="meeting", signature="m", facts="f")
    pair.organisations.set([organisation, other])
    day = {"made_on": "2026-01-01", "ask_on": "2026-02-01"}
    Introduction.objects.create(place=place, synergy=pair, one=organisation, other=other, subject="s", words="w", **day)
    Difficulty.objects.create(place=place, wording="Forms")
    Programme.objects.create(place=place, name="Winter")
    session = Session.objects.filter(place=place)[0]
    OwnRecipe.objects.create(place=place, title="Ours")
    Material.objects.create(session=session, title="Film", address="https://clachan.example/film")
    Help.objects.create(place=place, need=Need.objects.filter(place=place)[0], giver=other, words="w")
    FundingFlow.objects.create(
        place=place, external_id="1", title="t", currency="GBP", amount=1, awarded_on="2026-01-01", funder=organisation
    )
    one, other, gone = Organisation.objects.filter(place=place).order_by("pk")[:3]
    Pairing.objects.create(place=place, one=one, other=other)
    nobody: dict[str, list[str]] = {"names": [], "numbers": []}
    Merge.objects.create(place=place, survivor=one, gone=gone)
    Remembered.objects.create(
        place=place, one=nobody, other=nobody, one_called=one.name, other_called=other.name, is_same=False
    )
    Invitation.objects.create(
        place=place, key_digest="d", standing="partner", email="x@example.org", name="x", expires_at="2099-01-01T00:00Z"
    )
    elsewhere = Place.objects.exclude(pk=place.pk).filter(parent_workspace=None)[0]
    LinkUp.objects.create(asking=elsewhere, asked=place, topic=FrameworkNode.objects.all()[0], by=convener)
    assert theme.pk
    return place


@pytest.fixture(autouse=True)
def _taken_back(clachan: Place, db: None) -> None:
    """Each test in a transaction of its own."""


WORDS = {"form": "counts", "format": "themes", "recipe": "synergy-session", "card": "walk-the-place"}


def subject(name: str, place: Place) -> dict[str, Any]:
    """Give what the pattern of a route asks for, from this place."""
    pattern = ALL[name]
    parts: dict[str, Any] = {"place": place.slug} if "<slug:place>" in pattern else {}
    parts |= {"key": "x" * 32} if name == "listening:answered_assessment" else {}
    parts |= {asked: word for asked, word in WORDS.items() if f"<slug:{asked}>" in pattern}
    if "<slug:kind>" in pattern:
        return parts | {"kind": "theme", "pk": Theme.objects.filter(place=place)[0].pk}
    if "<int:other>" in pattern:
        return parts | {"other": 1, "topic": FrameworkNode.objects.all()[0].pk}
    if "<slug:state>" in pattern:
        return parts | {"pk": _one(name, place).pk, "state": "met"}
    if "<int:number>" in pattern:
        return parts | {"pk": Purpose.objects.filter(place=place)[0].pk, "number": 3}
    if "<int:assessment>" in pattern:
        assessment, heading, group = proposed_needs(place)[0].subject
        return parts | {"assessment": assessment, "heading": heading, "group": group}
    if "<int:pk>" in pattern:
        parts["pk"] = _one(name, place).pk
    return parts


ONLY: dict[str, dict[str, Any]] = {
    "listening:statements": {"method": "statements"},
    "listening:take_statements": {"method": "statements"},
    "listening:paper_undo": {"format": "paper"},
    **{
        f"listening:{name}": {"method": "statements"}
        for name in (
            "rules seeds about_you preview open_voting close_voting archive_voting moderate moderation_log "
            "take_moderation_log opinion ask_opinion take_opinion room room_act room_order wall paper voting_sheet "
            "table_cards"
        ).split()
    },
}
OF_KIND: dict[type[models.Model], dict[str, Any]] = {
    Conversation: {"method": "circle"},
    Contribution: {"state": "live", "scope": 3, "naming": "anonymous"},
    Member: {"account__email": "partner@own.example"},
}


def _one(name: str, place: Place) -> models.Model:
    room, _colon, page = name.partition(":")
    model = SUBJECTS.get(name) or next((found for word, found in BY_WORD.items() if word in page), None)
    model = model or BY_ROOM.get(room) or Commitment
    if name == "thread:quote":
        return Coding.objects.filter(theme__place=place)[0].quote
    rows = model._base_manager.filter(**ONLY.get(name, OF_KIND.get(model, {})))
    if any(field.name in {"place", "place_id"} for field in model._meta.fields):
        rows = rows.filter(place_id=place.pk)
    return rows.order_by("pk")[0]


def browser(who: str, whose: str = "own") -> Client:
    client = Client(raise_request_exception=False)
    if who != "visitor":
        client.force_login(Account.objects.get(email=f"{who}@{whose}.example"))
    return client


def ask(client: Client, name: str, place: Place) -> Any:
    """Open a page, or send to it where it only takes what is sent; whatever that does is taken back."""
    address = reverse(name, kwargs=subject(name, place))
    with transaction.atomic():
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        transaction.set_rollback(True)
    return response


def is_turned_away(response: Any) -> bool:
    to_sign_in = response.status_code == 302 and "/account/" in response.headers["Location"]
    return response.status_code in {403, 404} or to_sign_in


def is_closed(response: Any) -> bool:
    """A page that only shows takes nothing from anybody."""
    return response.status_code == 405 or is_turned_away(response)


@pytest.mark.parametrize("standing", STANDINGS)
def test_each_page_opens_to_those_it_is_meant_for_and_to_nobody_else(standing: str, clachan: Place) -> None:
    client, wrong = browser(standing), []
    for name, allowed in IN_A_PLACE.items():
        response = ask(client, name, clachan)
        if response.status_code >= 500:
            wrong.append(f"{name} broke: {response.status_code}")
        elif name in OWN_ONLY and standing in allowed:
            continue
        elif is_turned_away(response) == (standing in allowed):
            wrong.append(f"{name} answered {response.status_code} to {standing}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("standing", STANDINGS)
def test_nothing_can_be_sent_by_those_a_page_is_closed_to(standing: str, clachan: Place) -> None:
    client = browser(standing)
    wrong = [
        name
        for name, allowed in IN_A_PLACE.items()
        if standing not in allowed and not is_closed(client.post(reverse(name, kwargs=subject(name, clachan))))
    ]
    assert not wrong


@pytest.mark.parametrize("standing", [one for one in STANDINGS if one != "visitor"])
def test_members_of_another_place_are_strangers_here(standing: str, clachan: Place) -> None:
    client, wrong = browser(standing, "other"), []
    for name, allowed in IN_A_PLACE.items():
        response = ask(client, name, clachan)
        expected = 200 if allowed == ANYONE else 404
        if response.status_code != expected:
            wrong.append(f"{name} answered {response.status_code} to another place's {standing}")
    assert not wrong, "\n".join(wrong)


def test_a_steward_holds_the_installation_and_no_places_words(clachan: Place) -> None:
    client = Client()
    client.force_login(Account.objects.get(is_steward=True))
    for name, allowed in IN_A_PLACE.items():
        status = ask(client, name, clachan).status_code
        assert status == (200 if allowed == ANYONE else 404), name
    for name, who in OUTSIDE.items():
        if who == "steward":
            assert client.get(reverse(name)).status_code != 404, name


@pytest.mark.parametrize("standing", STANDINGS)
def test_pages_of_the_installation_are_for_its_stewards(standing: str, clachan: Place) -> None:
    client = browser(standing)
    for name, who in OUTSIDE.items():
        if who == "steward":
            assert is_turned_away(client.get(reverse(name))), name
        if who == "anybody" and name != "places:framework":
            assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize("name", [name for name, who in OUTSIDE.items() if who == "key"])
def test_a_key_that_fits_nothing_opens_nothing(name: str, clachan: Place) -> None:
    address = reverse(name, kwargs={"key": "x" * 32})
    for method in ("get", "post"):
        assert getattr(Client(), method)(address).status_code in {404, 405}, name


@pytest.mark.parametrize("name", [name for name, who in OUTSIDE.items() if who == "door"])
def test_a_code_that_opens_nothing_opens_nothing(name: str, clachan: Place) -> None:
    draft = held.voting(Member.objects.filter(place=clachan, standing="convener")[0], "Not yet.", opened=False)
    for code in (draft.code, "nothing-1"):
        for method in ("get", "post"):
            response = getattr(Client(), method)(reverse(name, args=[code]))
            led_away = response.status_code == 302 and response.headers["Location"] == f"/v/{code}/"
            assert led_away or response.status_code in {403, 404, 405}, (name, method)


def test_a_private_place_shows_a_stranger_nothing(clachan: Place) -> None:
    Place.objects.filter(pk=clachan.pk).update(is_public=False)
    for name in IN_A_PLACE:
        assert is_turned_away(ask(Client(), name, clachan)), name
