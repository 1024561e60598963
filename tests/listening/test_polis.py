"""A Polis export comes in whole, is told honestly, and can be taken back."""

from __future__ import annotations

import time

import pytest

from placeweave.kit import imports
from placeweave.kit.errors import NotReady
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch, BatchChange
from placeweave.listening import queries
from placeweave.listening.models import Conversation, Participant, Statement, Vote
from placeweave.listening.taking_opinion import polis_file
from placeweave.places.models import Member
from tests.listening.files import folder, stage, zipped
from tests.listening.voting import answered, asked, opened
from tests.shared_data import shared

COMMENTS = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,comment-id,voter-id,vote\n"


def small(
    *, votes: str = "1600000000,0,7,1\n1600000100,1,7,-1\n1600000200,0,8,0\n", text: str = "More buses"
) -> Upload:
    return Upload(
        "small.zip",
        zipped(
            {
                "comments.csv": f"{COMMENTS}1600000000,0,7,1,0,1,{text}\n1600000001,1,8,0,1,-1,Fewer cars\n",
                "votes.csv": VOTES + votes,
                "participant-votes.csv": "participant,group-id,0,1\n7,0,1,-1\n8,1,0,\n",
                "summary.csv": "topic,Getting about\nurl,https://pol.is/abc\n",
            }
        ),
    )


def bring(upload: Upload, by: Member, **options: object) -> Batch:
    batch = stage(upload, format="polis", by=by, place_id=by.place_id, **options)
    assert batch.state == Batch.State.STAGED, batch.failure
    return imports.accept(batch=batch, by=by)


def test_the_biodiversity_conversation_comes_in_exactly(convener: Member) -> None:
    batch = bring(folder(shared("opinion/scoop-hivemind.biodiversity")), convener)
    assert batch.counts == {
        "statements": 316,
        "statements_voted_on": 314,
        "votes_standing": 29719,
        "revotes": 83,
        "participants": 536,
    }
    assert batch.totals["rows"] == 316 + 29802 + 536
    assert batch.totals["created"] == batch.totals["rows"]
    assert Statement.objects.count() == 316
    assert Vote.objects.filter(is_standing=True).count() == 29719
    assert Vote.objects.filter(is_standing=False).count() == 83
    assert any("83 earlier votes" in note for note in batch.notes)
    held = Conversation.objects.get()
    assert held.external_url == "https://pol.is/3atycmhmer"
    assert queries.answered(held).participants == 536


def test_the_same_export_twice_is_all_unchanged(convener: Member) -> None:
    upload = folder(shared("opinion/london.youth.policing"))
    first = bring(upload, convener)
    again = bring(upload, convener)
    assert again.totals["unchanged"] == again.totals["rows"] == first.totals["rows"]
    assert Conversation.objects.count() == 1


@pytest.mark.slow
def test_sixty_thousand_votes_take_less_than_ten_seconds(convener: Member) -> None:
    votes = "".join(f"{1600000000 + n},{n % 100},{n // 100},{n % 3 - 1}\n" for n in range(60_000))
    comments = "".join(f"1600000000,{n},{n},0,0,1,Statement {n}\n" for n in range(100))
    upload = Upload("big.zip", zipped({"comments.csv": COMMENTS + comments, "votes.csv": VOTES + votes}))
    batch = stage(upload, format="polis", by=convener, place_id=convener.place_id, flip=False)
    began = time.process_time()
    batch = imports.accept(batch=batch, by=convener)
    assert time.process_time() - began < 10
    assert batch.counts["votes_standing"] == 60_000


def test_undo_leaves_nothing_behind(convener: Member) -> None:
    batch = bring(small(), convener)
    imports.undo(batch=batch, by=convener)
    for model in (Conversation, Statement, Participant, Vote, BatchChange):
        assert not model.objects.exists(), model


def test_a_later_export_adds_and_changes_and_undo_puts_back(convener: Member) -> None:
    first = bring(small(), convener)
    later = bring(small(votes="1600000000,0,7,1\n1600000100,1,7,-1\n1600000200,0,8,0\n1600000300,0,8,1\n",
                        text="More evening buses"), convener)  # fmt: skip
    assert later.totals["created"] == 1
    assert later.totals["updated"] == 2, "the words of one statement, and the vote that no longer stands"
    eight = Vote.objects.filter(participant__external_id="8", statement__external_id="0").order_by("turn")
    assert list(eight.values_list("value", "is_standing")) == [(0, False), (1, True)]
    with pytest.raises(NotReady, match="later file"):
        imports.undo(batch=first, by=convener)
    imports.undo(batch=later, by=convener)
    assert list(eight.values_list("value", "is_standing")) == [(0, True)]
    assert Statement.objects.get(external_id="0").text == "More buses"


