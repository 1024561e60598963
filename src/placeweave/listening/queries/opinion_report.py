"""The report of a conversation in statements, as people read it: what is shared first, then where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from placeweave.kit import smallnumbers
from placeweave.kit.models import Analysis
from placeweave.listening.models import Conversation, Participant, Statement
from placeweave.listening.queries.statements import let_in

Row = Mapping[str, Any]
LETTERS = "ABCDE"


@dataclass(frozen=True)
class Share:
    """Roughly how many of some people gave an answer: from and to, in tenths.

    Both are None where a few could be made out; ``unsaid`` then says what may be said all the same.
    """

    who: str
    low: int | None
    high: int | None
    unsaid: str

    @property
    def start(self) -> int:
        """Where the stretch begins, in per cent of the bar."""
        return 10 * (self.low or 0)

    @property
    def width(self) -> int:
        """How wide the stretch is, in per cent of the bar."""
        return 10 * ((self.high or 0) - (self.low or 0))

    @property
    def words(self) -> str:
        """Say it in words."""
        if self.low is None or self.high is None:
            return self.unsaid
        if self.high == 10:
            return _("more than %(low)s in 10") % {"low": self.low}
        if self.low == 0:
            return _("fewer than %(high)s in 10") % {"high": self.high}
        return _("%(low)s to %(high)s in 10") % {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class Told:
    """One statement that was picked out: which side people take, how many roughly, and how often it was picked."""

    statement: Statement
    side: str
    shares: Sequence[Share]
    kept: int | None

    @property
    def agrees(self) -> bool:
        """Whether people agree with it, rather than disagree."""
        return self.side == "agree"


@dataclass(frozen=True)
class Group:
    """Some people who answered alike, described by what they say and never by who they are."""

    letter: str
    size: int | None
    held: int | None
    says: Sequence[Told]


@dataclass(frozen=True)
class Hexagon:
    """A part of the map with enough people in it: its corners as SVG writes them, and how full it is, from 1 to 5."""

    points: str
    people: int
    depth: int


@dataclass(frozen=True)
class Counted:
    """One row of the table of all statements."""

    statement: Statement
    agree: int | None
    disagree: int | None
    passed: int | None
    seen: int | None


@dataclass(frozen=True)
class OpinionReport:
    """Everything the report page says; figures of a few people are in none of it."""

    analysis: Analysis
    found: Row
    groups: Sequence[Group]
    common: Sequence[Told]
    divisive: Sequence[Told]
    slate: Sequence[Statement]
    unclear: Sequence[Statement]
    counted: Sequence[Counted]
    hexagons: Sequence[Hexagon]

    @property
    def tells_counts(self) -> bool:
        """Whether any count of any statement may be told: where few answered, often none may."""
        return any(
            count is not None for row in self.counted for count in (row.agree, row.disagree, row.passed, row.seen)
        )

    @property
    def explained(self) -> int:
        """How much of the variation the map shows, in per cent."""
        return round(100 * sum(self.found["explained"]))

    @property
    def frame(self) -> str:
        """The part of the square that the map fills, as SVG writes it: opinions often lie along one line."""
        heights = [float(corner.split(",")[1]) for one in self.hexagons for corner in one.points.split()]
        return f"0 {min(heights) - 2:.2f} 100 {max(heights) - min(heights) + 4:.2f}"

    @property
    def held(self) -> int | None:
        """How well the groups held in re-draws: out of 100, if there are groups."""
        return None if self.found["held"] is None else round(100 * self.found["held"])

    @property
    def same_groups(self) -> int | None:
        """How alike the groups would be with every statement let in: out of 100."""
        likeness = (self.found["moderation"] or {}).get("likeness")
        return None if likeness is None else round(100 * likeness)

    @property
    def represented(self) -> int | None:
        """How many in a hundred find something they agree with on the short list."""
        return None if self.found["represented"] is None else round(100 * self.found["represented"])


def report(conversation: Conversation, analysis: Analysis) -> OpinionReport:
    """Put what was found together with the words of the statements, in one query; those refused since are left out."""
    found: Row = analysis.result or {}
    statements = let_in(conversation).in_bulk()
    letters = {row["number"]: LETTERS[row["number"]] for row in found["groups"]}

    def told(rows: Sequence[Row], unsaid: str = "") -> list[Told]:
        words = unsaid or _("not told, to protect a few")
        return [_told(row, statements[row["key"]], found, words) for row in rows if row["key"] in statements]

    def those(keys: Sequence[int]) -> list[Statement]:
        return [statements[key] for key in keys if key in statements]

    return OpinionReport(
        analysis=analysis,
        found=found,
        groups=[Group(letters[g["number"]], g["size"], _percent(g["held"]), told(g["says"])) for g in found["groups"]],
        common=told(found["common"], _("more than half")),
        divisive=told(found["divisive"]),
        slate=those(found["slate"]),
        unclear=those(found["unclear"]),
        counted=[
            Counted(statements[row["key"]], row["agree"], row["disagree"], row["passed"], row["seen"])
            for row in found["statements"]
            if row["key"] in statements and row["active"]
        ],
        hexagons=_hexagons(found["density"]),
    )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _told(row: Row, statement: Statement, found: Row, unsaid: str) -> Told:
    side = str(row["side"])
    names = [_("Group %(letter)s") % {"letter": LETTERS[n]} for n in range(len(found["groups"]))] or [_("Everybody")]
    shares = []
    for who, rough in zip(names, row["rough"], strict=True):
        low, high = rough[side] or (None, None)
        shares.append(Share(who, low, high, unsaid))
    return Told(statement, side, shares, _percent(row["kept"]))


_CORNERS = ((0.0, 1.0), (0.866, 0.5), (0.866, -0.5), (0.0, -1.0), (-0.866, -0.5), (-0.866, 0.5))


def _hexagons(density: Sequence[Sequence[float]]) -> list[Hexagon]:
    """Lay the map out in a square of 100 by 100, the fullest hexagons darkest."""
    if not density:
        return []
    scale = 50 / max(max(abs(x), abs(y)) + radius for x, y, radius, _people in density)
    fullest = max(people for *_middle, people in density)
    return [
        Hexagon(_outline(x * scale, y * scale, radius * scale), int(people), 1 + int(4 * people / fullest))
        for x, y, radius, people in density
    ]


def _outline(x: float, y: float, radius: float) -> str:
    return " ".join(f"{50 + x + dx * radius:.2f},{50 - y - dy * radius:.2f}" for dx, dy in _CORNERS)


@dataclass(frozen=True)
class TookPart:
    """What people told about themselves: one question with its answers counted, small counts blank."""

    question: str
    purpose: str
    answers: Mapping[str, int | None]


def who_took_part(conversation: Conversation, *, threshold: int) -> list[TookPart]:
    """Count what participants chose to tell about themselves; who told nothing is counted too."""
    voting = getattr(conversation, "voting", None)
    asked = list(voting.about_you.all()) if voting else []
    if not asked:
        return []
    about = list(Participant.objects.filter(conversation=conversation).values_list("about", flat=True))
    return [TookPart(one.question, one.purpose, _answers(about, one.pk, one.choices, threshold)) for one in asked]


def _answers(
    about: Sequence[Mapping[str, int]], question: int, choices: Sequence[str], threshold: int
) -> dict[str, int | None]:
    counts = dict.fromkeys([*choices, _("Not told")], 0)
    for one in about:
        chosen = one.get(str(question))
        counts[_("Not told") if chosen is None else choices[chosen]] += 1
    return smallnumbers.suppress(counts, threshold=threshold)
