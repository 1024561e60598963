"""The demonstration keeps what was changed, starts over when asked, and stays out of real installations."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from django.conf import LazySettings

from placeweave.kit.models import Account
from placeweave.operations import demo, doors


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HOME = tmp_path
    monkeypatch.setattr(demo, "prepare", lambda: None)
    monkeypatch.setattr(demo, "migrations_due", lambda: 0)
    return tmp_path


@pytest.mark.django_db
def test_the_example_is_loaded_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []

    def load() -> None:
        loads.append(1)
        Account.objects.create_user(doors.personas()[0].email, name="Somebody of Clachan")

    monkeypatch.setattr(demo, "load", load)
    demo._fill()
    demo._fill()
    assert loads == [1]


@pytest.mark.django_db
def test_a_folder_that_real_people_use_is_refused(home: Path) -> None:
    (home / "placeweave.sqlite3").touch()
    Account.objects.create_user("ann@real.example", name="Ann")
    with pytest.raises(click.ClickException, match="real people"):
        demo._refuse_real(home)
    assert not (home / demo.MARKER).exists()


@pytest.mark.django_db
def test_a_folder_with_only_the_people_of_clachan_is_taken(home: Path) -> None:
    (home / "placeweave.sqlite3").touch()
    Account.objects.create_user(doors.personas()[0].email, name="Somebody of Clachan")
    demo._refuse_real(home)
    assert (home / demo.MARKER).exists()


def test_two_demonstrations_never_share_a_folder(home: Path) -> None:
    with demo._alone(home), pytest.raises(click.ClickException, match="already runs"), demo._alone(home):
        pass


def test_starting_over_keeps_only_the_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo.connections, "close_all", lambda: None)
    for name in ("placeweave.sqlite3", "secret-key", demo.MARKER):
        (home / name).write_text("kept or not")
    (home / "uploads").mkdir()
    demo._clear(home)
    assert sorted(one.name for one in home.iterdir()) == sorted(["secret-key", demo.MARKER])
