"""Files on their way in, in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from placeweave.kit import exports, imports
from placeweave.kit.access import Standing, grant
from placeweave.kit.audit import Doer
from placeweave.kit.exports import Exported, Exporter
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Export, Outcome
from placeweave.places.models import Member, Organisation, Place
from tests import factories

pytestmark = pytest.mark.django_db


class Names:
    """A reader of one organisation a line."""

    format = "test-names"
    label = "Names, one a line"
    permission = "places.import_files"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        lines = upload.content.decode().splitlines()
        rows = [RowPlan(Outcome.CREATED, row=n, value=name, record=name) for n, name in enumerate(lines, 1) if name]
        rows += [
            RowPlan(Outcome.REJECTED, row=n, reason="This line is empty.")
            for n, name in enumerate(lines, 1)
            if not name
        ]
        return Plan(rows, notes=["A note from the reader."], licence="CC BY 4.0", attribution="Names: somebody")

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        place = Place.objects.get(pk=batch.place_id)
        Organisation.objects.bulk_create(
            Organisation(place=place, name=row.record, batch=batch) for row in plan.rows if row.record
        )

    def undo(self, batch: Batch, *, by: Doer) -> None:
        Organisation.objects.filter(batch=batch).delete()


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    imports.register(Names())
    yield
    imports._importers.pop("test-names")


def upload(browser: Client, slug: str, content: bytes = b"Shed\n\nChoir\n") -> Any:
    file = SimpleUploadedFile("names.txt", content)
    return browser.post(reverse("places:upload", args=[slug]), {"format": "test-names", "file": file})


def test_a_file_is_looked_at_brought_in_and_taken_back(
    convener: Member, client_for: Callable[[Member], Client], django_capture_on_commit_callbacks: Callable
) -> None:
    browser, slug = client_for(convener), convener.place.slug
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(browser, slug)
    page = browser.get(response.url).content.decode()
    for words in ("Nothing has changed yet", "Shed", "This line is empty.", "A note from the reader.", "New: 2"):
        assert words in page
    assert Organisation.objects.count() == 0
    only = browser.get(response.url, {"outcome": "rejected"}).content.decode()
    assert "This line is empty." in only
    assert "Shed" not in only
    batch = Batch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("places:import_accept", args=[slug, batch.pk]))
    assert Organisation.objects.count() == 2
    assert "Names: somebody" in browser.get(response.url).content.decode()
    body = Organisation.objects.first()
    assert "Names: somebody" in browser.get(reverse("places:organisation", args=[slug, body.pk])).content.decode()
    undo = reverse("places:import_undo", args=[slug, batch.pk])
    assert "Take back" in browser.get(undo).content.decode()
    assert Organisation.objects.count() == 2
    browser.post(undo, {"confirm": "yes"})
    assert Organisation.objects.count() == 0


def test_a_file_is_turned_down_only_after_asking(
    convener: Member, client_for: Callable[[Member], Client], django_capture_on_commit_callbacks: Callable
) -> None:
    browser, slug = client_for(convener), convener.place.slug
    with django_capture_on_commit_callbacks(execute=True):
        upload(browser, slug)
    batch = Batch.objects.get()
    address = reverse("places:import_discard", args=[slug, batch.pk])
    browser.get(address)
    batch.refresh_from_db()
    assert batch.state == Batch.State.STAGED
    browser.post(address, {"confirm": "yes"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.DISCARDED


def test_the_rows_of_a_file_are_hidden_from_those_who_may_not_bring_one(
    convener: Member,
    member_with: Callable[..., Member],
    client_for: Callable[[Member], Client],
    django_capture_on_commit_callbacks: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(client_for(convener), convener.place.slug)
    partner = client_for(member_with(Standing.PARTNER))
    assert partner.get(response.url).status_code == 403
    monkeypatch.setattr(Names, "permission", "places.manage_place")
    page = client_for(member_with(Standing.FACILITATOR)).get(response.url)
    assert page.status_code == 200
    assert "Shed" not in page.content.decode()
    batch = Batch.objects.get()
    for deed in ("import_accept", "import_discard", "import_undo"):
        address = reverse(f"places:{deed}", args=[convener.place.slug, batch.pk])
        assert partner.post(address, {"confirm": "yes"}).status_code == 403
    assert upload(partner, convener.place.slug).status_code == 403


def test_a_file_over_the_limit_is_refused_in_a_sentence(
    convener: Member, client_for: Callable[[Member], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("placeweave.kit.forms.MAX_BYTES", 10)
    response = upload(client_for(convener), convener.place.slug)
    assert response.status_code == 422
    assert "may be at most" in response.content.decode()


@pytest.mark.parametrize("content", [b""])
def test_an_empty_file_is_refused(convener: Member, client_for: Callable[[Member], Client], content: bytes) -> None:
    response = upload(client_for(convener), convener.place.slug, content)
    assert "This file is empty" in response.content.decode()


def test_i13_taking_a_file_away_is_logged_and_shown(convener: Member, client_for: Callable[[Member], Client]) -> None:
    grant("places.test_take", {Standing.CONVENER})
    made = Exported(b"name\nShed\n", "names.csv", "text/csv", 1, "names of organisations")
    exports.register(Exporter("test-names", "Names of organisations", "places.test_take", lambda _place, _taker: made))
    try:
        browser, slug = client_for(convener), convener.place.slug
        assert "Names of organisations" in browser.get(reverse("places:exports", args=[slug])).content.decode()
        response = browser.post(reverse("places:export", args=[slug, "test-names"]))
        assert response.content == b"name\nShed\n"
        assert Export.objects.get().by == convener.account
        assert "names.csv" in browser.get(reverse("places:exports", args=[slug])).content.decode()
        partner = factories.MemberFactory(place=convener.place, standing=Standing.PARTNER)
        other = client_for(partner)
        assert other.post(reverse("places:export", args=[slug, "test-names"])).status_code == 403
        assert "names.csv" not in other.get(reverse("places:exports", args=[slug])).content.decode()
    finally:
        exports._exporters.pop("test-names")


def test_going_on_after_work_never_leads_off_the_site(convener: Member, client_for: Callable[[Member], Client]) -> None:
    from placeweave.kit.models import Analysis

    analysis = Analysis.objects.create(place_id=convener.place_id, kind="x", state="done")
    address = reverse("places:work", args=[convener.place.slug, analysis.pk])
    for bad in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert 'elsewhere.example/"' not in client_for(convener).get(address, {"back": bad}).content.decode()
    assert 'href="/p/x/"' in client_for(convener).get(address, {"back": "/p/x/"}).content.decode()
