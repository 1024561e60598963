"""The import contract: whatever arrives, outcomes add up to rows, nothing falls over, and a second read is equal."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placeweave.formats.archives import read_zip
from placeweave.formats.bundle import read_bundle
from placeweave.formats.polis import read_polis
from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import Sheet, Table, read_table, write_csv, write_xlsx
from placeweave.formats.threesixty import GrantsFile, read_grants

HEADER = [
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Funding Org:Identifier", "Funding Org:Name", "Recipient Org:Identifier", "Recipient Org:Name",
]  # fmt: skip
plain = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=12)
cell = st.one_of(plain, st.sampled_from(["", "£12,000", "*", "=1+1", "-5", "31/02/2019", "22/07/2014", "0", "GBP"]))
good = st.tuples(
    st.integers(0, 30).map(str), st.just("Café"), st.just("A hall"), st.just("GBP"), st.integers(-5, 99).map(str),
    st.dates().map(str), st.just("GB-SC-SC000001"), st.just("Fund"), st.just("GB-SC-SC000002"), st.just("Hall"),
).map(list)  # fmt: skip
damaged = st.tuples(good, st.integers(0, 9), cell).map(lambda t: [*t[0][: t[1]], t[2], *t[0][t[1] + 1 :]])
grants = st.lists(st.one_of(good, damaged), max_size=8)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _text(rows: list[list[str]], newline: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows([HEADER, *rows])
    return out.getvalue()


def _adds_up(read: GrantsFile) -> bool:
    kept = {grant.row for grant in read.grants}
    return (
        len(kept) == len(read.grants)
        and not kept & (read.held | read.rejected)
        and read.rows == len(read.grants) + len(read.held) + len(read.rejected)
    )


@given(grants, st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]), st.sampled_from(["\n", "\r\n", "\r"]))
@quick
def test_outcomes_add_up_in_every_encoding_and_line_end(rows: list[list[str]], encoding: str, newline: str) -> None:
    content = _text(rows, newline).encode(encoding)
    read = read_grants(content, "grants.csv")
    assert _adds_up(read)
    assert read == read_grants(content, "grants.csv")
    assert read.grants == read_grants(_text(rows).encode(), "grants.csv").grants


@given(grants, st.randoms(use_true_random=False), plain)
@quick
def test_shuffled_and_extra_columns_change_nothing_but_the_extra(
    rows: list[list[str]], draw: random.Random, extra: str
) -> None:
    order = draw.sample(range(len(HEADER)), len(HEADER))
    shuffled = [[*(row[i] for i in order), extra] for row in [HEADER, *rows]]
    shuffled[0][-1] = "Our own note"
    plain_read = read_grants(write_csv(HEADER, rows), "grants.csv")
    read = read_grants(write_csv(shuffled[0], shuffled[1:]), "grants.csv")
    assert _adds_up(read)
    assert [grant.external_id for grant in read.grants] == [grant.external_id for grant in plain_read.grants]
    kept = extra.replace("\xa0", " ").strip()
    assert all(grant.extra.get("Our own note", "") == kept for grant in read.grants)


@given(grants)
@quick
def test_a_csv_and_a_workbook_and_json_of_the_same_rows_agree(rows: list[list[str]]) -> None:
    from_csv = read_grants(write_csv(HEADER, rows), "grants.csv")
    from_xlsx = read_grants(write_xlsx({"Grants": Sheet(HEADER, rows)}), "grants.xlsx")
    assert from_csv.grants == from_xlsx.grants
    assert (from_csv.held, from_csv.rejected) == (from_xlsx.held, from_xlsx.rejected)


def _grants(content: bytes) -> object:
    read = read_grants(content, "grants")
    assert _adds_up(read)
    return read


def _table(content: bytes) -> Table:
    return read_table(content, "list")


def _polis(content: bytes) -> object:
    return read_polis({"comments.csv": content, "votes.csv": content, "participant-votes.csv": content})


READERS: list[Callable[[bytes], object]] = [
    _grants,
    _table,
    _polis,
    lambda content: read_polis(read_zip(content, "export.zip")),
    lambda content: read_bundle(content, "place.zip"),
]
VALID = [
    _text([[str(i), "T", 'D "quoted"\nline', "GBP", "5", "2021-01-26", "a", "b", "c", "d"] for i in range(4)]).encode(),
    json.dumps({"grants": [{"id": "1", "title": "ü", "amountAwarded": 5}]}).encode(),
    write_xlsx({"Grants": Sheet(HEADER, [["1", "T", "D", "GBP", 5, "2021-01-26", "a", "b", "c", "d"]])}),
    b"timestamp,comment-id,author-id,voter-id,vote,participant,moderated,comment-body\n1,0,0,0,1,0,1,Hello\n",
]


def _survives(read: Callable[[bytes], object], content: bytes) -> None:
    try:
        first = read(content)
    except Unreadable as refusal:
        sentence = str(refusal)
        assert sentence.endswith((".", "?"))
        assert "Traceback" not in sentence
        assert len(sentence) < 400
    else:
        assert read(content) == first


LONG = "9" * 5000
TRICKS = [
    f"timestamp,comment-id,author-id,voter-id,vote,participant,moderated,comment-body,{LONG}\n".encode()
    + f"{LONG},{LONG},{LONG},{LONG},{LONG},{LONG},{LONG},{LONG},{LONG}\n".encode() * 2,
    ",".join([*HEADER, f"Beneficiary Location:{LONG}:Name", "Planned Dates:Duration (months)"]).encode()
    + b"\n" + ",".join([LONG] * 12).encode() + b"\n",
    json.dumps({"grants": [{"id": "1", "title": "a" * 300_000 + "@" + "<a" * 100_000, "awardDate": LONG}]}).encode(),
    b'a,b\n"' + b'""' * 200_000 + b'",x\n',
    b"sep=,\n", b"sep=\n\n", b"[", b"{", b"PK\x03\x04", b"\xff\xfe", b"\xff\xfea", b'"', b"'", b"a\r\r\n\x1a",
]  # fmt: skip


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("content", TRICKS)
def test_known_tricks_are_read_or_refused_in_one_sentence(read: Callable[[bytes], object], content: bytes) -> None:
    _survives(read, content)


@pytest.mark.parametrize("read", READERS)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))))
@quick
def test_any_bytes_are_read_or_refused_in_one_sentence(read: Callable[[bytes], object], content: bytes) -> None:
    _survives(read, content)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("content", VALID)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_truncated_and_scratched_files_are_read_or_refused_in_one_sentence(
    read: Callable[[bytes], object], content: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(content)))
    _survives(read, content[:at])
    scratch = data.draw(st.binary(min_size=1, max_size=4))
    _survives(read, content[:at] + scratch + content[at + len(scratch) :])
