"""Clachan keeps its own promises: every thread in it leads somewhere, and nobody in it could be real."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.example.clachan import (
    COMMITMENTS,
    CONTRIBUTIONS,
    CONVERSATIONS,
    CURRENT_THEMES,
    FOLDER,
    GRANTS,
    HEARD,
    NEEDS,
    NEIGHBOURHOODS,
    ORGANISATIONS,
    PEOPLE,
    PIECES,
    PLACE,
    PURPOSE,
    QUOTES,
    SPOKEN,
    STATEMENTS,
    THEME_FILE,
    THEMES,
    TIES,
    VOTING,
    every_file,
    every_text,
    read,
    references,
    shingles,
    themes_under,
)

# --- What there is ---------------------------------------------------------------------------------


def test_the_place_has_as_much_in_it_as_it_says() -> None:
    assert PLACE["place"]["made_up"] is True
    assert len(NEIGHBOURHOODS) == 3
    assert len(ORGANISATIONS) == 12
    assert 28 <= len(PEOPLE) <= 34
    assert len(CONVERSATIONS) == 5
    assert len(CONTRIBUTIONS) == 240
    assert len(CURRENT_THEMES) == 12
    assert len(QUOTES) >= 220
    assert len(STATEMENTS) == 60
    assert len(PIECES) == 90
    assert len(NEEDS) == 40
    assert 24 <= len(TIES) <= 30
    assert len(COMMITMENTS) == 14


def test_no_file_is_too_long_to_review() -> None:
    assert all(path.stat().st_size < 60_000 for path in every_file())


def test_the_question_in_use_has_three_earlier_wordings() -> None:
    states = Counter(question["state"] for question in PLACE["question"])
    assert states["adopted"] == 1
    assert states["past"] == 3
    assert all(question["why"] for question in PLACE["question"])


def test_each_persona_is_one_person() -> None:
    personas = Counter(person["persona"] for person in PEOPLE.values() if "persona" in person)
    assert personas == Counter(["convener", "facilitator", "partner", "resident", "evaluator", "steward"])


def test_every_partner_has_somebody_who_speaks_for_it() -> None:
    speaking = {person.get("organisation") for person in PEOPLE.values() if person["standing"] == "partner"}
    assert speaking >= set(ORGANISATIONS) - {"third-sector-interface"}


# --- Every key leads somewhere ---------------------------------------------------------------------


def test_every_key_resolves() -> None:
    named = list(references())
    lost = [(where, key) for where, key, among in named if key not in among]
    assert len(named) > 1000
    assert not lost
    assert all(tie["source"] in ORGANISATIONS and tie["target"] in ORGANISATIONS for tie in TIES)
    clusters = {cluster["key"] for cluster in THEME_FILE["cluster"]}
    assert all(theme["cluster"] in clusters for theme in THEMES.values())


def test_every_grant_has_a_giver_and_a_receiver_that_is_there() -> None:
    known = set(ORGANISATIONS) | {one["key"] for one in GRANTS["organisation"]}
    assert all({one["funder"], one["recipient"]} <= known for one in GRANTS["grant"])
    assert all(one["awarded_day"] < one["starts_day"] < one["ends_day"] for one in GRANTS["grant"])


def test_keys_are_plain_slugs() -> None:
    groups = (
        NEIGHBOURHOODS,
        ORGANISATIONS,
        PEOPLE,
        CONVERSATIONS,
        CONTRIBUTIONS,
        THEMES,
        QUOTES,
        STATEMENTS,
        PIECES,
        NEEDS,
    )
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for group in groups for key in group)


# --- What was said ---------------------------------------------------------------------------------


def test_consent_is_a_realistic_mix() -> None:
    scopes = Counter(record["scope"] for record in CONTRIBUTIONS.values())
    assert scopes == {"notes": 48, "partners": 108, "public": 84}
    assert set(Counter(record["naming"] for record in CONTRIBUTIONS.values())) == {
        "named",
        "pseudonym",
        "anonymous",
        "only_in_themes",
    }
    told = sum(record["told"] for record in CONTRIBUTIONS.values())
    assert 0.4 <= told / len(CONTRIBUTIONS) <= 0.6


def test_all_kinds_of_voice_are_heard() -> None:
    voices = Counter(record["voice_type"] for record in SPOKEN.values())
    assert set(voices) == {"lived_experience", "frontline", "manager", "elected", "data"}
    assert min(voices.values()) >= 5


def test_withdrawn_words_are_gone() -> None:
    withdrawn = [record for record in CONTRIBUTIONS.values() if "withdrawn_day" in record]
    assert 1 <= len(withdrawn) <= 3
    assert not any("text" in record or record["told"] for record in withdrawn)
    assert not {record["key"] for record in withdrawn} & {quote["contribution"] for quote in QUOTES.values()}


def test_only_the_named_are_named() -> None:
    for record in CONTRIBUTIONS.values():
        assert ("person" in record) == (record["naming"] == "named")
        if "person" in record:
            assert PEOPLE[record["person"]]["name"] in record["teller"]


def test_days_follow_each_other() -> None:
    for record in CONTRIBUTIONS.values():
        assert record["day"] >= CONVERSATIONS[record["conversation"]]["day"]
        assert record["told"] == ("told_day" in record)
        assert record["day"] < record.get("told_day", 0) <= 0
    for commitment in COMMITMENTS.values():
        days = [commitment["day"], *(update["day"] for update in commitment.get("updates", []))]
        assert days == sorted(days)
        assert days[-1] <= 0


def test_no_two_people_say_the_same() -> None:
    texts = [record["text"] for record in SPOKEN.values()]
    assert len(set(texts)) == len(texts)
    seen: dict[tuple[str, ...], str] = {}
    for key, record in SPOKEN.items():
        for run in shingles(record["text"], 8):
            assert seen.setdefault(run, key) == key, f"{key} and {seen[run]} both say {' '.join(run)}"


def test_nobodys_words_are_repeated_where_withdrawing_could_not_reach_them() -> None:
    said = {run: key for key, record in SPOKEN.items() for run in shingles(record["text"])}
    for path in FOLDER.glob("*.toml"):
        for text in every_text(read(path.name)):
            repeated = {said[run] for run in shingles(text) if run in said}
            assert not repeated, f"{path.name} repeats {repeated}: {text}"


def test_nothing_looks_like_a_real_number_or_address() -> None:
    for path in every_file():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w-])\+?(?:\d[ -]?){7,}\d", text), path.name
        assert not re.search(r"\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b", text), f"{path.name} holds a postcode"
        assert all(found.endswith("@clachan.example") for found in re.findall(r"[\w.+-]+@[\w.-]+", text)), path.name
        assert not re.search(r"https?://|\bwww\.", text), path.name


# --- Themes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", QUOTES)
def test_a_quote_is_an_exact_part_of_one_contribution(key: str) -> None:
    quote = QUOTES[key]
    assert CONTRIBUTIONS[quote["contribution"]]["text"].count(quote["words"]) == 1


def test_each_theme_rests_on_several_quotes_and_the_tray_has_work_left() -> None:
    counts = Counter(quote["theme"] for quote in QUOTES.values())
    assert min(counts[key] for key in THEMES) >= 6
    coded = Counter(quote["contribution"] for quote in QUOTES.values())
    assert 35 <= len(SPOKEN) - len(coded) <= 50
    assert sum(count > 1 for count in coded.values()) >= 20


def test_themes_were_merged_split_renamed_and_retired() -> None:
    assert {event["kind"] for event in THEME_FILE["lineage"]} == {"merged", "split", "renamed", "retired"}
    assert all(before["day"] <= after["day"] for before, after in pairwise(THEME_FILE["lineage"]))
    assert {theme["status"] for theme in THEMES.values()} == {"emerging", "settled", "retired"}
    assert len(THEME_FILE["dissent"]) >= 2
    for event in THEME_FILE["lineage"]:
        assert all(QUOTES[key]["theme"] == event["theme"] for key in event.get("quotes", []))


# --- Votes -----------------------------------------------------------------------------------------


def votes() -> Iterator[tuple[int, str, int]]:
    """Draw the votes as README.md says."""
    model, leanings = VOTING["model"], VOTING["leaning"]
    accepted = [statement for statement in STATEMENTS.values() if statement["moderation"] == "accepted"]
    generator = random.Random(model["seed"])
    for person in range(model["people"]):
        drawn, reached = generator.random(), 0.0
        leaning = len(leanings) - 1
        for number, shape in enumerate(leanings):
            reached += shape["share"]
            if drawn < reached:
                leaning = number
                break
        for statement in accepted:
            if generator.random() >= model["answer_rate"]:
                continue
            passing, side = generator.random(), generator.random()
            answer = 1 if side < statement["agree"][leaning] else -1
            yield person, statement["key"], 0 if passing < statement["pass"] else answer


def test_the_model_gives_the_votes_that_the_readme_says() -> None:
    drawn = list(votes())
    assert drawn == list(votes())
    assert len(drawn) == 3031
    assert "3,031 votes" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {value for _, _, value in drawn} == {-1, 0, 1}


def test_statements_are_moderated_with_reasons() -> None:
    states = Counter(statement["moderation"] for statement in STATEMENTS.values())
    assert states["rejected"] == 6
    for statement in STATEMENTS.values():
        assert (statement["moderation"] == "rejected") == ("reason_code" in statement)
        assert (statement["moderation"] == "accepted") == ("agree" in statement)
        assert len(statement["text"]) <= 140
        assert all(0 < share < 1 for share in (*statement.get("agree", []), statement.get("pass", 0.5)))
    assert sum(leaning["share"] for leaning in VOTING["leaning"]) == pytest.approx(1)


# --- Jigsaw ----------------------------------------------------------------------------------------


def test_only_pieces_in_between_have_no_holder() -> None:
    assert all((piece["kind"] == "in_between") == ("organisation" not in piece) for piece in PIECES.values())
    assert sum(piece["kind"] == "in_between" for piece in PIECES.values()) == 3
    held = Counter(piece.get("organisation") for piece in PIECES.values())
    assert all(held[key] >= 3 for key in ORGANISATIONS)
    assert all(("amount" in piece) == (piece["kind"] == "money") for piece in PIECES.values())


def test_some_pieces_are_stale_soon_over_or_past() -> None:
    assert sum(piece["checked_day"] < -183 for piece in PIECES.values()) == 11
    assert any(piece.get("expires_day", 1) < 0 for piece in PIECES.values())
    assert any(0 < piece.get("expires_day", 0) <= 30 for piece in PIECES.values())


def test_every_need_reaches_a_quote() -> None:
    for need in NEEDS.values():
        assert "asked_by" in need or "asked_for" in need
        assert need["themes"]
        assert all(THEMES[key]["quotes"] for key in need["themes"])
    assert {need["state"] for need in NEEDS.values()} == {"open", "met", "withdrawn"}


def test_needs_and_promises_rest_only_on_quotes_everybody_here_may_read() -> None:
    for record in (*NEEDS.values(), *COMMITMENTS.values()):
        for key in record.get("quotes", []):
            source = CONTRIBUTIONS[QUOTES[key]["contribution"]]
            assert source["scope"] != "notes", key
            assert source["naming"] != "only_in_themes", key


# --- Action ----------------------------------------------------------------------------------------


def test_promises_stand_in_every_state() -> None:
    assert {commitment["state"] for commitment in COMMITMENTS.values()} == {
        "promised",
        "under_way",
        "kept",
        "changed",
        "dropped",
    }
    assert {commitment["shows"] for commitment in COMMITMENTS.values()} >= {"overdue", "no_word"}
    for commitment in COMMITMENTS.values():
        if commitment["state"] in {"kept", "changed", "dropped"}:
            assert commitment["updates"][-1]["state"] == commitment["state"]


def test_each_promiser_speaks_for_who_promises() -> None:
    for commitment in COMMITMENTS.values():
        assert commitment.get("organisation") == PEOPLE[commitment["person"]].get("organisation")


def test_one_promise_alone_rests_on_no_voice() -> None:
    silent = [key for key, commitment in COMMITMENTS.items() if not themes_under(commitment)]
    assert silent == ["quay-wednesdays"]
    assert COMMITMENTS["quay-wednesdays"]["pieces"]
    for key, commitment in COMMITMENTS.items():
        assert key in silent or commitment.get("themes") or commitment.get("needs")
        assert key in silent or any(THEMES[theme]["quotes"] for theme in themes_under(commitment))


def test_one_theme_alone_has_no_answer() -> None:
    answered = {theme for commitment in COMMITMENTS.values() for theme in themes_under(commitment)}
    assert CURRENT_THEMES - answered == {"night"}
    leading_up = sum(quote["theme"] in answered for quote in QUOTES.values())
    assert leading_up / len(QUOTES) >= 2 / 3


def test_the_purpose_in_its_third_version_has_every_partners_word() -> None:
    assert [version["state"] for version in PURPOSE["version"]] == ["past", "past", "adopted"]
    latest = {assent["organisation"]: assent for assent in PURPOSE["assent"] if assent["version"] == 3}
    assert set(latest) == set(ORGANISATIONS)
    assert {assent["gradient"] for assent in latest.values()} == {"assents", "with_concern", "stands_aside"}
    assert all(("concern" in assent) == (assent["gradient"] != "assents") for assent in PURPOSE["assent"])


def test_what_we_heard_rests_on_public_words_alone() -> None:
    for section in HEARD["section"]:
        assert len(section["quotes"]) >= 3
        for key in section["quotes"]:
            source = CONTRIBUTIONS[QUOTES[key]["contribution"]]
            assert QUOTES[key]["theme"] == section["theme"]
            assert source["scope"] == "public"
            assert source["naming"] != "only_in_themes"
    assert {section["theme"] for section in HEARD["section"]} == CURRENT_THEMES
