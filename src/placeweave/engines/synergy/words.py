"""Words as the search compares them: stems, and what different words are about."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = frozenset(
    """a about after again all already also always am an and another any anybody anyone anything are aren as ask asked at
    away back be because been before being between both but by came can cannot come could day days did do does doing done
    down each either else enough even ever every everybody everyone except far few first for forty found from get gets go
    goes going got had has have having he her here hers him his how however i if in instead into is it its itself just
    keep kept know knows known last later least less let like little look lot made make makes making many may me mean
    means might more most much must my near need needs never new next no nobody none nor not nothing now of off often on
    once one ones only onto or other others our out over own per place places put quite rather said same say says see
    seen set several shall she should since six small so some somebody someone something somewhere soon still such take
    taken than that the their them then there these they thing things this those though three through till time times to
    together too two under until up upon us use used very want wanted wants was way we well went were what whatever when
    where whether which while who whoever whole whom whose why will with within without would yet you your yours year
    years week weeks hour hours people person men man four five ten twelve eleven dozen half good best held hold holds
    holding number list work works working monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
    wednesdays thursdays fridays saturdays sundays weekday weekdays morning mornings afternoon afternoons evening
    evenings night nights daytime weekend month monthly fit fits thought kind side end start call ever late left right
    nine eight seven fifty hundred thousand past meet meets turn turns give given gave round say-so""".split()
)

_PHRASES = dict.fromkeys(("way home", "way back", "lift home", "bus home", "run home", "get home"), "transport")

ABOUT: Mapping[str, frozenset[str]] = {
    "getting about": frozenset(
        "bus minibus van car lift driver drive driven driving journey seat taxi ride trike transport coach route".split()
    ),
    "somewhere to be": frozenset("room hall canteen cafe space loft premises kitchen chair venue church kirk".split()),
    "warmth": frozenset("warm warmth heat heated heating radiator stove urn kettle tea fire".split()),
    "dry and draught-free homes": frozenset("draught damp mould insulation letterbox retrofit boiler oil".split()),
    "languages": frozenset(
        "language translation translate interpreter interpreting english arabic polish gaelic".split()
    ),
    "someone to talk to": frozenset("talk talking listen listener befriending chat lonely loneliness company".split()),
    "food": frozenset("food larder meal lunch toast soup roll cook cooking pot".split()),
    "light": frozenset("light lighting lamp torch handrail".split()),
    "checks on volunteers": frozenset("check background disclosure certificate vetting".split()),
    "mending and making": frozenset(
        "mend mender mending repair tool workshop sewing carpentry bench kit making".split()
    ),
    "accounts and bids": frozenset("account accounting bookkeeping treasurer funding bid form grant".split()),
    "visiting homes": frozenset("visit visited visiting street door call doorstep".split()),
    "health appointments": frozenset("appointment nurse doctor clinic gp slot blood surgery".split()),
    "storms": frozenset("storm radio generator power flood outage emergency resilience".split()),
    "things to do": frozenset("class club choir group activity music hand mend workshop".split()),
}
"""What different words are about in this work: a plain list anybody may read and better, and no model."""

DETAIL_SHARE = 0.45


def stem(word: str) -> str:
    """Take plural, possessive and the commonest endings off an English word; other words stay as they are."""
    word = _singular(re.sub(r"['’]s?$", "", word))
    for ending in ("ing", "ed", "er", "e"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_CONCEPTS: Mapping[str, tuple[str, ...]] = {
    root: tuple(sorted(about for about, words in ABOUT.items() if root in {stem(word) for word in words}))
    for root in sorted({stem(word) for words in ABOUT.values() for word in words})
}


def spoken(text: str) -> dict[str, str]:
    """Give the stems of a text, each with the word as written.

    Words that say nothing are left out, and so are words of time: those are read apart.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    for phrase, word in _PHRASES.items():
        plain = plain.replace(phrase, word)
    roots = {stem(word): word for word in reversed(_WORD.findall(plain)) if word not in _STOP}
    return {root: word for root, word in sorted(roots.items()) if len(root) > 2 and root not in _STOP}


def concepts(stems: Iterable[str]) -> frozenset[str]:
    """Say what these words are about."""
    return frozenset(about for one in stems for about in _CONCEPTS.get(one, ()))


class Vocabulary:
    """How rare each word and each concept is among all records: rare ones weigh more."""

    def __init__(self, texts: Sequence[str], *, besides: Iterable[str] = ()) -> None:
        """Count the words of all records, ``besides`` (names of places, say) being no evidence of anything."""
        self.ignored = frozenset(one for name in besides for one in spoken(name))
        self.size = len(texts)
        self._counted: Counter[str] = Counter()
        for text in texts:
            self._counted.update(self._of(text))

    def _of(self, text: str) -> set[str]:
        stems = spoken(text).keys() - self.ignored
        return {*stems, *(f"~{about}" for about in concepts(stems))}

    def weight(self, token: str) -> float:
        """Give ln(1 + N / df); concepts have ``~`` before them."""
        return math.log1p(self.size / max(self._counted[token], 1))

    def tokens(self, title: str, detail: str) -> dict[str, float]:
        """Give the tokens of a record with the share each counts for: its title whole, its detail in part."""
        return dict.fromkeys(sorted(self._of(detail)), DETAIL_SHARE) | dict.fromkeys(sorted(self._of(title)), 1.0)
