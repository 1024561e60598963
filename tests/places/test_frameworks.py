"""Frameworks come as data, each with licence and source."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from placeweave.places import services
from placeweave.places.models import Crosswalk, Framework, FrameworkNode, Sector
from placeweave.settings import PACKAGE

pytestmark = pytest.mark.django_db

COUNTS = {
    "place-assessment": 14,
    "place-wellbeing-outcomes": 18,
    "national-outcomes": 11,
    "community-wealth-building": 5,
    "statutory-partners": 18,
    "community-engagement-standards": 7,
    "place-principle": 4,
    "christie-principles": 4,
    "community-capitals": 7,
    "levels-of-collaboration": 6,
    "sustainable-development-goals": 17,
    "participation-levels": 5,
    "sectors": 22,
}


def test_exactly_the_frameworks_that_may_be_shipped_are_there() -> None:
    found = {one.slug: one.nodes.count() for one in Framework.objects.all()}
    assert found == COUNTS


def test_each_names_its_licence_and_open_government_text_its_attribution() -> None:
    for one in Framework.objects.all():
        assert one.licence
        assert one.owner
        if "Open Government Licence" in one.licence:
            assert "Contains public sector information licensed under the Open Government Licence v3.0" in one.note
            assert one.source_url


def test_loading_again_adds_nothing_and_leaves_a_hosts_words_alone() -> None:
    node = FrameworkNode.objects.get(framework__slug="place-assessment", code="10")
    node.label = "Meeting folk"
    node.save()
    assert services.load_frameworks() == 0
    node.refresh_from_db()
    assert node.label == "Meeting folk"


def test_what_is_missing_is_brought_back() -> None:
    FrameworkNode.objects.filter(framework__slug="christie-principles").delete()
    assert services.load_frameworks() == 4


def test_the_crosswalk_is_one_to_one_and_social_contact_has_no_counterpart() -> None:
    sources = set(Crosswalk.objects.values_list("source__code", flat=True))
    assert sources == {str(n) for n in range(1, 15)} - {"10"}
    assert Crosswalk.objects.values("target").distinct().count() == 13


def test_the_framework_of_sectors_is_the_list_of_sectors() -> None:
    shipped = dict(FrameworkNode.objects.filter(framework__slug="sectors").values_list("code", "label"))
    assert shipped == {one.value: one.label for one in Sector if one != Sector.UNKNOWN}


@pytest.mark.parametrize("word", ["wemwbs", "warwick", "liberating structures", "outnav", "iap2", "partner survey"])
def test_nothing_that_may_not_be_passed_on_is_shipped(word: str) -> None:
    for file in Path(PACKAGE / "places" / "frameworks").iterdir():
        assert word not in file.read_text(encoding="utf-8").lower(), file.name


def test_every_framework_has_a_page_with_its_licence_and_source() -> None:
    browser = Client()
    assert browser.get(reverse("places:frameworks")).status_code == 200
    for one in Framework.objects.all():
        page = browser.get(reverse("places:framework", args=[one.slug, one.version]))
        assert page.status_code == 200
        assert escape(one.licence) in page.content.decode()
