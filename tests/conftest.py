"""What every test may ask for: a place, people with a standing in it, and browsers signed in as them."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

# The settings read this while they load, so it must be set before Django is.
os.environ["PLACEWEAVE_HOME"] = tempfile.mkdtemp(prefix="placeweave-test-")
os.environ.setdefault("PLACEWEAVE_SECRET_KEY", "only-for-tests")

import hypothesis
import pytest
from django.conf import LazySettings
from django.test import Client

from placeweave.kit.access import Standing
from placeweave.places.models import Member, Place
from tests import factories

LONGEST = (
    *("test_permissions.py", "clachan", "attacks", "test_published_files.py", "test_quality.py"),
    *("test_axe_everywhere.py", "test_live_room.py"),
)
"""Files that open every page, or read every file: begun first, so that no process ends long after the other."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files be the first, in whatever order they were shuffled."""
    items.sort(key=lambda item: not any(part in LONGEST for part in item.path.parts))


def pytest_collection_finish() -> None:
    """Look for rubbish seldom, and never among the program itself: it takes a tenth of the time, and finds none."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


# How long an example takes depends on what else the machine does; no claim here is about time.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _quiet_ground(settings: LazySettings, tmp_path: Path) -> None:
    """Give each test its own uploads, tasks that run at once, mail in memory, and no second factor."""
    settings.UPLOADS = tmp_path / "uploads"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.REQUIRE_SECOND_FACTOR = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {  # rate limits begin anew, and nothing is remembered
        name: {"BACKEND": memory, "LOCATION": f"{name} {tmp_path}"} for name in ("default", "memory")
    }


@pytest.fixture
def place(db: None) -> Place:
    """A place to work in, private like every new one."""
    return factories.PlaceFactory()


@pytest.fixture
def other_place(db: None) -> Place:
    """Somebody else's place."""
    return factories.PlaceFactory()


@pytest.fixture
def member_with(place: Place) -> Callable[..., Member]:
    """Make a member of the place with a standing: ``member_with(Standing.PARTNER)``."""

    def make(standing: Standing = Standing.CONVENER, **fields: object) -> Member:
        return factories.MemberFactory(**{"place": place, "standing": standing, **fields})

    return make


@pytest.fixture
def convener(member_with: Callable[..., Member]) -> Member:
    """The convener of the place."""
    return member_with(Standing.CONVENER)


@pytest.fixture
def client_for() -> Callable[[Member], Client]:
    """Give a browser in which a member is signed in."""

    def sign_in(member: Member) -> Client:
        browser = Client()
        browser.force_login(member.account)
        return browser

    return sign_in
