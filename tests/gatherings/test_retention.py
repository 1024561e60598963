"""What people told about themselves goes some time after the session; the counts stay, and their own page says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Session, SignUp
from placeweave.gatherings.services import retention
from placeweave.kit import links
from tests import factories
from tests.gatherings.signing import signed, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return factories.SessionFactory(capacity=9)


def ended(session: Session, days_ago: int) -> None:
    now = timezone.now() - timedelta(days=days_ago)
    Session.objects.filter(pk=session.pk).update(begins_at=now - timedelta(hours=2), ends_at=now)


def test_needs_go_first_then_names_and_addresses_and_the_counts_stay(session: Session) -> None:
    signed(session, "Isla", 3, access_needs="A hearing loop", dietary="No nuts", sector="health", role="Nurse")
    ended(session, 10)
    retention.erase_due()
    assert SignUp.objects.get().dietary == "No nuts"
    ended(session, 20)
    retention.erase_due()
    one = SignUp.objects.get()
    assert (one.access_needs, one.dietary, one.name, one.email) == ("", "", "Isla", "isla@example.org")
    ended(session, 91)
    assert (retention.erase_due(), retention.erase_due()) == (1, 0)
    one.refresh_from_db()
    assert (one.name, one.email, one.role, one.organisation) == ("", "", "", "")
    assert (one.party, one.state, one.sector) == (3, "coming", "health")


def test_what_was_called_off_long_ago_is_erased_before_its_day_would_have_come(session: Session) -> None:
    signed(session, "Isla")
    Session.objects.update(state="cancelled", changed_at=timezone.now() - timedelta(days=91))
    assert retention.erase_due() == 1


def test_ones_own_page_says_that_it_was_erased_and_the_form_says_when_it_will_be(
    session: Session, settings: LazySettings
) -> None:
    settings.SIGN_UPS_KEPT_DAYS, settings.NEEDS_KEPT_DAYS = 61, 6
    form = Client().get(reverse("signup:page", args=[session.code])).content.decode()
    assert "erased 6 days after the session" in form
    assert "61 days after it" in form
    key = links.new_key()
    services.sign_up(session=session, wish=wish("Isla"), key=key)
    ended(session, 62)
    retention.erase_due()
    assert "was erased on" in Client().get(reverse("signup:mine", args=[key])).content.decode()
