"""Files that are broken, hostile or merely odd: one clear sentence each, nothing half applied, sound rows kept."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse

from placeweave.cli import _sentence
from placeweave.example.load import load
from placeweave.formats import limits
from placeweave.formats.tables import Sheet, write_xlsx
from placeweave.kit import exports, imports
from placeweave.kit.imports import Upload
from placeweave.kit.models import AuditEntry, Batch
from placeweave.listening.models import Contribution
from placeweave.operations import transfer
from placeweave.places.models import Member, Place
from placeweave.themes.models import WhatWeHeard
from tests import example_place
from tests.listening.files import zipped

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TABLES = ("contributions", "pieces", "needs")
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str">
<v>&d;</v></c></row></sheetData></worksheet>"""
OUTSIDE = ENTITIES.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')


def xlsx(rows: list[list[str]] | None = None) -> bytes:
    return write_xlsx({"one": Sheet(("text", "scope"), rows or [["The bus is late", "public"]])})


def xlsx_with(content: bytes) -> bytes:
    """A workbook whose first sheet is replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == SHEET else old.read(entry))
    return held.getvalue()


def empty_rows() -> bytes:
    rows = b"".join(b'<row r="%d"/>' % n for n in range(1, 1_000_001))
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return xlsx_with(head + rows + b"</sheetData></worksheet>")


def far_row() -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    row = b'<row r="2000000000"><c r="A2000000000" t="inlineStr"><is><t>x</t></is></c></row>'
    return xlsx_with(head + row + b"</sheetData></worksheet>")


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("comments.csv", b"0" * (limits.MAX_EXPANDED_BYTES + 1))
    return held.getvalue()


def encrypted(content: bytes) -> bytes:
    """Mark every entry of a zip as protected by a password, in both of its lists."""
    marked = bytearray(content)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(magic), content):
            marked[found.start() + at] |= 1
    return bytes(marked)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("a.csv", lambda: b""),
    "only a mark of order": ("a.csv", lambda: b"\xef\xbb\xbf"),
    "only space": ("a.csv", lambda: b"\n \n\t\n"),
    "a picture": ("a.csv", lambda: PNG),
    "a picture as a workbook": ("a.xlsx", lambda: PNG),
    "a picture as a zip": ("a.zip", lambda: PNG),
    "NUL throughout": ("a.csv", lambda: b"te\0xt\na\0b\n"),
    "no table": ("a.csv", lambda: b"\x80\x81\xfe\xff" * 500),
    "over 20 MB": ("a.csv", lambda: b"text\n" + b"x" * (limits.MAX_BYTES + 1)),
    "a zip bomb": ("a.zip", bomb),
    "a zip bomb as a workbook": ("a.xlsx", bomb),
    "a zip in a zip": ("a.zip", lambda: zipped({"a.zip": zipped({"comments.csv": "x"})})),
    "a path that climbs": ("a.zip", lambda: zipped({"../comments.csv": "x", "votes.csv": "y"})),
    "an absolute path": ("a.zip", lambda: zipped({"/etc/comments.csv": "x"})),
    "a protected zip": ("a.zip", lambda: encrypted(zipped({"comments.csv": "x"}))),
    "a protected workbook": ("a.xlsx", lambda: encrypted(xlsx())),
    "an old protected workbook": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000),
    "entities in a workbook": ("a.xlsx", lambda: xlsx_with(ENTITIES)),
    "an entity from outside": ("a.xlsx", lambda: xlsx_with(OUTSIDE)),
    "a workbook cut short": ("a.xlsx", lambda: xlsx()[:-200]),
    "a workbook of broken XML": ("a.xlsx", lambda: xlsx_with(b"<worksheet><sheetData><row>")),
    "a million empty rows": ("a.xlsx", empty_rows),
    "a row that no sheet has": ("a.xlsx", far_row),
    "malformed JSON": ("a.json", lambda: b'{"grants": [\n  {"id": "1",}\n]}'),
    "JSON that goes too deep": ("a.json", lambda: b"[" * 100_000),
    "JSON of another kind": ("a.json", lambda: b'{"grants": {"id": 7}}'),
    "JSON with a number too long": ("a.json", lambda: b'{"grants": [{"amountAwarded": ' + b"9" * 6000 + b"}]}"),
    "too few columns": ("a.csv", lambda: b"colour\nred\n"),
    "too many columns": ("a.csv", lambda: ",".join(f"c{n}" for n in range(6_000)).encode()),
    "one column twice": ("a.csv", lambda: b"text,text\na,b\n"),
    "a quotation without an end": ("a.csv", lambda: b'text\n"never ends\n' + b"a,b\n" * 50),
    "a field without an end": ("a.csv", lambda: b'text\n"' + b"x" * 200_000 + b'"\n'),
}


@cache
def made(kind: str) -> tuple[str, bytes]:
    """Make a file once, however many readers are given it."""
    name, content = HOSTILE[kind]
    return name, content()


def refuse_insides(said: str) -> None:
    """See that a sentence is one: no traceback, no class, no path of this machine."""
    assert said.strip()
    assert not re.search(r"Traceback|Error\b|Exception|site-packages|/uploads/|\bNone\b|<class|0x[0-9a-f]{6}", said), (
        said
    )
    assert len(said) <= 400, said


@pytest.fixture
def before(place: Place) -> dict[str, int]:
    return holdings()


def holdings() -> dict[str, int]:
    """Count every record but the batches themselves."""
    kept_apart = {"batch", "batchrow", "batchquestion", "submission", "turn", "session", "auditentry"}
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.model_name not in kept_apart and model._meta.app_label != "django_tasks_database"
    }


@pytest.mark.parametrize("format_name", ["contributions", "polis", "360giving", "pieces", "organisations"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(kind: str, format_name: str, convener: Member) -> None:
    if format_name not in imports._importers:
        pytest.skip(f"{format_name} is not read")
    name, content = made(kind)
    before = holdings()
    upload = Upload(name, content)
    batch = imports.stage(format=format_name, upload=upload, place_id=convener.place_id, options={}, by=convener)
    assert holdings() == before
    if batch.state == Batch.State.REFUSED:
        refuse_insides(batch.failure)
        assert batch.failure.rstrip().endswith((".", "?", "…")), batch.failure
        return
    assert batch.state == Batch.State.STAGED
    for row in batch.rows.exclude(reason="")[:20]:
        refuse_insides(row.reason)


@pytest.mark.parametrize("kind", [one for one in HOSTILE if "million" not in one])
def test_the_pages_that_take_files_say_the_same(kind: str, convener: Member, client_for: Any) -> None:
    name, content = made(kind)
    browser, slug = client_for(convener), convener.place.slug
    before = holdings()
    sent = [
        ("places:upload", {"format": "contributions"}),
        ("places:upload", {"format": "pieces"}),
        ("places:upload", {"format": "360giving"}),
    ]
    for route, fields in sent:
        file = SimpleUploadedFile(name, content)
        answer = browser.post(reverse(route, args=[slug]), {**fields, "file": file}, follow=True)
        page = answer.content.decode()
        assert answer.status_code in {200, 422}, (route, answer.status_code)
        assert "Traceback" not in page
    assert holdings() == before


@pytest.mark.parametrize(
    "kind", ["empty", "a picture", "over 20 MB", "a zip bomb", "a path that climbs", "malformed JSON"]
)
def test_the_command_line_says_the_same(
    kind: str, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "prepare", lambda: None)
    name, content = made(kind)
    (tmp_path / name).write_bytes(content)
    format_name = {"a.zip": "polis", "a.json": "360giving"}.get(name, "contributions")
    outcome = CliRunner().invoke(transfer.import_file, [format_name, str(tmp_path / name), "--place", place.slug])
    assert outcome.exit_code != 0
    said = outcome.output
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        said = _sentence(outcome.exception)
    refuse_insides(said.replace("Error: ", ""))


SERVICE = {"id": "1", "name": "Club", "status": "active", "organization": {"name": "Hall"}}
LONG = {"freq": "WEEKLY", "byday": "MO", "interval": "0" + "9" * 5000}


@pytest.mark.parametrize(
    ("format_name", "said"),
    [
        ("hsds", [SERVICE | {"a\0b": "\ud800"}, "half a pair \ud800", SERVICE | {"id": "2"}]),
        ("hsds", [SERVICE | {"schedules": [LONG]}]),
        ("hsds", [{"\ud800\0": "1"}]),
        ("aliss", {"meta": {"licence": "CC\0 BY \ud800"}, "data": [SERVICE | {"organisation": {"name": "Hall"}}]}),
        ("360giving", {"grants": [{"id": "1", "\ud800\0": {"\0": "x\0"}}, "\ud800"]}),
        ("360giving", {"grants": [], "license": "\ud800"}),
    ],
)
def test_what_no_database_can_hold_is_told_and_never_kept(format_name: str, said: Any, convener: Member) -> None:
    upload = Upload("a.json", json.dumps(said).encode())
    batch = imports.stage(format=format_name, upload=upload, place_id=convener.place_id, options={}, by=convener)
    assert batch.state in {Batch.State.STAGED, Batch.State.REFUSED}
    kept = [batch.failure, batch.licence, batch.attribution, *batch.notes]
    kept += [text for row in batch.rows.values_list("key", "field", "reason", "value") for text in row]
    assert not re.search("[\0\ud800-\udfff]", "".join(kept))
    assert batch.totals.get("rows", 0) == batch.rows.count()


def test_malformed_json_is_told_with_line_and_column(convener: Member) -> None:
    name, content = made("malformed JSON")
    batch = imports.stage(
        format="360giving", upload=Upload(name, content), place_id=convener.place_id, options={}, by=convener
    )
    assert re.search(r"line 2", batch.failure), batch.failure
    assert re.search(r"column \d+", batch.failure), batch.failure


def stage(text: str | bytes, by: Member, name: str = "a.csv") -> Batch:
    content = text if isinstance(text, bytes) else text.encode()
    return imports.stage(format="contributions", upload=Upload(name, content), place_id=by.place_id, options={}, by=by)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_found_and_told(encoding: str, convener: Member) -> None:
    batch = stage("text,scope\nThe café’s “soup” is £2 – lovely,public\n".encode(encoding), convener)
    assert batch.state == Batch.State.STAGED, batch.failure
    imports.accept(batch=batch, by=convener)
    assert Contribution.raw.get().text == "The café’s “soup” is £2 – lovely"
    if not encoding.startswith("utf-8"):
        assert any("Windows-1252" in note or "cp1252" in note or "UTF-16" in note.upper() for note in batch.notes)


def test_ragged_rows_and_impossible_days_are_told_and_the_sound_rows_kept(convener: Member) -> None:
    batch = stage(
        "text,scope,date\nGood one,public,2026-05-03\nToo short\nToo,public,2026-05-03,much,more\n"
        "Impossible,public,2026-02-31\n,public,2026-05-03\nGood two,public,\n",
        convener,
    )
    assert batch.totals["rows"] == 6 == sum(value for name, value in batch.totals.items() if name != "rows")
    told = [row.reason for row in batch.rows.exclude(reason="")]
    assert len(told) >= 3
    assert any("2026-02-31" in f"{row.reason} {row.value}" for row in batch.rows.all())
    imports.accept(batch=batch, by=convener)
    assert {"Good one", "Good two"} <= {one.text for one in Contribution.raw.all()}


def test_the_same_file_twice_is_all_unchanged(convener: Member) -> None:
    text = "text,scope\n" + "".join(f"Voice {n},public\n" for n in range(50))
    imports.accept(batch=stage(text, convener), by=convener)
    again = imports.accept(batch=stage(text, convener), by=convener)
    assert again.totals["unchanged"] == again.totals["rows"] == 50
    assert Contribution.raw.count() == 50


def test_a_file_that_is_half_broken_keeps_its_sound_half(convener: Member) -> None:
    rows = [f"Voice {n},public" if n % 2 else f"Voice {n},whoever asks" for n in range(20)]
    batch = stage("text,scope\n" + "\n".join(rows) + "\n", convener)
    assert (batch.totals["created"], batch.totals["created"] + batch.totals["held"] + batch.totals["rejected"]) == (
        10,
        20,
    )
    imports.accept(batch=batch, by=convener)
    assert Contribution.raw.count() == 10


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_and_one_more_is_refused(convener: Member) -> None:
    text = "text,scope\n" + "".join(f"Voice number {n} of the coast,public\n" for n in range(100_000))
    batch = stage(text, convener)
    assert (batch.state, batch.totals["created"]) == (Batch.State.STAGED, 100_000)
    imports.accept(batch=batch, by=convener)
    assert Contribution.raw.count() == 100_000
    refused = stage(text + "One more,public\n", convener)
    assert refused.state == Batch.State.REFUSED
    assert "100,000" in refused.failure


FORMULA = '=HYPERLINK("http://evil.example","x")'
RISKY = re.compile(r"[=+\-@\t\r＝＋－＠]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def poison(place: Place) -> None:
    """Let every free text of every record begin with a formula."""
    for model in apps.get_models():
        if model._meta.app_label not in {"listening", "themes", "jigsaw", "action", "places"}:
            continue
        free = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField))
            and not field.choices
            and not isinstance(field, (models.EmailField, models.URLField, models.SlugField))
            and not field.unique
            and field.name
            not in {"sha256", "key", "currency", "version", "signature", "facts", "engine_id", "language"}
            and not field.name.endswith(("_digest", "_id", "_code", "code"))
        ]
        constrained = {name for one in model._meta.constraints for name in getattr(one, "fields", ())}
        for name in set(free) - constrained:
            model._base_manager.exclude(**{name: ""}).update(
                **{name: FORMULA[: model._meta.get_field(name).max_length]}
            )


def cells(content: bytes, name: str) -> list[str]:
    """Give every cell of a file, of each table inside where it is a zip or a workbook."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [cell for inner in archive.namelist() for cell in cells(archive.read(inner), inner)]
    if name.endswith(".xlsx"):
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(content))
        typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in typed if cell.data_type == "f"]
        return []
    if not name.endswith(".csv"):
        return []
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


