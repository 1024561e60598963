"""Words as the search compares them: stems, and what different words are about."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = frozenset(
    """a about after afternoon afternoons again all already also always am an and another any anybody anyone anything
    are aren as ask asked at away back be because been before being best between both but by call came can
    cannot come could day days daytime did do does doing done down dozen each eight either eleven else end
    enough even evening evenings ever every everybody everyone except far few fifty first fit fits five for
    forty found four friday fridays from gave get gets give given go goes going good got had half has have
    having he held her here hers him his hold holding holds hour hours how however hundred i if in instead into
    is it its itself just keep kept kind know known knows last late later least left less let like list little
    look lot made make makes making man many may me mean means meet meets men might monday mondays month monthly
    more morning mornings most much must my near need needs never new next night nights nine no nobody none nor
    not nothing now number of off often on once one ones only onto or other others our out over own past people
    per person place places put quite rather right round said same saturday saturdays say say-so says see seen
    set seven several shall she should side since six small so some somebody someone something somewhere soon
    start still such sunday sundays take taken ten than that the their them then there these they thing things
    this those though thought thousand three through thursday thursdays till time times to together too tuesday
    tuesdays turn turns twelve two under until up upon us use used very want wanted wants was way we wednesday
    wednesdays week weekday weekdays weekend weeks well went were what whatever when where whether which while
    who whoever whole whom whose why will with within without work working works would year years yet you your
    yours""".split()
)

_PHRASES = dict.fromkeys(("way home", "way back", "lift home", "bus home", "run home", "get home"), "transport")

ABOUT: Mapping[str, frozenset[str]] = {
    "getting about": frozenset(
        "bus minibus van car lift driver drive driven driving journey seat taxi ride trike transport coach".split()
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
