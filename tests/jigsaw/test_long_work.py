"""Work that takes a while: it is asked for in no time, says how far it is, can be left, and knows when it is old."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from placeweave.jigsaw import services
from placeweave.jigsaw.services import NeedSaid
from placeweave.kit import analyses, imports, pace, worker
from placeweave.kit.analyses import Report
from placeweave.kit.models import Analysis, Batch
from placeweave.places.models import Member, Organisation
from placeweave.places.services import add_name
from tests import factories

ClientFor = Callable[[Member], Client]
WAITING, MAY_LEAVE = "Waiting to start", "You can leave this page"


@dataclass(frozen=True)
class Long:
    """One long analysis: where it is asked for and told, what changes its inputs, and how its page says so then."""

    ask: str
    page: str
    change: Callable[[Member, Organisation], object]
    outdated: str
    steps: int


def _want(by: Member, body: Organisation) -> None:
    services.add_need(place=by.place, said=NeedSaid("A kettle", "vehicle_equipment", asked_by=body), by=by)


def _tie(by: Member, body: Organisation) -> None:
    services.report_tie(source=body, target=factories.OrganisationFactory(place=by.place), level=3, by=by)


LONG = {
    "linkage": Long(
        "places:same_look",
        "places:same",
        lambda by, body: add_name(organisation=body, name="The old name", kind="former", by=by),
        "The last look is out of date.",
        steps=3,
    ),
    "synergies": Long("jigsaw:synergies_ask", "jigsaw:synergies", _want, "1 change", steps=3),
    "network": Long("jigsaw:network_ask", "jigsaw:network", _tie, "Ties have changed since", steps=4),
}


@pytest.fixture
def _queued(settings: LazySettings) -> None:
    """Leave what is asked for to a worker, as an installation does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def _unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every step be written, as if each took a second."""
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=itertools.count(10.0).__next__))


@pytest.fixture
def body(convener: Member) -> Organisation:
    bodies = [factories.OrganisationFactory(place=convener.place, name=name) for name in ("The Shed", "The Shed Ltd")]
    factories.PieceFactory(place=convener.place, organisation=bodies[0])
    factories.NeedFactory(place=convener.place, asked_by=bodies[1])
    services.report_tie(source=bodies[0], target=bodies[1], level=2, by=convener)
    return bodies[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_queued", "_unpaced")
@pytest.mark.parametrize("name", LONG)
def test_a_long_analysis_tells_its_steps_can_be_left_and_says_when_it_is_out_of_date(
    name: str, convener: Member, body: Organisation, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, browser, slug = LONG[name], client_for(convener), convener.place.slug
    page = reverse(long.page, args=[slug])
    browser.post(reverse(long.ask, args=[slug]))
    asked = browser.get(page).content.decode()
    assert WAITING in asked
    assert MAY_LEAVE in asked
    assert browser.get(reverse("jigsaw:board", args=[slug])).status_code == 200
    told = watched(monkeypatch, browser, page)
    worker.work(until_empty=True)
    assert Analysis.objects.get().state == Analysis.State.DONE
    assert len(dict.fromkeys(step for step, _share in told)) >= long.steps
    assert [share for _step, share in told] == sorted(share for _step, share in told)
    done = browser.get(page).content.decode()
    assert long.outdated not in done
    assert MAY_LEAVE not in done
    long.change(convener, body)
    assert long.outdated in browser.get(page).content.decode()


def watched(monkeypatch: pytest.MonkeyPatch, browser: Client, page: str) -> list[tuple[str, float]]:
    """Look at the page after every step the worker tells of, and keep what it was told."""
    told: list[tuple[str, float]] = []
    reporter = analyses._reporter

    def reporting(pk: int) -> Report:
        write = reporter(pk)

        def report(step: str, share: float) -> None:
            write(step, share)
            told.append((step, share))
            shown = browser.get(page).content.decode()
            assert escape(step) in shown
            assert f'value="{round(share * 100)}"' in shown

        return report

    monkeypatch.setattr(analyses, "_reporter", reporting)
    return told


TABLE = b"what,held by,kind\nVan,The Shed,vehicle\nBench,The Shed,vehicle\nTent,Nobody known,vehicle\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_queued")
def test_a_request_that_brings_a_file_or_answers_for_it_reads_nothing_of_the_file(
    convener: Member, body: Organisation, client_for: ClientFor
) -> None:
    browser, slug = client_for(convener), convener.place.slug
    file = SimpleUploadedFile("pieces.csv", TABLE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(imports, "upload_of", read_in_the_request)
        landed = browser.post(reverse("places:upload", args=[slug]), {"format": "pieces", "file": file})
        page = browser.get(landed.url).content.decode()
    assert WAITING in page
    assert MAY_LEAVE in page
    worker.work(until_empty=True)
    batch = Batch.objects.get()
    assert batch.state == Batch.State.ASKING
    answer = reverse("places:import_answer", args=[slug, batch.pk])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(imports, "upload_of", read_in_the_request)
        form = browser.get(answer).context["form"]
        browser.post(answer, {one.html_name: one.value() or "" for one in form})
        assert WAITING in browser.get(landed.url).content.decode()
    worker.work(until_empty=True)
    batch.refresh_from_db()
    assert (batch.state, batch.totals["rows"], batch.rows.count()) == (Batch.State.STAGED, 3, 3)


def read_in_the_request(*_asked: object) -> None:
    raise AssertionError("a request read the file")
