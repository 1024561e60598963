"""The components of every page, as template tags: a room writes its words, kit draws them.

Registered as builtins in the settings, so that no template has to load it. Each tag has a template of its own under
``kit/components``; ``/styleguide/`` shows all of them in all their states.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from placeweave import __version__
from placeweave.kit import wording
from placeweave.kit.figures import Figure
from placeweave.kit.strand import Bead

register = template.Library()

register.filter("spoken_date", wording.spoken_date)
register.filter("spoken_hours", wording.spoken_hours)
register.filter("spoken_time", wording.spoken_time)
register.filter("age", wording.age)


# --- Frame ----------------------------------------------------------------------------------------


@register.simple_tag
def maybe_url(name: str, *parts: object) -> str:
    """Give the address of a named page, or nothing where no room has that page or the place has no slug yet."""
    if not name or "" in parts or None in parts:
        return ""
    try:
        return reverse(name, args=list(parts))
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> SafeString:
    """Give what a page put into a block, so that the frame can use it twice or leave out what would be empty."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    # A rendered block is markup already; strip() alone would make plain text of it.
    return SafeString(block.render(context).strip() if block else "")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one icon of our sprite: ``{% icon "heard" %}``. With a label it speaks; without, it is decoration."""
    href = f"{static('kit/icons.svg')}#{name}"
    if not label:
        return format_html(
            '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href
        )
    return format_html(
        '<svg class="icon" width="24" height="24" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
    )


@register.simple_tag
def product_version() -> str:
    """Give the version of placeweave that drew this page."""
    return __version__


@register.simple_tag
def once() -> SafeString:
    """Mark a form so that sending it twice acts once: ``{% once %}`` beside ``{% csrf_token %}``."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


# --- The strand -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Knot:
    """One bead with what the template needs around it."""

    bead: Bead
    url: str
    is_here: bool
    is_loose: bool
    """Whether the line that leaves this bead leads to a step where nothing is yet."""


@register.inclusion_tag("kit/components/strand.html")
def strand(beads: Sequence[Bead], current: str = "", place: Any = None, size: str = "") -> dict[str, Any]:
    """Draw the line of steps: ``{% strand request.place.strand current="themes" place=request.place %}``.

    ``size="large"`` is for the home of a place: on a phone the line then runs downwards, with counts.
    """
    slug = getattr(place, "slug", "")
    following = [bead.is_hollow for bead in beads[1:]] + [True]
    knots = [
        Knot(bead, maybe_url(bead.url_name, slug), bead.step == current, is_loose)
        for bead, is_loose in zip(beads, following, strict=True)
    ]
    return {"knots": knots, "size": size, "place": place, "has_links": any(knot.url for knot in knots)}


