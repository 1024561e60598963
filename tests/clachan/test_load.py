"""The example place is whole, the same every time, and worth exploring."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.action.models import Commitment, PurposeVersion
from placeweave.action.queries.commitments import shown_state
from placeweave.example.load import load
from placeweave.example.loading.world import read
from placeweave.jigsaw.models import Need, Piece
from placeweave.kit.models import Account
from placeweave.listening.models import Contribution, Conversation, Statement, Vote, Wave
from placeweave.places.models import Member, Organisation, Place
from placeweave.themes.models import Quote, Theme, ThemeEvent
from placeweave.thread.queries.broken import broken


def test_it_is_marked_as_made_up(clachan: Place) -> None:
    assert clachan.made_up


def test_loading_again_changes_nothing(clachan: Place) -> None:
    before = Contribution.raw.count()
    assert load().pk == clachan.pk
    assert Contribution.raw.count() == before


def test_it_is_as_rich_as_its_description_says(clachan: Place) -> None:
    assert Organisation.objects.filter(place=clachan, is_partner=True).count() == 12
    assert Conversation.objects.filter(place=clachan, wave=None).exclude(method="statements").count() == 5
    assert Contribution.raw.filter(place=clachan, reason_for=None).count() == 240
    assert Contribution.raw.filter(place=clachan).count() == 256
    assert Wave.objects.filter(assessment__place=clachan).exclude(closed_on=None).count() == 2
    assert Statement.objects.count() == 60
    assert Vote.objects.count() == 3031
    assert Theme.objects.current().filter(place=clachan).exclude(status="retired").count() == 12
    assert (Piece.objects.filter(place=clachan).count(), Need.objects.count(), Commitment.objects.count()) == (
        90,
        40,
        14,
    )
    assert PurposeVersion.objects.get(state="adopted").number == 3


def test_all_states_of_a_promise_are_there_to_be_seen(clachan: Place) -> None:
    now = timezone.now()
    said = {one["number"]: one["shows"] for one in read("commitments.toml")["commitment"]}
    shown = {one.number: shown_state(one, now=now) for one in Commitment.objects.all()}
    assert shown == said
    assert set(shown.values()) == {"promised", "under_way", "kept", "changed", "dropped", "overdue", "no_word"}


def test_needs_stand_under_their_issue(clachan: Place) -> None:
    assert Need.objects.filter(issues__place=clachan, state="open").count() >= 5


def test_monday_asks_what_came_of_an_introduction(clachan: Place, convener_browser: Client) -> None:
    page = convener_browser.get(reverse("thread:monday", args=[clachan.slug])).content.decode()
    assert "Say what came of it" in page


def test_every_quote_is_a_part_of_what_was_said(clachan: Place) -> None:
    words = {one["words"] for theme in read("themes.toml")["theme"] for one in theme["quotes"]}
    quotes = Quote.objects.select_related("contribution")
    assert {one.contribution.text[one.start : one.end] for one in quotes} == words


def test_i12_what_happened_to_the_themes_is_dated_and_in_order(clachan: Place) -> None:
    events = list(ThemeEvent.objects.order_by("created_at").values_list("verb", flat=True))
    assert {"made", "coded", "renamed", "merged", "split", "status"} <= set(events)
    assert ThemeEvent.objects.earliest("created_at").created_at < timezone.now() - timedelta(days=50)


def test_the_thread_is_broken_just_where_its_author_broke_it(clachan: Place) -> None:
    member = Member.objects.get(place=clachan, standing="convener")
    found = broken(clachan, member)
    assert [one.number for one in found.actions_without_voice] == [
        one["number"] for one in read("commitments.toml")["commitment"] if one["key"] == "quay-wednesdays"
    ]
    night = next(one["title"] for one in read("themes.toml")["theme"] if one["key"] == "night")
    assert [one.title for one in found.themes_without_answer] == [night]


def test_only_the_steward_runs_the_installation(clachan: Place) -> None:
    steward = Account.objects.get(is_steward=True)
    assert not steward.memberships.exists()
