"""An installation gets its first place, its first convener and its steward by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from placeweave.kit.errors import DomainError
from placeweave.kit.models import Account, AuditEntry
from placeweave.operations import place as commands
from placeweave.operations.demo import MARKER
from placeweave.places.models import Invitation, Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "prepare", lambda: None)


def run(*arguments: str) -> Result:
    group = commands.steward if arguments[0] == "steward" else commands.place
    return CliRunner().invoke(group, list(arguments[1:]))


def test_a_place_is_added_once_and_the_log_says_by_whom() -> None:
    assert run("place", "add", "dunvarra", "Dunvarra").exit_code == 0
    assert Place.objects.get(slug="dunvarra").name == "Dunvarra"
    assert AuditEntry.objects.get(verb="added place").account is None
    assert isinstance(run("place", "add", "dunvarra", "Again").exception, DomainError)


def test_whoever_adds_a_place_to_the_demonstration_hears_that_a_reset_takes_it(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    assert "demo-reset" not in run("place", "add", "dunvarra", "Dunvarra").output
    (tmp_path / MARKER).touch()
    assert "demo-reset empties it: Portlorne with it" in run("place", "add", "portlorne", "Portlorne").output


def test_the_first_convener_is_invited_by_a_link() -> None:
    run("place", "add", "dunvarra", "Dunvarra")
    outcome = run("place", "invite", "dunvarra", "ann@example.org", "Ann")
    assert "http" in outcome.output
    assert Invitation.objects.get().standing == "convener"


def test_a_steward_is_named_once() -> None:
    assert run("steward", "add", "sam@example.org", "Sam").exit_code == 0
    assert Account.objects.get(email="sam@example.org").is_steward
    assert "already" in run("steward", "add", "sam@example.org", "Sam").output


def test_what_is_no_address_is_refused() -> None:
    assert "not an e-mail address" in run("steward", "add", "sam", "Sam").output
    assert not Account.objects.exists()
