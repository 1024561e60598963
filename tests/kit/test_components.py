"""The components of the frame: what they show, and what they never do."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import Http404
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from placeweave.kit import samples, views, wording
from placeweave.kit.strand import Bead, Step

TEMPLATES = Path(views.__file__).parent / "templates"
STATIC = Path(views.__file__).parent / "static" / "kit"


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def steward_request(path: str = "/styleguide/") -> Any:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=True, is_steward=True, name="Ann", email="ann@example.org")  # type: ignore[assignment]
    request.session = {}  # type: ignore[assignment]
    return request


@pytest.fixture
def guide() -> str:
    return views.styleguide(steward_request()).content.decode()


def test_the_style_guide_is_open_to_stewards_only() -> None:
    request = steward_request()
    request.user.is_steward = False
    with pytest.raises(Http404):
        views.styleguide(request)


def test_no_component_carries_inline_style_or_script(guide: str) -> None:
    page = views.sample_page(steward_request()).content.decode()
    for html in (guide, page):
        assert not re.search(r"\sstyle\s*=", html)
        assert not re.search(r"\son[a-z]+\s*=", html)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_no_template_of_kit_carries_inline_style_or_handlers() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\s(style|onclick|onchange|onsubmit|onload)\s*=", text), path
        assert "<style" not in text, path


def test_nothing_is_fetched_from_elsewhere(guide: str) -> None:
    addresses = re.findall(r'(?:src|href|action|url\()="?(https?:)?//', guide)
    assert not addresses
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(\"?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_every_id_of_the_style_guide_is_used_once(guide: str) -> None:
    # The shapes of the weave are drawn once a strand, and a page holds one strand; the guide shows two.
    ids = [found for found in re.findall(r'\sid="([^"]+)"', guide) if not found.startswith("weave")]
    assert sorted(ids) == sorted(set(ids))


def test_every_icon_named_by_a_component_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {sign for _, sign in wording.STATES.values() if sign}
    named |= {wording.scope(scope)[0] for scope in ("facilitators", "partners", "public", "withdrawn")}
    named |= set(Step.values) | set(samples.ICONS)
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r'{% icon "([a-z-]+)"', path.read_text(encoding="utf-8")))
    assert named <= sprite


def test_the_frame_stands_without_a_place_a_user_or_any_room() -> None:
    html = render_to_string("500.html")
    assert "<h1>Something went wrong on our side</h1>" in html
    assert 'href="#main"' in html
    assert 'id="main"' in html


def test_the_title_of_a_page_is_its_heading_and_the_name_of_the_window() -> None:
    page = '{% extends "kit/page.html" %}{% block title %}Who & what{% endblock %}{% block content %}x{% endblock %}'
    html = render(page, request=SimpleNamespace(place=samples.place(timezone.now())))
    assert "<h1>Who & what</h1>" in html
    assert re.search(r"<title>\s*Who & what · Clachan · placeweave</title>", html)


def test_a_made_up_place_says_so_on_every_page() -> None:
    html = views.sample_page(steward_request()).content.decode()
    assert "Clachan is a made-up example place" in html
    assert "Grants: 360Giving, CC BY 4.0." in html


def test_an_empty_side_column_leaves_no_trace() -> None:
    html = render('{% extends "kit/page.html" %}{% block title %}T{% endblock %}{% block content %}words{% endblock %}')
    assert "page__side" not in html
    assert "words" in html


def test_the_strand_is_an_ordered_list_that_says_where_we_are() -> None:
    html = render('{% strand beads current="themes" %}', beads=samples.beads(timezone.now()))
    assert html.count("<li") == 7
    assert re.search(r'aria-current="page">\s*<span class="bead">.*?themes', html, re.DOTALL)
    assert "240 voices" in html
    assert "yesterday" in html


def test_a_step_with_nothing_on_it_is_hollow_and_says_so() -> None:
    html = render("{% strand beads %}", beads=[Bead(Step.CHANGE, 0, "changes", None, "")])
    assert "bead--hollow" in html
    assert "nothing yet" in html


def test_b6_a_count_too_small_to_tell_is_not_on_the_strand() -> None:
    html = render("{% strand beads %}", beads=[Bead(Step.HEARD, None, "voices", None, "", is_hidden=True)])
    assert "too few to show" in html
    assert "None" not in html


def test_words_of_people_are_escaped_and_keep_their_direction() -> None:
    html = render("{% quote q %}", q=samples.quotes()["plain"] | {"words": "<b>عربي</b>"})
    assert "&lt;b&gt;عربي&lt;/b&gt;" in html
    assert '<p dir="auto">' in html


def test_withheld_words_are_not_in_the_page() -> None:
    html = render("{% quote q %}", q=samples.quotes()["plain"] | {"words": "secret", "is_withheld": True})
    assert "secret" not in html


def test_an_unknown_consent_scope_is_shown_as_the_narrowest() -> None:
    assert "for the facilitators only" in render('{% consent "something new" %}')


def test_a_state_is_told_in_words_and_not_in_colour_alone() -> None:
    assert "no word" in render('{% state "no_word" %}')
    assert "state--plain" in render('{% state "no_word" "no word for 3 weeks" %}')
    assert "due" in render('{% state "something" "due" %}')


def test_a_reason_offers_three_answers_that_act_once() -> None:
    html = render('{% reason "Both work in one street." url="/x" accept="Introduce" %}')
    assert re.findall(r'name="decision" value="(\w+)"', html) == ["accept", "park", "refuse"]
    assert html.count('name="once"') == 2


def test_progress_speaks_and_needs_no_script() -> None:
    html = render("{% progress a %}", a=samples.analyses()["running"])
    assert 'role="status"' in html
    assert 'value="62"' in html
    assert "Look again" in html
    assert "hx-get" not in render("{% progress a %}", a=samples.analyses()["done"])


def test_a_failed_analysis_says_why() -> None:
    assert "only 4 contributions" in render("{% progress a %}", a=samples.analyses()["failed"])


def test_a_conflict_shows_both_versions() -> None:
    html = render("{% conflict c %}", c=samples.conflict())
    assert "Evenings with no way home" in html
    assert "No bus after 18:10" in html


def test_pages_of_a_list_keep_what_was_searched() -> None:
    request = RequestFactory().get("/x", {"q": "bus & boat", "page": "2"})
    html = render("{% pagination page %}", page=Paginator(range(50), 10).get_page(2), request=request)
    assert "?q=bus+%26+boat&amp;page=3" in html
    assert "11 to 20 of 50" in html


def test_dates_are_spoken() -> None:
    assert wording.spoken_date(date(2026, 5, 3)) == "3 May 2026"
    assert wording.spoken_time(datetime(2026, 5, 3, 13, 10, tzinfo=UTC)) == "3 May 2026, 14:10"
    assert wording.age(timezone.now() - timedelta(days=3)) == "3 days ago"
    assert wording.age(timezone.now() - timedelta(days=21)) == "3 weeks ago"
    assert wording.age(None) == ""


def test_the_frame_speaks_gaelic_where_it_is_prepared_and_english_elsewhere() -> None:
    with translation.override("gd"):
        html = render_to_string("404.html")
    assert '<html lang="gd"' in html
    assert "placeweave" in html
