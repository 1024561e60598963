"""Files come in and go out by command, with the same preview and the same log as in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placeweave.kit.errors import DomainError
from placeweave.kit.models import AuditEntry, Batch, Export
from placeweave.operations import transfer
from placeweave.places.models import Place
from tests.shared_data import shared

pytestmark = pytest.mark.django_db

OUTCOMES = ["created", "updated", "unchanged", "conflict", "held", "rejected"]


@pytest.fixture(autouse=True)
def _is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "prepare", lambda: None)


def bring(*arguments: object) -> Result:
    return CliRunner().invoke(transfer.import_file, [str(one) for one in arguments])


def test_without_accept_an_import_only_previews(place: Place) -> None:
    folder = shared("opinion/scoop-hivemind.biodiversity")
    answer = json.loads(bring("polis", folder, "--place", place.slug, "--json").stdout)
    assert answer["rows"] == sum(answer[outcome] for outcome in OUTCOMES)
    assert {"problems", "batch"} <= set(answer)
    assert Batch.objects.get(pk=answer["batch"]).state == Batch.State.STAGED


def test_a_folder_travels_as_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_text("one,two\n1,2\n")
    assert transfer.upload_from(tmp_path).content == transfer.upload_from(tmp_path).content


def test_an_unknown_format_is_named_with_those_there_are(place: Place) -> None:
    outcome = bring("telepathy", __file__, "--place", place.slug)
    assert isinstance(outcome.exception, DomainError)
    assert "polis" in outcome.exception.sentence


def test_an_unknown_place_is_named_with_those_there_are(place: Place, tmp_path: Path) -> None:
    outcome = bring("polis", tmp_path, "--place", "atlantis")
    assert isinstance(outcome.exception, DomainError)
    assert place.slug in outcome.exception.sentence


def test_a_file_that_is_not_what_it_says_is_refused_whole(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(b"PK\x03\x04 nothing of the kind")
    outcome = bring("polis", file, "--place", place.slug, "--accept")
    assert outcome.exit_code == 1
    assert "Traceback" not in outcome.output
    assert Batch.objects.get().state == Batch.State.REFUSED


def test_an_export_is_written_whole_and_logged(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "commitments.csv"
    outcome = CliRunner().invoke(transfer.export_file, ["commitments", "--place", place.slug, "--out", str(out)])
    assert outcome.exit_code == 0, outcome.output
    assert out.read_bytes()
    assert Export.objects.get().place_id == place.pk
    assert AuditEntry.objects.filter(verb="exported").exists()
    assert list(tmp_path.iterdir()) == [out]
