"""The example place, whole, and somebody in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from placeweave.example.load import load
from placeweave.places.models import Place
from tests.test_permissions import _fill, browser


@pytest.fixture(scope="module")
def clachan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """The example place with one of everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        place = load()
        _fill(place)
        yield place
        transaction.set_rollback(True)


@pytest.fixture
def convener_browser(clachan: Place, db: None) -> Client:
    """A browser signed in as a convener of the example place; an error is an answer in it."""
    return browser("convener")
