"""Polis exports: every era, every trap, and the same files back."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.formats.archives import read_path
from placeweave.formats.polis import Participant, PolisExport, Statement, Vote, read_polis, write_polis
from placeweave.formats.problems import Unreadable
from tests.shared_data import shared

SETS = {
    "brexit-consensus": (50, 50, 5_312, 5_303, 204),
    "london.youth.policing": (39, 36, 640, 638, 26),
    "scoop-hivemind.biodiversity": (316, 314, 29_802, 29_719, 536),
    "vtaiwan.uberx": (197, 197, 49_997, 49_443, 1_921),
}


def _csv(*rows: tuple[object, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _export(
    comments: list[tuple[object, ...]] | None = None, votes: list[tuple[object, ...]] | None = None, **more: bytes
) -> dict[str, bytes]:
    """A small export of the old kind: three statements by two authors who agreed with their own."""
    comments = comments or [(1_500_000_000_000, i, author, 0, 0, 1, f"Statement {i}") for i, author in enumerate("778")]
    votes = votes or [(1_500_000_000_000 + i, i, author, 1) for i, author in enumerate("778")]
    return {
        "comments.csv": _csv(
            ("timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"), *comments
        ),
        "votes.csv": _csv(("timestamp", "comment-id", "voter-id", "vote"), *votes),
        **{name.replace("__", "-") + ".csv": content for name, content in more.items()},
    }


def _standing(export: PolisExport) -> dict[tuple[str, str], int]:
    return {(vote.participant, vote.statement): vote.value for vote in export.standing}


@pytest.fixture(scope="module", params=SETS)
def published(request: pytest.FixtureRequest) -> tuple[str, Mapping[str, bytes], PolisExport]:
    files = read_path(shared(f"opinion/{request.param}"))
    return request.param, files, read_polis(files)


def test_the_open_sets_are_read_whole(published: tuple[str, Mapping[str, bytes], PolisExport]) -> None:
    name, _, export = published
    statements, voted, rows, standing, people = SETS[name]
    assert len(export.statements) == statements
    assert len({vote.statement for vote in export.votes}) == voted
    assert len(export.votes) == export.rows["votes.csv"] == rows
    assert len(export.standing) == standing
    assert len(export.history) == rows - standing
    assert len(export.participants) == people
    assert export.sign == "as expected"
    assert export.problems == ()
    assert any(f"holds the same last votes ({standing:,})" in note for note in export.notes)
    assert any(f"for {statements} of {statements} statements" in note for note in export.notes)
    assert "votes.csv: times are in milliseconds." in export.notes


def test_the_votes_are_those_an_independent_program_counted(
    published: tuple[str, Mapping[str, bytes], PolisExport],
) -> None:
    name, _, export = published
    reference = json.loads(shared(f"opinion/{name}/reference_reddwarf.json").read_text())
    assert reference["n_votes"] == len(export.standing)
    assert reference["n_participants"] == len({vote.participant for vote in export.votes})


def test_what_is_exported_is_read_again_equal(published: tuple[str, Mapping[str, bytes], PolisExport]) -> None:
    _, _, export = published
    written = write_polis(export)
    again = read_polis(written)
    assert (again.topic, again.url, again.description) == (export.topic, export.url, export.description)
    assert [(s.external_id, s.text, s.author, s.moderated) for s in again.statements] == [
        (s.external_id, s.text, s.author, s.moderated) for s in export.statements
    ]
    assert _standing(again) == _standing(export)
    assert [(v.participant, v.statement, v.value) for v in again.votes] == [
        (v.participant, v.statement, v.value) for v in export.votes
    ]
    assert again.participants == export.participants
    assert again.problems == ()
    assert write_polis(again) == written


def test_our_export_keeps_the_two_identities_of_polis(published: tuple[str, Mapping[str, bytes], PolisExport]) -> None:
    _, _, export = published
    written = {
        name: list(csv.DictReader(io.StringIO(content.decode()))) for name, content in write_polis(export).items()
    }
    counted = Counter((row["comment-id"], row["vote"]) for row in written["votes.csv"])
    assert all(int(row["agrees"]) == counted[row["comment-id"], "1"] for row in written["comments.csv"])
    assert all(int(row["disagrees"]) == counted[row["comment-id"], "-1"] for row in written["comments.csv"])
    last = {(row["voter-id"], row["comment-id"]): row["vote"] for row in written["votes.csv"]}
    cells = {
        (row["participant"], column): cell
        for row in written["participant-votes.csv"]
        for column, cell in row.items()
        if column.isdigit() and cell
    }
    assert cells == last


def test_shuffled_rows_and_columns_change_nothing() -> None:
    files = dict(read_path(shared("opinion/london.youth.policing")))
    draw = random.Random(7)
    for name in ("comments.csv", "votes.csv", "participants-votes.csv"):
        header, *rows = csv.reader(io.StringIO(files[name].decode()))
        order = draw.sample(range(len(header)), len(header))
        draw.shuffle(rows)
        files[name] = _csv(*(tuple(row[i] for i in order) for row in [header, *rows]))
    shuffled, plain = read_polis(files), read_polis(read_path(shared("opinion/london.youth.policing")))
    assert shuffled.statements == plain.statements
    assert shuffled.votes == plain.votes
    assert shuffled.participants == plain.participants


def test_the_last_of_several_votes_stands_and_the_rest_are_history() -> None:
    export = read_polis(_export(votes=[(300, 0, "a", 1), (100, 0, "a", -1), (200, 0, "a", 0)]))
    assert [(vote.value, vote.standing) for vote in export.votes] == [(-1, False), (0, False), (1, True)]
    assert any("Standing votes: 1. Revotes: 2 earlier votes" in note for note in export.notes)


def test_of_two_votes_at_one_moment_the_lower_row_counts_as_later() -> None:
    export = read_polis(_export(votes=[(100, 0, "a", 1), (100, 0, "a", -1)]))
    assert [(vote.value, vote.row) for vote in export.standing] == [(-1, 3)]


def test_seconds_and_milliseconds_are_the_same_moment() -> None:
    old = read_polis(_export(votes=[(1_500_000_000_000, 0, "7", 1)]))
    new = read_polis(_export(votes=[(1_500_000_000, 0, "7", 1)]))
    assert old.votes[0].at == new.votes[0].at == datetime(2017, 7, 14, 2, 40, tzinfo=UTC)
    assert "votes.csv: times are in seconds." in new.notes


def test_inverted_signs_are_found_by_the_authors_own_votes_and_flipped() -> None:
    votes = [(1_500_000_000 + i, i % 3, "778"[i % 3] if i < 3 else f"p{i}", -1) for i in range(12)]
    comments = [(1_500_000_000, i, author, 0, 4, 1, f"Statement {i}") for i, author in enumerate("778")]
    export = read_polis(_export(comments, votes))
    assert export.sign == "inverted and flipped"
    assert {vote.value for vote in export.votes} == {1}
    assert any(
        "exchanged (before that, authors' first votes on their own statements: 0 agree, 0 pass, 3 disagree" in n
        for n in export.notes
    )
    assert any("for 3 of 3 statements" in note for note in export.notes)
    undone = read_polis(_export(comments, votes), flip=False)
    assert (undone.sign, {vote.value for vote in undone.votes}) == ("as expected", {-1})


def test_every_open_set_with_its_signs_exchanged_is_put_right(
    published: tuple[str, Mapping[str, bytes], PolisExport],
) -> None:
    _, files, export = published
    header, *rows = csv.reader(io.StringIO(files["votes.csv"].decode()))
    exchanged = {"1": "-1", "-1": "1", "0": "0"}
    inverted = read_polis(
        {**files, "votes.csv": _csv(tuple(header), *((*row[:-1], exchanged[row[-1]]) for row in rows))}
    )
    assert inverted.sign == "inverted and flipped"
    assert inverted.votes == export.votes


def test_signs_that_cannot_be_checked_are_read_as_written_and_told() -> None:
    export = read_polis(_export(votes=[(100, 0, "stranger", -1)]))
    assert export.sign == "cannot be told"
    assert export.votes[0].value == -1


def test_without_votes_csv_the_matrix_gives_the_last_votes() -> None:
    files = dict(read_path(shared("opinion/brexit-consensus")))
    whole = read_polis(files)
    del files["votes.csv"]
    export = read_polis(files)
    assert _standing(export) == _standing(whole)
    assert {vote.at for vote in export.votes} == {None}
    assert any("There is no votes.csv" in note for note in export.notes)


def test_a_matrix_that_disagrees_is_told_and_the_votes_win() -> None:
    matrix = _csv(
        ("participant", "xid", "group-id", "0", "1", "2"), ("7", "me@x", 0, -1, 1, ""), ("8", "", "", "", "", 1)
    )
    export = read_polis(_export(participants__votes=matrix))
    assert any("differs in 1 cell" in note and "participant 7, statement 0" in note for note in export.notes)
    assert _standing(export)["7", "0"] == 1
    assert export.participants == (Participant("7", 0), Participant("8", None))
    assert not any("me@x" in repr(part) for part in (export.participants, export.notes, export.problems))


def test_statements_nobody_voted_on_are_named() -> None:
    export = read_polis(_export(votes=[(100, 1, "7", 1)]))
    assert any("Nobody voted on 2 of 3 statements: 0, 2." in note for note in export.notes)


def test_unknown_columns_are_kept_or_named() -> None:
    comments = _csv(
        ("comment-body", "IS-SEED", "is-meta", "comment-id", "moderated", "timestamp", "author-id", "mood"),
        ("Hello", "true", "f", 5, -1, 1_500_000_000, 3, "glad"),
    )
    votes = _csv(
        ("vote", "voter-id", "comment-id", "timestamp", "important", "device"), (1, 3, 5, 1_500_000_001, 1, "phone")
    )
    export = read_polis({"x-comments.csv": comments, "x-votes.csv": votes})
    assert export.statements == (
        Statement("5", "Hello", "3", datetime(2017, 7, 14, 2, 40, tzinfo=UTC), -1, True, False, {"mood": "glad"}),
    )
    assert export.votes[0].important is True
    assert any("device" in note for note in export.notes)
    again = read_polis(write_polis(export))
    assert (again.statements, again.votes) == (export.statements, export.votes)


def test_every_faulty_row_is_told_and_nothing_else_is_lost() -> None:
    comments = [
        (1, 0, "7", 0, 0, 1, "Good"),
        (1, 0, "7", 0, 0, 1, "Again"),
        (1, "x", "7", 0, 0, 1, "No number"),
        (1, 2, "7", 0, 0, 1, "  "),
        ("", 3, "7", 0, 0, "maybe", "Odd"),
    ]
    votes = [(5, 0, "a", 1), (5, 0, "", 1), (5, 9, "a", 1), (5, 0, "b", 2), ("soon", 0, "c", 1), (5, 3, "a", "")]
    export = read_polis(_export(comments, votes))
    told = {(p.part, p.row, p.severity) for p in export.problems}
    assert told == {
        ("comments.csv", 3, "rejected"),
        ("comments.csv", 4, "rejected"),
        ("comments.csv", 5, "held"),
        ("comments.csv", 6, "warning"),
        ("votes.csv", 3, "rejected"),
        ("votes.csv", 4, "held"),
        ("votes.csv", 5, "rejected"),
        ("votes.csv", 6, "held"),
        ("votes.csv", 7, "rejected"),
    }
    assert [statement.external_id for statement in export.statements] == ["0", "3"]
    assert len(export.votes) == 1


def test_a_missing_file_or_column_refuses_the_import_in_one_sentence() -> None:
    with pytest.raises(Unreadable, match=r"no comments\.csv"):
        read_polis({"votes.csv": b"a"})
    with pytest.raises(Unreadable, match=r"votes\.csv has no column “timestamp”, “vote”"):
        read_polis({**_export(), "votes.csv": b"comment-id,voter-id\n0,7\n"})
    with pytest.raises(Unreadable, match=r"two files that could be comments\.csv"):
        read_polis({"comments.csv": b"a", "b/comments.csv": b"a"})


def test_a_zip_and_its_folder_are_the_same(tmp_path: Path) -> None:
    folder = shared("opinion/london.youth.policing")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"wrapped/{path.name}")
    assert read_polis(read_path(tmp_path / "out.zip")) == read_polis(read_path(folder))


def test_a_statement_that_looks_like_a_formula_is_inert_in_the_export() -> None:
    export = PolisExport("=topic()", "", "", (Statement("0", "=1+1", "7", None, 1),), (), ())
    written = write_polis(export)
    assert b"'=1+1" in written["comments.csv"]
    assert read_polis(written).statements[0].text == "=1+1"
    assert read_polis(written).topic == "=topic()"


moments = st.integers(1_400_000_000, 1_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, tz=UTC))
bodies = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\u00a0"), min_size=1).filter(
    str.strip
)


@given(
    st.lists(st.tuples(bodies, st.sampled_from([-1, 0, 1]), moments), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from([-1, 0, 1]), moments), max_size=30),
)
@settings(max_examples=60)
def test_any_conversation_survives_the_round_trip(
    said: list[tuple[str, int, datetime]], cast: list[tuple[int, int, int, datetime]]
) -> None:
    statements = tuple(Statement(str(i), text, "x", at, moderated) for i, (text, moderated, at) in enumerate(said))
    votes = tuple(
        Vote(str(person), str(statement % len(said)), value, at, row=i)
        for i, (person, statement, value, at) in enumerate(sorted(cast, key=lambda vote: vote[3]))
    )
    people = tuple(Participant(str(person), person % 2) for person in sorted({int(vote.participant) for vote in votes}))
    first = read_polis(write_polis(PolisExport("t", "d", "u", statements, votes, people)), flip=False)
    again = read_polis(write_polis(first), flip=False)
    assert first.statements == again.statements == statements
    assert again.votes == first.votes
    assert [(v.participant, v.statement, v.value, v.at) for v in first.votes] == [
        (v.participant, v.statement, v.value, v.at) for v in votes
    ]
