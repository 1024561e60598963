"""The example place, whole, and somebody in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from placeweave.places.models import Place
from tests.test_permissions import browser, furnished


@pytest.fixture(scope="module")
def clachan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """The example place with one of everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


@pytest.fixture
def convener_browser(clachan: Place, db: None) -> Client:
    """A browser signed in as a convener of the example place; an error is an answer in it."""
    return browser("convener")
