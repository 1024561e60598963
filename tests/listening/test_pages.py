"""The pages of listening, walked as people of every standing would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.models import AuditEntry, Batch, ColumnMapping, Export
from placeweave.listening.models import (
    Contribution,
    Conversation,
    Naming,
    RiskFlag,
    Scope,
    Series,
    Statement,
    VoiceType,
)
from placeweave.places.models import DutyContact, Member, Place
from tests.factories import ContributionFactory, ConversationFactory, OrganisationFactory, PlaceFactory, SeriesFactory
from tests.listening.files import At, Queries

CAPTURE = {"text": "Nobody rings back.", "voice_type": "lived_experience", "scope": "1", "naming": "only_in_themes"}
PASTE = {"split": "line", "voice_type": "lived_experience", "scope": "1", "naming": "only_in_themes"}


@pytest.fixture
def at(place: Place) -> Callable[..., str]:
    return lambda name, *parts: reverse(f"listening:{name}", args=[place.slug, *parts])


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


@pytest.fixture
def held(place: Place) -> Conversation:
    return ConversationFactory(place=place)


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_b4_a_convener_makes_a_series_and_sees_who_was_not_heard(browser: Client, at: At, place: Place) -> None:
    quiet = OrganisationFactory(place=place, name="The Men's Shed")
    spoke = OrganisationFactory(place=place, name="The Health Centre")
    PlaceFactory(parent_workspace=place, name="Shore Road")
    browser.post(at("new_series"), {"title": "Winter", "guiding_question": "What gets you through the winter?"})
    series = Series.objects.get()
    for n in range(4):
        made = browser.post(
            at("new_conversation"),
            {"title": f"Lunch {n}", "series": series.pk, "method": "circle", "invited": [quiet.pk, spoke.pk]},
        )
        assert made.status_code == 302
    ContributionFactory(place=place, conversation=Conversation.objects.first(), organisation=spoke)
    page = text_of(browser.get(at("series", series.pk)))
    not_heard = page[page.index('id="not-heard"') :]
    assert "The Men&#x27;s Shed" in not_heard
    assert "Shore Road" in not_heard
    assert "The Health Centre" not in not_heard
    assert Conversation.objects.filter(series=series).count() == 4


def test_capture_keeps_the_narrowest_unless_chosen(browser: Client, at: At, held: Conversation) -> None:
    response = browser.post(at("capture", held.pk), CAPTURE)
    kept = Contribution.raw.get()
    assert (kept.scope, kept.naming) == (Scope.NOTES, Naming.ONLY_IN_THEMES)
    assert response.url == at("kept", kept.pk)
    assert browser.get(response.url).status_code == 200


def test_the_narrowest_is_what_the_form_offers_first(browser: Client, at: At, held: Conversation) -> None:
    page = text_of(browser.get(at("capture", held.pk)))
    assert 'name="scope" value="1"' in page.replace(' checked=""', "").replace("  ", " ")
    form = browser.get(at("capture", held.pk)).context["form"]
    assert form["scope"].value() == Scope.NOTES
    assert form["naming"].value() == Naming.ONLY_IN_THEMES


def test_words_that_lead_to_a_person_are_looked_at_twice_and_not_refused(
    browser: Client, at: At, held: Conversation
) -> None:
    risky = CAPTURE | {"text": "Ring me on 01592 555 123 or ann@example.org, KY1 1XX."}
    page = text_of(browser.post(at("capture", held.pk), risky))
    for found in ("an e-mail address", "a telephone number", "a postcode"):
        assert found in page
    assert not Contribution.raw.exists()
    browser.post(at("capture", held.pk), risky | {"looked_over": "on"})
    assert Contribution.raw.get().text == risky["text"]


def test_a_form_sent_twice_is_kept_once(browser: Client, at: At, held: Conversation) -> None:
    once = {"once": "0b0b2a34-7a6b-4d0e-9b1c-0d4f3f6a1111"}
    first = browser.post(at("capture", held.pk), CAPTURE | once)
    second = browser.post(at("capture", held.pk), CAPTURE | once)
    assert Contribution.raw.count() == 1
    assert first.url == second.url


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", False),
        ("x" * 20_001, False),
        ("   ", False),
        ("في المساء لا توجد حافلة", True),
        ("🚌🚌 no bus 👩‍👩‍👧", True),
        ("=cmd|' /C calc'!A0", True),
        ("<script>alert(1)</script>", True),
    ],
)
def test_words_in_any_script_are_kept_and_broken_text_is_told(
    text: str, kept: bool, browser: Client, at: At, held: Conversation
) -> None:
    response = browser.post(at("capture", held.pk), CAPTURE | {"text": text, "scope": "2", "naming": "anonymous"})
    assert Contribution.raw.exists() is kept
    if kept:
        assert Contribution.raw.get().text == text
        page = text_of(browser.get(at("conversation", held.pk)))
        assert "<script>alert" not in page
    else:
        assert "There is a problem" in text_of(response)


def test_fifty_lines_pasted_are_seen_before_they_are_kept(browser: Client, at: At, held: Conversation) -> None:
    notes = "".join(f"- Point {n} of the evening\n" for n in range(50))
    preview = browser.post(at("paste", held.pk), PASTE | {"text": notes})
    assert "Keep these 50" in text_of(preview)
    assert not Contribution.raw.exists()
    done = browser.post(at("paste", held.pk), PASTE | {"text": notes, "seen": preview.context["seen"]})
    assert done.status_code == 302
    kept = list(Contribution.raw.all())
    assert len(kept) == 50
    assert kept[0].text == "Point 0 of the evening"
    assert {(one.scope, one.naming) for one in kept} == {(Scope.NOTES, Naming.ONLY_IN_THEMES)}


def test_what_was_changed_after_the_preview_is_seen_again(browser: Client, at: At, held: Conversation) -> None:
    preview = browser.post(at("paste", held.pk), PASTE | {"text": "one\ntwo"})
    seen = preview.context["seen"]
    again = browser.post(at("paste", held.pk), PASTE | {"text": "one\ntwo", "scope": "3", "seen": seen})
    assert again.status_code == 200
    assert not Contribution.raw.exists()


def test_the_preview_shows_everything_that_will_be_kept(
    browser: Client, at: At, held: Conversation, place: Place
) -> None:
    choir, shore = (
        OrganisationFactory(place=place, name="The Choir"),
        PlaceFactory(name="Shore", parent_workspace=place),
    )
    said = {"described_as": "at the Tuesday lunch", "said_on": "2026-02-03", "neighbourhood": shore.pk}
    said |= {"organisation": choir.pk, "voice_type": "frontline", "text": "one\ntwo"}
    page = text_of(browser.post(at("paste", held.pk), PASTE | said))
    shown = page[page.index("facts") : page.index("Keep these 2")]
    for words in ("at the Tuesday lunch", "3 February 2026", "Shore", "The Choir", str(VoiceType.FRONTLINE.label)):
        assert words in shown


@pytest.mark.parametrize("later", [{"said_on": "2026-02-04"}, {"described_as": "somebody else"}])
def test_a_day_or_description_changed_after_the_preview_is_seen_again(
    later: dict[str, str], browser: Client, at: At, held: Conversation
) -> None:
    seen = browser.post(at("paste", held.pk), PASTE | {"text": "one\ntwo", "said_on": "2026-02-03"}).context["seen"]
    again = PASTE | {"text": "one\ntwo", "said_on": "2026-02-03", "seen": seen} | later
    assert browser.post(at("paste", held.pk), again).status_code == 200
    assert not Contribution.raw.exists()


def test_paragraphs_may_be_one_contribution_each(browser: Client, at: At, held: Conversation) -> None:
    notes = "first line\nstill the first\n\nsecond"
    preview = browser.post(at("paste", held.pk), PASTE | {"text": notes, "split": "paragraph"})
    assert "Keep these 2" in text_of(preview)


def uploaded(browser: Client, place: Place, format: str, name: str, content: bytes, **more: str) -> Any:  # noqa: A002
    """Bring a file through the one page for files, and follow to what comes next."""
    sent = {"format": format, "file": SimpleUploadedFile(name, content), **more}
    return browser.post(reverse("places:upload", args=[place.slug]), sent, follow=True)


def test_the_wizard_asks_for_columns_and_remembers_them(browser: Client, place: Place) -> None:
    csv = b"what they told us,when\nNo bus,2026-05-03\nNo light,2026-05-04\n"
    asked = uploaded(browser, place, "contributions", "notes.csv", csv, licence="CC0")
    batch = Batch.objects.get()
    assert asked.redirect_chain[-1][0] == reverse("places:import_answer", args=[place.slug, batch.pk])
    assert "what they told us" in text_of(asked)
    assert "not quoted, unless you choose otherwise" in text_of(asked)
    mapping = {"column_text": "what they told us", "column_said_on": "when", "title": "Spring walk"}
    mapping |= {"default_scope": "2", "default_naming": "anonymous", "default_voice_type": "frontline"}
    settled = browser.post(asked.request["PATH_INFO"], mapping)
    assert settled.status_code == 302, text_of(settled)
    batch.refresh_from_db()
    assert (batch.state, batch.totals["created"], batch.licence) == (Batch.State.STAGED, 2, "CC0")
    assert ColumnMapping.objects.count() == 1
    again = uploaded(browser, place, "contributions", "later.csv", csv)
    assert "was remembered" in text_of(again)
    assert again.context["form"]["column_text"].value() == "what they told us"


def test_the_wizard_needs_the_column_of_the_words(browser: Client, place: Place) -> None:
    asked = uploaded(browser, place, "contributions", "n.csv", b"a,b\n1,2\n")
    page = browser.post(asked.request["PATH_INFO"], {"day_first": ""})
    assert page.status_code == 422
    assert "Choose the column that holds “What was said”." in text_of(page)


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"text\n"])
def test_a_file_that_is_no_table_is_refused_in_words(content: bytes, browser: Client, place: Place) -> None:
    page = uploaded(browser, place, "contributions", "n.csv", content)
    assert "could not be read" in text_of(page)
    assert "n.csv" in Batch.objects.get().failure


def test_two_people_editing_one_conversation_both_keep_what_they_wrote(
    browser: Client, at: At, held: Conversation
) -> None:
    form = {"title": held.title, "method": "circle", "version": "1"}
    browser.post(at("edit_conversation", held.pk), form | {"harvest_note": "Ann's summary"})
    late = browser.post(at("edit_conversation", held.pk), form | {"harvest_note": "Bob's summary"})
    assert late.status_code == 409
    page = text_of(late)
    assert "Ann&#x27;s summary" in page
    assert "Bob&#x27;s summary" in page
    held.refresh_from_db()
    assert held.harvest_note == "Ann's summary"


def test_people_are_told_and_then_owed_nothing(browser: Client, at: At, held: Conversation, place: Place) -> None:
    ContributionFactory.create_batch(3, place=place, conversation=held, said_on="2026-01-05")
    assert "overdue" in text_of(browser.get(at("told")))
    browser.post(at("told"), {"conversation": held.pk, "on": "2026-02-01"})
    assert Contribution.raw.filter(told_on=None).count() == 0
    assert "has been told" in text_of(browser.get(at("told")))


def test_a_risk_keeps_only_that_it_was_raised(browser: Client, at: At, place: Place, convener: Member) -> None:
    DutyContact.objects.create(place=place, title="Adult protection", how="01592 000 000")
    assert "01592 000 000" in text_of(browser.get(at("risk")))
    browser.post(at("risk"), {"detail": "her name is Ann"})
    flag = RiskFlag.objects.get()
    assert flag.raised_by == convener
    assert not AuditEntry.objects.filter(summary__contains="Ann").exists()


def test_every_capture_form_shows_the_risk_button_and_the_rule(browser: Client, at: At, held: Conversation) -> None:
    for page in (at("capture", held.pk), at("paste", held.pk)):
        assert at("risk") in text_of(browser.get(page))
        assert "No operational personal data" in text_of(browser.get(page))


def test_b21_the_private_link_is_shown_once(browser: Client, at: At, held: Conversation, place: Place) -> None:
    kept = ContributionFactory(place=place, conversation=held)
    page = text_of(browser.post(at("teller_link", kept.pk)))
    assert "/mine/" in page
    kept.refresh_from_db()
    assert len(kept.teller_key_digest) == 64
    assert kept.teller_key_digest not in page


def test_a_partner_adds_their_own_words_and_gets_their_link(
    at: At, member_with: Any, client_for: Any, held: Conversation
) -> None:
    partner = client_for(member_with(Standing.COMMUNITY))
    kept = partner.post(at("capture", held.pk), CAPTURE)
    assert partner.get(kept.url).status_code == 200
    assert "/mine/" in text_of(partner.post(at("teller_link", Contribution.raw.get().pk)))
    other = client_for(member_with(Standing.COMMUNITY))
    assert other.post(at("teller_link", Contribution.raw.get().pk)).status_code == 403
    assert other.get(kept.url).status_code == 404


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR])
def test_i6_words_in_confidence_are_on_no_page_of_others(
    standing: Standing, at: At, member_with: Any, client_for: Any, held: Conversation, place: Place
) -> None:
    ContributionFactory(place=place, conversation=held, text="XSECRETX", scope=Scope.NOTES)
    ContributionFactory(place=place, conversation=held, text="XTHEMESX", naming=Naming.ONLY_IN_THEMES)
    ContributionFactory(place=place, conversation=held, text="XSHAREDX", scope=Scope.PARTNERS)
    someone = client_for(member_with(standing))
    page = text_of(someone.get(at("conversation", held.pk)))
    assert "XSHAREDX" in page
    assert "XSECRETX" not in page
    assert "XTHEMESX" not in page
    assert "2 more contributions are kept here" in page
    taken = text_of(someone.post(at("take_words")))
    assert "XSHAREDX" in taken
    assert "XSECRETX" not in taken
    assert Export.objects.get().holdings.count() == 1


def test_words_taken_away_are_inert_in_a_spreadsheet(browser: Client, at: At, held: Conversation, place: Place) -> None:
    ContributionFactory(place=place, conversation=held, text="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in text_of(browser.post(at("take_words")))


@pytest.mark.parametrize("standing", [Standing.GUEST, None])
def test_nobody_outside_opens_what_was_heard(
    standing: Any, at: At, member_with: Any, client_for: Any, held: Conversation
) -> None:
    browser = client_for(member_with(standing)) if standing else Client()
    for page in (at("conversations"), at("conversation", held.pk), at("told")):
        assert browser.get(page).status_code in {302, 403, 404}


def test_a_page_of_another_place_is_not_found(browser: Client, at: At, other_place: Place) -> None:
    foreign = ConversationFactory(place=other_place)
    assert browser.get(at("conversation", foreign.pk)).status_code == 404
    assert browser.post(at("capture", foreign.pk), CAPTURE).status_code == 404


def test_statements_are_listed_and_small_counts_stay_inside(browser: Client, at: At, convener: Member) -> None:
    from placeweave.kit import imports
    from tests.listening.files import stage
    from tests.listening.test_polis import small

    imports.accept(batch=stage(small(), format="polis", by=convener, place_id=convener.place_id), by=convener)
    held = Conversation.objects.get()
    assert browser.get(at("conversation", held.pk)).url == at("statements", held.pk)
    page = text_of(browser.get(at("statements", held.pk)))
    assert "More buses" in page
    assert "not a finding of this place" in page
    taken = text_of(browser.post(at("take_statements", held.pk)))
    assert "More buses" in taken
    assert Statement.objects.first().text in taken
    row = next(line for line in taken.splitlines() if "More buses" in line)
    assert row.endswith(",,,,"), "counts of one and two people do not leave"


def test_a_polis_export_goes_straight_to_its_preview(browser: Client, at: At, place: Place) -> None:
    from tests.listening.test_polis import small

    sent = uploaded(browser, place, "polis", "small.zip", small().content, attribution="Somebody, CC BY 4.0")
    batch = Batch.objects.get()
    assert sent.redirect_chain[-1][0] == reverse("places:import", args=[place.slug, batch.pk])
    assert batch.attribution == "Somebody, CC BY 4.0"


def test_two_people_editing_one_series_both_keep_what_they_wrote(browser: Client, at: At, place: Place) -> None:
    series = SeriesFactory(place=place)
    form = {"title": series.title, "version": "1"}
    browser.post(at("edit_series", series.pk), form | {"guiding_question": "Ann's question?"})
    late = browser.post(at("edit_series", series.pk), form | {"guiding_question": "Bob's question?"})
    assert late.status_code == 409
    assert "Ann&#x27;s question?" in text_of(late)
    again = browser.post(
        at("edit_series", series.pk),
        form | {"guiding_question": "Bob's question?", "version": late.context["form"]["version"].value()},
    )
    assert again.status_code == 302


def test_series_and_consent_pages_open(browser: Client, at: At, place: Place) -> None:
    series = SeriesFactory(place=place)
    for page in (at("series", series.pk), at("edit_series", series.pk), at("new_series"), at("consent_text"),
                 at("conversations"), at("risk"), at("told")):  # fmt: skip
        assert browser.get(page).status_code == 200, page
    browser.post(at("consent_text"), {"body": "Do you agree?"})
    assert "Version 2" in text_of(browser.get(at("consent_text")))


@pytest.mark.parametrize("name", ["conversations", "conversation", "told", "contribution", "series"])
def test_ten_thousand_contributions_are_shown_in_twelve_queries(
    name: str, browser: Client, at: At, place: Place, django_assert_max_num_queries: Queries
) -> None:
    series = SeriesFactory(place=place)
    held = ConversationFactory.create_batch(60, place=place, series=series)
    Contribution.raw.bulk_create(
        Contribution(place=place, conversation=held[n % 60], text=f"voice {n}", scope=1 + n % 3, naming="anonymous",
                     said_on="2026-01-05")
        for n in range(10_000)
    )  # fmt: skip
    parts = {"conversation": [held[0].pk], "contribution": [Contribution.raw.first().pk], "series": [series.pk]}
    with django_assert_max_num_queries(12):
        assert browser.get(at(name, *parts.get(name, []))).status_code == 200
