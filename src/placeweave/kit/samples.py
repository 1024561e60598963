"""Made-up content for the style guide: realistic words in every component, in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit.errors import Conflict
from placeweave.kit.figures import Bar, BarFigure, Dot, DotFigure, Spoke, WheelFigure
from placeweave.kit.forms import HouseForm, Words
from placeweave.kit.strand import Bead, Step


class SampleForm(HouseForm):
    """One field of each kind."""

    name = Words(label="What is this theme called?", max_length=80, help_text="Short, in the words people used.")
    note = Words(label="What do people say about it?", max_length=400, lines=4, required=False)
    how_far = forms.ChoiceField(
        label="How far may these words travel?",
        widget=forms.RadioSelect,
        choices=[
            ("facilitators", "For the facilitators only"),
            ("partners", "Shared with the partners of Clachan"),
            ("public", "May be made public"),
        ],
        initial="facilitators",
        help_text="The narrowest is chosen unless the person said otherwise.",
    )
    voices = forms.MultipleChoiceField(
        label="Whose voices are these?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("lived", "Lived experience"), ("practice", "Practice"), ("community", "Community group")],
        required=False,
    )
    partner = forms.ChoiceField(
        label="Which partner?", choices=[("", "Choose a partner"), ("shed", "Clachan Men’s Shed"), ("fire", "Fire")]
    )
    by = forms.DateField(label="By when?", required=False)
    file = forms.FileField(label="A file with notes", required=False, help_text="Text, CSV or XLSX, up to 20 MB.")
    again = forms.BooleanField(label="They may be asked again", required=False)


def beads(now: datetime) -> list[Bead]:
    """Seven beads: five with something on them, one too small to show, one hollow."""
    ago = [timedelta(hours=3), timedelta(days=1), timedelta(days=6), timedelta(days=3), timedelta(days=20)]
    rows = [
        (Step.HEARD, 240, "voices"),
        (Step.THEMES, 12, "themes"),
        (Step.SYSTEM, 28, "factors"),
        (Step.JIGSAW, 90, "pieces"),
        (Step.ACTION, 14, "promises"),
    ]
    strung = [
        Bead(step, count, noun, now - gap, "styleguide") for (step, count, noun), gap in zip(rows, ago, strict=True)
    ]
    return [
        *strung,
        Bead(Step.LEARNING, None, "people", None, "styleguide", is_hidden=True),
        Bead(Step.CHANGE, 0, "changes", None, "styleguide"),
    ]


def place(now: datetime) -> SimpleNamespace:
    """A place as the frame sees it."""
    return SimpleNamespace(
        name="Clachan", slug="clachan", made_up=True, strand=beads(now), get_absolute_url="/styleguide/"
    )


def quotes() -> dict[str, dict[str, Any]]:
    """Quotes: plain, long unbroken, right to left, with a note, withheld."""
    plain = {
        "words": "After the 6.10 there is nothing. So I stopped going to the choir, and then I stopped going to most "
        "things.",
        "voice_label": "lived experience",
        "named_as": "Resident, Shore Road area",
        "said_on": date(2026, 10, 14),
        "consent_scope": "partners",
        "consent_label": "",
        "source_url": "#",
        "source_label": "Conversation 2",
        "note": "",
        "is_withheld": False,
    }
    return {
        "plain": plain,
        "public": plain | {"words": "The hall has a key. Nobody knows who has it.", "consent_scope": "public"},
        "note": plain
        | {"words": "We do go out to every alarm. We never go back after.", "voice_label": "practice"}
        | {
            "named_as": "Fire station, name withheld",
            "consent_scope": "facilitators",
            "note": "Translated from Gaelic",
        },
        "rtl": plain | {"words": "في المساء لا توجد حافلة، فأبقى في البيت.", "named_as": "مقيمة", "note": ""},
        "long": plain | {"words": "Aaaaaargh" + "a" * 90 + " 🚌🚌🚌 every single night."},
        "withheld": plain | {"words": "", "is_withheld": True},
    }


def hops() -> list[dict[str, Any]]:
    """The strand of one theme."""
    return [
        {"label": "31 quotes", "url": "#", "step": "heard", "is_here": False},
        {"label": "Evenings with no way home", "url": "#", "step": "themes", "is_here": True},
        {"label": "lever: evening transport", "url": "#", "step": "system", "is_here": False},
        {"label": "need: a driver, Tuesday and Thursday", "url": "#", "step": "jigsaw", "is_here": False},
        {"label": "promise 12, Men’s Shed", "url": "#", "step": "action", "is_here": False},
        {"label": "what changed: not known yet", "url": "", "step": "change", "is_here": False},
    ]


def figures() -> dict[str, Any]:
    """One figure of each shape."""
    bars = [Bar("Residents", 61, url="#"), Bar("Third sector", 23), Bar("Council", 15), Bar("Police", 8)]
    dots = [
        Dot("Evening buses would help most", 81, 72, 88, 61),
        Dot("The hall should be open without a booking", 64, 51, 75, 58),
        Dot("A phone line at night is worth more than a visit by day", 37, 22, 55, 23),
    ]
    ratings = [("Moving around", 3), ("Public transport", 2), ("Traffic and parking", 4), ("Streets and spaces", 5)]
    ratings += [("Natural space", 6), ("Play and recreation", 4), ("Facilities", 3), ("Work and economy", 2)]
    ratings += [("Housing", 3), ("Social contact", 2), ("Identity and belonging", 6), ("Feeling safe", 5)]
    spokes = [Spoke(label, value) for label, value in ratings]
    return {
        "bars": BarFigure(
            title="Who is in the conversation",
            description="People who gave at least one contribution, by the sector they speak from.",
            unit="people",
            n=116,
            bars=[*bars, Bar("Health", 6), Bar("Fire", None)],
            note="Not heard yet: anyone under 18, Harbour Terrace, the fish workers.",
        ),
        "dots": DotFigure(
            title="Statements that every group agrees with",
            description="The dot is the lowest group’s agreement; the bar is where it may lie.",
            unit="%",
            n=61,
            hue="heard",
            dots=dots,
        ),
        "wheel": WheelFigure(
            title="How this place feels to the people in it",
            description="Middle rating from 1 (much to improve) to 7 (little to improve).",
            n=34,
            hue="learning",
            spokes=[*spokes, Spoke("Care and upkeep", 4), Spoke("Influence and control", None)],
        ),
    }


def analyses() -> dict[str, Any]:
    """Work in each of its states."""
    now = timezone.now()

    def make(state: str, label: str, step: str, share: float, failure: str = "") -> SimpleNamespace:
        return SimpleNamespace(
            pk=state,
            state=state,
            get_state_display=label,
            step=step,
            progress=share,
            is_over=state in {"done", "failed"},
            failure=failure,
            finished_at=now if state == "done" else None,
            n=240,
            engine="themes 1.0",
            seed=7,
            fingerprint="9f2c61d07ab34e5f88",
        )

    return {
        "queued": make("queued", "Waiting to start", "", 0),
        "running": make("running", "Under way", "reading 240 contributions, 148 done", 0.62),
        "done": make("done", "Finished", "", 1),
        "failed": make("failed", "Did not finish", "", 0, "There were only 4 contributions; themes need at least 20."),
    }


def states() -> list[tuple[str, str]]:
    """Values a room may show as chips."""
    return [
        ("kept", _("kept")),
        ("under_way", _("under way")),
        ("due", _("due on Friday")),
        ("overdue", _("overdue")),
        ("no_word", _("no word for 3 weeks")),
        ("emerging", _("emerging")),
        ("settled", _("settled")),
        ("retired", _("retired")),
        ("open", _("open to all")),
        ("ask", _("ask first")),
        ("match", _("offer meets need")),
        ("overlap", _("overlap")),
        ("gap", _("gap")),
        ("refused", _("refused")),
    ]


def conflict() -> Conflict:
    """Two people, one theme."""
    return Conflict(
        "Ann changed this theme at 14:10, while you were writing.",
        theirs={"Name": "Evenings with no way home", "Note": "Mostly Tuesdays and Thursdays."},
        yours={"Name": "No bus after 18:10", "Note": "Mostly Tuesdays and Thursdays, and all of Sunday."},
        version=2,
    )


def form_with_errors() -> SampleForm:
    """The sample form, sent half filled in."""
    return SampleForm({"name": "n" * 95, "note": "a\x07b", "how_far": "partners", "partner": ""}, {})


def everything() -> dict[str, Any]:
    """The whole context of the style guide."""
    now = timezone.now()
    return {
        "beads": beads(now),
        "place": place(now),
        "hops": hops(),
        "quotes": quotes(),
        "figures": figures(),
        "analyses": analyses(),
        "states": states(),
        "conflict": conflict(),
        "now": now,
        "sample": SampleForm(auto_id="empty_%s"),
        "wrong": form_with_errors(),
        "pages": Paginator(range(230), 10).get_page(7),
        "facts": [{"label": "Minibus, 14 seats: free Tuesday and Thursday", "url": "#"}, "Asked for on 3 November"],
        "icons": ICONS,
    }


ICONS = """
heard themes system jigsaw action learning change tick cross minus plus clock attention about ask no-word under-way
emerging match overlap gap retired open lock people person globe hand search pencil undo move split merge copy download
print link calendar building pin eye money menu down next
""".split()