@register.inclusion_tag("kit/components/small_strand.html")
def small_strand(hops: Sequence[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """Draw the strand of one object from hops of ``label``, ``url``, ``step`` and ``is_here``."""
    return {"hops": hops, "label": label or _("Where this stands on the thread")}


# --- Boxes that hold a room's own markup ----------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", hue: str = "", kind: str = "", level: int = 3) -> str:
    """Frame one thing: ``{% card title=theme.name url=theme.url hue="themes" %} ... {% endcard %}``.

    ``kind`` may be ``lift`` (the one thing that matters most), ``quiet`` or ``gap``.
    """
    context = {"content": content, "title": title, "url": url, "hue": hue, "kind": kind, "level": level}
    return render_to_string("kit/components/card.html", context)


@register.simple_block_tag
def part(content: str, title: str, hue: str = "", link_label: str = "", link_url: str = "", id: str = "") -> str:  # noqa: A002
    """Open a part of a page under a coloured rule, with one link at its right: ``{% part "This week" %}...``."""
    context = {"content": content, "title": title, "hue": hue, "link_label": link_label, "link_url": link_url, "id": id}
    return render_to_string("kit/components/part.html", context)


@register.simple_block_tag
def disclosure(content: str, label: str) -> str:
    """Fold away what few need: ``{% disclosure "How the question changed" %} ... {% enddisclosure %}``."""
    return render_to_string("kit/components/disclosure.html", {"content": content, "label": label})


@register.simple_block_tag
def notice(content: str, tone: str = "plain", title: str = "") -> str:
    """Say something about the page itself; tone is plain, good, attention or refused."""
    sign = {"good": "tick", "attention": "attention", "refused": "cross"}.get(tone, "about")
    context = {"content": content, "tone": tone, "title": title, "sign": sign}
    return render_to_string("kit/components/notice.html", context)


# --- Words and marks ------------------------------------------------------------------------------


@register.inclusion_tag("kit/components/quote.html")
def quote(q: Any, size: str = "") -> dict[str, Any]:
    """Set somebody's own words, with voice, naming, date, consent and source; machine text is never given to this."""
    return {"q": q, "size": size}


@register.inclusion_tag("kit/components/state.html")
def state(value: str, label: str = "", tone: str = "") -> dict[str, Any]:
    """Mark the state of a thing with a chip: ``{% state promise.state promise.get_state_display %}``."""
    known_tone, sign = wording.STATES.get(str(value), ("plain", ""))
    spoken = label or str(value).replace("_", " ")
    return {"label": spoken, "tone": tone or known_tone, "sign": sign}


@register.inclusion_tag("kit/components/consent.html")
def consent(scope: str, label: str = "") -> dict[str, Any]:
    """Say in an icon and words how far somebody's words may travel."""
    sign, spoken = wording.scope(str(scope))
    return {"scope": scope, "sign": sign, "label": label or spoken}


@register.inclusion_tag("kit/components/suppressed.html")
def suppressed(threshold: int = 5, size: str = "") -> dict[str, Any]:
    """Stand in for a figure too small to show; ``size="short"`` fits a table cell."""
    return {"threshold": threshold, "size": size}


@register.inclusion_tag("kit/components/freshness.html")
def freshness(at: datetime | None, new_count: int = 0, url: str = "", noun: str = "") -> dict[str, Any]:
    """Say as of when a figure holds and what came since: ``{% freshness analysis.finished_at 12 refresh_url %}``."""
    return {"at": at, "new_count": new_count, "url": url, "noun": noun}


# --- Suggestions, work under way, choices -----------------------------------------------------------


@register.inclusion_tag("kit/components/reason.html", takes_context=True)
def reason(context: Context, text: str, facts: Iterable[Any] = (), url: str = "", accept: str = "") -> dict[str, Any]:
    """Give the sentence behind a suggestion, and the three answers to it.

    The answers are posted to ``url`` as ``decision`` (``accept``, ``park`` or ``refuse``) and ``why``. Each fact is
    a text, or a mapping of ``label`` and ``url``.
    """
    rows = [fact if isinstance(fact, Mapping) else {"label": fact, "url": ""} for fact in facts]
    return {
        "text": text,
        "facts": rows,
        "url": url,
        "accept": accept or _("Accept"),
        "csrf_token": context.get("csrf_token", ""),
        "field": uuid.uuid4().hex[:8],
    }


@register.inclusion_tag("kit/components/progress.html", takes_context=True)
def progress(context: Context, analysis: Any, region: str = "", url: str = "", every: str = "3s") -> dict[str, Any]:
    """Say how far long work has come; the page asks again by itself where script runs.

    ``region`` is the id of the part of the page that will hold the answer and holds this tag: it is fetched anew
    every few seconds (``every``) until the work is over. ``url`` is the page to ask, this one unless told.
    """
    request = context.get("request")
    own = f"progress-{analysis.pk}"
    here = request.get_full_path() if request else ""
    return {
        "analysis": analysis,
        "id": own,
        "region": region or own,
        "url": url or here,
        "percent": round(100 * analysis.progress),
        "every": every,
    }


@register.inclusion_tag("kit/components/empty.html")
def empty(sentence: str, button_label: str = "", url: str = "", example_url: str = "") -> dict[str, Any]:
    """Show that nothing is here yet: one sentence, one button, and the example place."""
    return {"sentence": sentence, "button_label": button_label, "url": url, "example_url": example_url}


@register.inclusion_tag("kit/components/confirm.html", takes_context=True)
def confirm(
    context: Context, question: str, consequence: str, button: str, url: str = "", cancel_url: str = "", tone: str = ""
) -> dict[str, Any]:
    """Ask before something that cannot easily be taken back; ``tone="refused"`` for what destroys."""
    return {
        "question": question,
        "consequence": consequence,
        "button": button,
        "url": url,
        "cancel_url": cancel_url,
        "tone": tone,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("kit/components/conflict.html")
def conflict(conflict: Any, note: str = "") -> dict[str, Any]:
    """Lay two versions of one thing side by side, where they differ: ``conflict`` has ``theirs`` and ``yours``."""
    labels = [*conflict.theirs, *(label for label in conflict.yours if label not in conflict.theirs)]
    rows = [(label, conflict.theirs.get(label, ""), conflict.yours.get(label, "")) for label in labels]
    told = [
        {"label": label, "theirs": _lines(theirs, beside=yours), "yours": _lines(yours, beside=theirs)}
        for label, theirs, yours in rows
        if theirs != yours
    ]
    return {"conflict": conflict, "rows": told, "note": note}


def _lines(text: str, *, beside: str) -> list[tuple[str, bool]]:
    """Give the lines of one version, each with whether it stands out: it is not in the other, while others are."""
    lines, others = text.splitlines(), set(beside.splitlines())
    return [(line, line not in others and not others.isdisjoint(lines)) for line in lines]


@register.inclusion_tag("kit/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Link the pages of a long list; other parameters of the address are kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "name": name,
        "links": [{"number": number, "url": _page_url(context, name, number)} for number in numbers],
        "previous": _page_url(context, name, page.previous_page_number()) if page.has_previous() else "",
        "next": _page_url(context, name, page.next_page_number()) if page.has_next() else "",
    }


def _page_url(context: Context, name: str, number: int | str) -> str:
    request = context.get("request")
    if not isinstance(number, int):
        return ""
    query = request.GET.copy() if request else None
    if query is None:
        return f"?{name}={number}"
    query[name] = str(number)
    return f"?{query.urlencode()}"


# --- Figures --------------------------------------------------------------------------------------


@register.inclusion_tag("kit/components/figure_with_table.html")
def figure_with_table(figure: Figure, csv_url: str = "") -> dict[str, Any]:
    """Draw a figure of ``kit.figures`` with the same facts as a table underneath."""
    return {"figure": figure, "csv_url": csv_url}


@register.inclusion_tag("kit/components/working_out.html")
def working_out(
    analysis: Any = None,
    method: str = "",
    n: int | str = "",
    engine: str = "",
    fingerprint: str = "",
    at: date | None = None,
    interval: str = "",
) -> dict[str, Any]:
    """Tell how a figure was worked out; what is not given is read off the analysis."""
    return {
        "method": method,
        "interval": interval,
        "n": n or getattr(analysis, "n", ""),
        "engine": engine or getattr(analysis, "engine", ""),
        "seed": getattr(analysis, "seed", None),
        "fingerprint": fingerprint or getattr(analysis, "fingerprint", ""),
        "at": at or getattr(analysis, "finished_at", None),
    }


# --- Forms ----------------------------------------------------------------------------------------


@register.filter
def error_links(form: Any) -> list[dict[str, str]]:
    """List the errors of a form with the id of the control each belongs to."""
    links = [{"target": "", "text": str(text)} for text in form.non_field_errors()]
    for field in form:
        target = wording.first_control(field)
        links += [{"target": target, "text": str(text)} for text in field.errors]
    return links


@register.filter
def control(field: Any) -> SafeString:
    """Draw the control of a form field with the classes of its kind."""
    drawn: SafeString = field.as_widget(attrs={"class": wording.control_class(field.field.widget)})
    return drawn


@register.filter
def kind_of_control(field: Any) -> str:
    """Name the kind of a form field's control: text, select, radio, checkbox, check or file."""
    return wording.control_kind(field.field.widget)


@register.filter
def in_groups(field: Any) -> list[tuple[str, list[Any]]]:
    """Give the choices of a field by the groups its form named; without any they are one group without a name."""
    named = field.field.widget.choices
    grouped = (
        isinstance(named, list) and bool(named) and all(isinstance(inside, list | tuple) for _name, inside in named)
    )
    if not grouped:
        return [("", list(field.subwidgets))]
    options = iter(field.subwidgets)
    return [(str(name), list(islice(options, len(inside)))) for name, inside in named]