def test_votes_absent_from_a_later_file_are_not_deleted(convener: Member) -> None:
    bring(small(votes="1600000000,0,7,1\n1600000300,0,7,-1\n"), convener)
    again = bring(small(votes="1600000000,0,7,1\n"), convener)
    assert again.totals["created"] == 0
    assert list(Vote.objects.order_by("turn").values_list("value", "is_standing")) == [(1, False), (-1, True)]


def test_inverted_signs_are_turned_and_told(convener: Member) -> None:
    comments = "".join(f"1600000000,{n},{n},0,0,1,Statement {n}\n" for n in range(8))
    votes = "".join(f"1600000000,{n},{n},-1\n" for n in range(8))
    batch = bring(Upload("x.zip", zipped({"comments.csv": COMMENTS + comments, "votes.csv": VOTES + votes})), convener)
    assert Vote.objects.filter(value=1).count() == 8
    assert any("opposite" in note or "inverted" in note or "exchanged" in note for note in batch.notes)


def test_a_half_broken_export_keeps_every_row_in_the_totals(convener: Member) -> None:
    votes = "1600000000,0,7,1\n1600000100,9,7,1\n1600000200,0,8,5\nnever,1,8,1\n1600000400,1,8,1\n"
    batch = bring(small(votes=votes), convener)
    assert batch.totals["rows"] == 2 + 5 + 2
    assert batch.totals["held"] == 2, "an unknown statement and an unreadable time"
    assert batch.totals["rejected"] == 1, "a vote of 5"
    assert sum(batch.totals[name] for name in ("created", "updated", "unchanged", "conflict", "held", "rejected")) == 9


def test_an_export_without_votes_takes_them_from_the_matrix(convener: Member) -> None:
    files = {"comments.csv": f"{COMMENTS}1600000000,0,7,1,0,1,More buses\n",
             "participant-votes.csv": "participant,group-id,0\n7,0,1\n8,,-1\n"}  # fmt: skip
    batch = bring(Upload("old.zip", zipped(files)), convener)
    assert batch.totals["rows"] == 3
    assert Vote.objects.count() == 2
    again = bring(Upload("old.zip", zipped(files)), convener)
    assert again.totals["unchanged"] == 3


def test_what_is_no_export_is_refused_in_one_sentence(convener: Member) -> None:
    batch = stage(Upload("notes.zip", zipped({"a.txt": "hello"})), format="polis", by=convener,
                  place_id=convener.place_id)  # fmt: skip
    assert batch.state == Batch.State.REFUSED
    assert "comments.csv" in batch.failure


def test_an_address_that_is_no_web_address_is_not_kept(convener: Member) -> None:
    files = {
        "comments.csv": f"{COMMENTS}1600000000,0,7,1,0,1,More buses\n",
        "summary.csv": "topic,T\nurl,javascript:alert(1)\n",
    }
    bring(Upload("x.zip", zipped(files)), convener)
    assert Conversation.objects.get().external_url == ""


def test_votes_carry_no_time_and_no_name(convener: Member) -> None:
    bring(small(), convener)
    kept = {field.name for field in Vote._meta.fields}
    assert kept == {"id", "participant", "statement", "value", "turn", "is_standing", "batch"}


def test_numbers_too_long_to_keep_are_rejected_and_counted(convener: Member) -> None:
    batch = bring(small(votes=f"1600000000,0,7,1\n1600000100,1,{'9' * 80},1\n"), convener)
    assert batch.totals["rejected"] == 1
    assert batch.totals["rows"] == 2 + 2 + 2


def test_votes_of_a_file_never_join_those_that_are_cast_here(convener: Member) -> None:
    voting = opened(convener)
    answered(voting, asked(voting)[0], 1, 1, -1)
    exported = polis_file(voting.conversation)
    bring(Upload("winter.zip", exported.content), convener)
    assert Vote.objects.filter(statement__conversation=voting.conversation).count() == 3
    assert Statement.objects.filter(conversation=voting.conversation).count() == 3
    assert Conversation.objects.filter(title=voting.conversation.title).count() == 2