def test_formulas_are_inert_in_every_export(db: None) -> None:
    place = example_place.laid("clachan", load)
    poison(place)
    convener = Member.objects.filter(place=place, standing="convener").earliest("pk")
    seen = 0
    for one in exports.available(convener):
        exported = exports.take(format=one.format, place_id=place.pk, by=convener)
        for cell in cells(exported.content, exported.file_name):
            seen += "HYPERLINK" in cell
            assert not RISKY.match(cell) or NUMBER.fullmatch(cell), (one.format, cell)
    assert seen > 50
    browser = Client()
    browser.force_login(convener.account)
    page = WhatWeHeard.objects.filter(place=place)[0]
    answer = browser.get(reverse("themes:told_download", args=[place.slug, page.pk]))
    if answer.status_code == 405:
        answer = browser.post(reverse("themes:told_download", args=[place.slug, page.pk]))
    assert not [cell for cell in cells(answer.content, "told.csv") if RISKY.match(cell) and not NUMBER.fullmatch(cell)]
    assert AuditEntry.objects.filter(verb="exported").exists()


def test_formulas_that_come_in_go_out_inert_and_come_back_as_they_were(convener: Member) -> None:
    imports.accept(
        batch=stage(
            f'text,scope\n{json.dumps(FORMULA)[:1]}{FORMULA.replace(chr(34), chr(34) * 2)}",public\n', convener
        ),
        by=convener,
    )
    assert Contribution.raw.get().text == FORMULA
    exported = exports.take(format="contributions", place_id=convener.place_id, by=convener)
    assert f"'{FORMULA}" in cells(exported.content, "a.csv")


def test_a_file_name_is_words_and_nothing_else(convener: Member, client_for: Any) -> None:
    browser = client_for(convener)
    for name in (
        "../../etc/passwd",
        "a\u202egpj.csv",
        "x" * 400 + ".csv",
        '"><script>.csv',
        "con.csv",
        "\N{SNOWMAN}.csv",
    ):
        file = SimpleUploadedFile("a.csv", b"text\nx\n")
        file._name = name
        sent = {"format": "contributions", "file": file}
        answer = browser.post(reverse("places:upload", args=[convener.place.slug]), sent, follow=True)
        assert answer.status_code in {200, 422}
        assert "<script>.csv" not in answer.content.decode()


def test_what_a_batch_keeps_lies_under_a_name_of_our_own(convener: Member, settings: Any) -> None:
    stage("text\nx\n", convener, name="../../../climb.csv")
    assert [one.suffix for one in Path(settings.UPLOADS).iterdir()] == [".bin"]
    Batch.objects.update(created_at=Batch.objects.get().created_at - timedelta(days=1))
