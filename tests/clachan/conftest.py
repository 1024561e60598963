"""The example place, laid once a module; what a test changes in it is taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from placeweave.places.models import Member, Place
from tests import example_place


@pytest.fixture(scope="module")
def clachan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """Clachan, whole."""
    with example_place.clachan(django_db_blocker) as place:
        yield place


@pytest.fixture(autouse=True)
def _taken_back(clachan: Place, db: None) -> None:
    """Let each test change what it likes: its own transaction lies inside the module's."""


def as_member(place: Place, standing: str) -> Client:
    """Give a browser signed in as the first member of a standing."""
    member = Member.objects.filter(place=place, standing=standing).order_by("pk").first()
    assert member is not None
    browser = Client()
    browser.force_login(member.account)
    return browser


@pytest.fixture
def convener_browser(clachan: Place) -> Client:
    """The convener's browser."""
    return as_member(clachan, "convener")
