"""Claims about what we heard: made in two clicks, only with words that may reach its readers, and always live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.kit.models import Export, Holding
from placeweave.listening.models import Contribution, Conversation, Naming, Scope
from placeweave.places.models import Member
from placeweave.themes import services
from placeweave.themes.models import Theme, ToldItem, WhatWeHeard
from placeweave.themes.queries import told as queries
from tests.factories import ContributionFactory, ConversationFactory

ClientFor = Callable[[Member], Client]
LINK, MEMBERS = WhatWeHeard.Audience.LINK, WhatWeHeard.Audience.MEMBERS


@pytest.fixture
def held(convener: Member) -> Conversation:
    return ConversationFactory(
        place=convener.place,
        title="The Tuesday table",
        guiding_question="What is winter like?",
        held_on=date(2026, 3, 3),
    )


@pytest.fixture
def theme(convener: Member, held: Conversation) -> Theme:
    """A theme with six public quotes, one for members, one in confidence."""
    theme = services.make(place=convener.place, title="Evenings with no way home", by=convener)
    for at in range(6):
        say(held, theme, convener, f"The last bus is at six, said voice {at}.")
    say(held, theme, convener, "Words for members about a kestrel.", scope=Scope.PARTNERS)
    say(held, theme, convener, "Words in confidence about a heron.", scope=Scope.NOTES)
    say(held, theme, convener, "Never quoted, about an otter.", naming=Naming.ONLY_IN_THEMES)
    return theme


def say(held: Conversation, theme: Theme, by: Member, text: str, **consent: object) -> Contribution:
    said: Contribution = ContributionFactory(place=held.place, conversation=held, text=text, **consent)
    services.code(contribution=said, start=0, end=len(text), theme=theme, by=by)
    return said


def made(held: Conversation, by: Member) -> WhatWeHeard:
    return services.told.make(place=held.place, conversations=[held], by=by)


def choose(page: WhatWeHeard, keys: list[str], by: Member, theme_order: list[int] | None = None) -> WhatWeHeard:
    """Change nothing but which words stand on the page."""
    names = ("title", "introduction", "what_next", "with_dissent")
    said = {name: getattr(page, name) for name in names}
    return services.told.edit(page=page, keys=keys, theme_order=theme_order or [], by=by, **said)


def public(page: WhatWeHeard) -> str:
    return reverse("themes:told_public", args=[page.key])


def test_b4_a_page_is_made_and_shared_in_two_clicks(
    theme: Theme, held: Conversation, convener: Member, client_for: ClientFor, client: Client
) -> None:
    browser, slug = client_for(convener), convener.place.slug
    browser.post(reverse("themes:told_make", args=[slug]), {"conversation": held.pk})
    page = WhatWeHeard.objects.get()
    browser.post(reverse("themes:told_share", args=[slug, page.pk]), {"audience": "link"})
    page.refresh_from_db()
    text = client.get(public(page)).content.decode()
    assert "The last bus is at six" in text
    assert "Evenings with no way home" in text
    assert "What is winter like?" in text


def test_b9_a_visitor_reads_three_consented_quotes_the_date_and_the_voices(
    theme: Theme, held: Conversation, convener: Member, client: Client
) -> None:
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    answer = client.get(public(page))
    text = answer.content.decode()
    assert text.count("<blockquote") == 3
    assert "so far, up to 3 March 2026" in text
    assert "9 contributions were heard" in text
    assert "Lived experience 9" in text
    assert answer.headers["Referrer-Policy"]


@pytest.mark.parametrize(
    ("audience", "seen", "unseen"),
    [(LINK, ["said voice"], ["kestrel", "heron", "otter"]), (MEMBERS, ["said voice", "kestrel"], ["heron", "otter"])],
)
def test_i6_only_words_that_may_reach_the_audience_are_on_the_page(
    audience: str, seen: list[str], unseen: list[str], theme: Theme, held: Conversation, convener: Member
) -> None:
    page = made(held, convener)
    every = [f"{theme.pk}-{one.pk}-0-{len(one.text)}" for one in Contribution.raw.filter(conversation=held)]
    choose(page, every, convener)
    words = " ".join(quote.words for quote in queries.told(page, audience=audience).quotes)
    assert all(word in words for word in seen)
    assert not any(word in words for word in unseen)


def test_i3_no_count_of_one_to_four_people_leaves_the_page(theme: Theme, held: Conversation, convener: Member) -> None:
    Contribution.raw.filter(text__contains="kestrel").update(voice_type="manager")
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    keys = [f"{theme.pk}-{one.pk}-0-{len(one.text)}" for one in Contribution.raw.filter(scope=Scope.PUBLIC)]
    choose(page, keys, convener)
    shown = queries.told(page)
    assert len(shown.quotes) == 6
    assert shown.further is None  # three more: too few to tell
    assert shown.heard is None  # and a total would tell them
    assert all(row.count is None or row.count >= 5 for row in shown.mix)


def test_i2_withdrawn_words_leave_a_shared_page_at_once(
    theme: Theme, held: Conversation, convener: Member, client: Client
) -> None:
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    quoted = ToldItem.objects.filter(page=page)[0].contribution
    words = quoted.text
    assert words in client.get(public(page)).content.decode()
    Contribution.raw.filter(pk=quoted.pk).update(state="withdrawn", text="")
    assert words not in client.get(public(page)).content.decode()
    services.forget(quoted)
    assert not ToldItem.objects.filter(contribution=quoted).exists()


def test_narrowed_consent_takes_words_off_the_public_page(
    theme: Theme, held: Conversation, convener: Member, client: Client
) -> None:
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    quoted = ToldItem.objects.filter(page=page)[0].contribution
    Contribution.raw.filter(pk=quoted.pk).update(scope=Scope.PARTNERS)
    assert quoted.text not in client.get(public(page)).content.decode()


def test_a_page_taken_back_says_so(theme: Theme, held: Conversation, convener: Member, client: Client) -> None:
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    services.told.take_back(page=page, by=convener)
    answer = client.get(public(page))
    assert answer.status_code == 410
    assert "said voice" not in answer.content.decode()


def test_a_draft_and_a_page_for_members_have_no_open_link(
    theme: Theme, held: Conversation, convener: Member, client: Client
) -> None:
    page = made(held, convener)
    assert client.get("/heard/nothing-here/").status_code == 404
    page = services.told.share(page=page, audience=MEMBERS, by=convener)
    assert client.get(public(page)).status_code == 404


def test_members_open_shared_pages_and_no_drafts(
    theme: Theme, held: Conversation, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    page, browser = made(held, convener), client_for(member_with(Standing.COMMUNITY))
    address = reverse("themes:told", args=[convener.place.slug, page.pk])
    assert browser.get(address).status_code == 404
    services.told.share(page=page, audience=MEMBERS, by=convener)
    assert browser.get(address).status_code == 200


def test_a_page_nobody_there_may_read_cannot_be_shared(held: Conversation, convener: Member) -> None:
    ContributionFactory(place=held.place, conversation=held, scope=Scope.PARTNERS)
    page = made(held, convener)
    with pytest.raises(NotReady, match="may reach those people"):
        services.told.share(page=page, audience=LINK, by=convener)
    assert services.told.share(page=page, audience=MEMBERS, by=convener).state == "shared"


def test_words_of_another_conversation_or_in_confidence_cannot_be_chosen(
    theme: Theme, held: Conversation, convener: Member
) -> None:
    page, elsewhere = made(held, convener), ContributionFactory(place=held.place)
    secret = Contribution.raw.get(text__contains="heron")
    choose(page, [f"0-{one.pk}-0-5" for one in (elsewhere, secret)], convener)
    assert not page.items.exists()
    with pytest.raises(Unsound):
        choose(page, ["nonsense"], convener)


def test_dissent_is_told_outside_only_if_its_writer_let_it(
    theme: Theme, held: Conversation, convener: Member, client: Client
) -> None:
    services.dissent(theme=theme, text="It is the steps.", by=convener, may_be_told=True)
    services.dissent(theme=theme, text="Between us: it is the minister.", by=convener)
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    text = client.get(public(page)).content.decode()
    assert "It is the steps." in text
    assert "minister" not in text
    assert convener.display_name not in text


def test_two_people_changing_a_page_lose_nothing(
    theme: Theme, held: Conversation, convener: Member, client_for: ClientFor
) -> None:
    page = made(held, convener)
    given = {"introduction": "", "what_next": "", "with_dissent": True, "by": convener}
    services.told.edit(page=page, title="Theirs", version=page.version, **given)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        services.told.edit(page=page, title="Mine", version=page.version, **given)  # type: ignore[arg-type]
    address = reverse("themes:told_edit", args=[convener.place.slug, page.pk])
    answer = client_for(convener).post(address, {"title": "Mine", "version": page.version})
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()


@pytest.mark.parametrize(("title", "status"), [("Mine", 409), ("", 422)])
def test_a_form_that_comes_back_keeps_what_was_newly_ticked_and_in_which_order(
    title: str, status: int, theme: Theme, held: Conversation, convener: Member, client_for: ClientFor
) -> None:
    page = made(held, convener)
    second = services.make(place=convener.place, title="A second theme", by=convener)
    newly = say(held, second, convener, "The pier is dark, said another.")
    kept = page.items.all()[0]
    unticked = page.items.all()[1]
    ticked = [
        queries.item_key(theme.pk, kept.contribution_id, kept.start, kept.end),
        queries.item_key(second.pk, newly.pk, 0, len(newly.text)),
    ]
    if status == 409:
        WhatWeHeard.objects.filter(pk=page.pk).update(version=page.version + 1)
    sent = {"title": title, "version": page.version, "item": ticked, f"order-{theme.pk}": 2, f"order-{second.pk}": 1}
    answer = client_for(convener).post(reverse("themes:told_edit", args=[convener.place.slug, page.pk]), sent)
    assert answer.status_code == status
    parts = answer.context["parts"]
    assert [part.theme for part in parts] == [second, theme]
    chosen = {one.key for part in parts for one in part.candidates if one.is_chosen}
    assert chosen == set(ticked)
    assert queries.item_key(theme.pk, unticked.contribution_id, unticked.start, unticked.end) not in chosen


def test_quotes_are_part_of_both_versions_of_a_page(theme: Theme, held: Conversation, convener: Member) -> None:
    page = made(held, convener)
    secret = Contribution.raw.get(text__contains="heron")
    one, other = page.items.all()[:2]
    keys = [queries.item_key(theme.pk, item.contribution_id, item.start, item.end) for item in (one, other)]
    opened = page.version
    choose(page, keys[:1], convener)
    page.refresh_from_db()
    with pytest.raises(Conflict) as clash:
        services.told.edit(
            page=page,
            title=page.title,
            introduction="",
            what_next="",
            with_dissent=True,
            version=opened,
            keys=[keys[1], queries.item_key(theme.pk, secret.pk, 0, 5)],
            by=convener,
        )
    label = "Words that stand on it"
    assert clash.value.theirs[label] == f"“{one.contribution.text}”"
    assert clash.value.yours[label] == f"“{other.contribution.text}”"
    assert [item.contribution_id for item in page.items.all()] == [one.contribution_id]


def test_more_quotes_than_a_page_holds_are_refused_and_never_dropped(
    theme: Theme, held: Conversation, convener: Member
) -> None:
    with pytest.raises(Unsound, match="at most 80"):
        choose(made(held, convener), ["0-1-0-1"] * 81, convener)


@pytest.mark.parametrize("kind", ["html", "csv"])
def test_i13_a_copy_taken_away_is_logged_with_whose_words_it_holds(
    kind: str, theme: Theme, held: Conversation, convener: Member, client_for: ClientFor
) -> None:
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    address = reverse("themes:told_download", args=[convener.place.slug, page.pk])
    answer = client_for(convener).post(address, {"as": kind})
    assert "said voice" in answer.content.decode("utf-8-sig")
    assert set(Holding.objects.filter(export=Export.objects.get()).values_list("contribution_id", flat=True)) == set(
        ToldItem.objects.filter(page=page).values_list("contribution", flat=True)
    )


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_only_the_team_tells_back(standing: Standing, held: Conversation, member_with: Callable[..., Member]) -> None:
    with pytest.raises(Refused):
        made(held, member_with(standing))


def test_the_shared_page_asks_the_database_little(
    theme: Theme, held: Conversation, convener: Member, client: Client
) -> None:
    page = services.told.share(page=made(held, convener), audience=LINK, by=convener)
    with CaptureQueriesContext(connection) as asked:
        client.get(public(page))
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]


def test_a_merged_theme_is_told_under_the_one_it_became(theme: Theme, held: Conversation, convener: Member) -> None:
    page = made(held, convener)
    other = services.make(place=convener.place, title="Getting home", by=convener)
    services.merge(source=theme, target=other, by=convener)
    assert [part.theme for part in queries.told(page).parts] == [other]


def test_saving_without_a_change_leaves_the_page_in_its_order(
    theme: Theme, held: Conversation, convener: Member
) -> None:
    first = services.make(place=convener.place, title="Zebra crossings", by=convener)
    one = say(held, first, convener, "Nobody stops at the crossing.")
    page = made(held, convener)
    other = ToldItem.objects.filter(page=page, theme=theme)[0]
    keys = [
        queries.item_key(first.pk, one.pk, 0, len(one.text)),
        queries.item_key(theme.pk, other.contribution_id, other.start, other.end),
    ]
    choose(page, keys, convener, theme_order=[first.pk, theme.pk])
    assert [part.theme for part in queries.candidates(page)][:2] == [first, theme]


def test_the_form_of_a_page_asks_the_database_little_and_lists_a_bounded_part(
    theme: Theme, held: Conversation, convener: Member, client_for: ClientFor
) -> None:
    page, browser = made(held, convener), client_for(convener)
    for at in range(25):
        say(held, theme, convener, f"One more about the bus, voice {at + 100}.")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(reverse("themes:told_edit", args=[convener.place.slug, page.pk]))
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]
    assert "more quotes of this theme are not listed here" in answer.content.decode()
