"""Which words say something about a theme, and which are only grammar."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

TOKEN = re.compile(r"\w[\w'’]*\w|\w")

_MEANINGFUL = frozenset(
    "bill bottom computer cry detail empty fill fire found full interest mill mine move sincere system".split()
)
_SPOKEN = frozenset(
    "aye wee nae no't cannae dinnae didnae isnae wasnae wouldnae really just like got get gets getting lot lots "
    "thing things also said say says one would could can can't cannot won't don't doesn't didn't isn't aren't "
    "wasn't weren't haven't hasn't hadn't wouldn't couldn't shouldn't i'm i've i'd i'll it's that's there's we're "
    "we've we'd we'll you're you've you'd you'll they're they've they'd they'll he's she's what's who's let's "
    "does did doing don doesn didn isn ve ll re th im ive dont cant wont mr mrs ms etc ok okay yes going go goes "
    "want wants need needs make makes use used come comes way bit".split()
)
STOP_WORDS: frozenset[str] = (frozenset(ENGLISH_STOP_WORDS) - _MEANINGFUL) | _SPOKEN
TIME_WORDS: frozenset[str] = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays january february march april june july august september october november december easter christmas "
    "winter summer spring autumn day days week weeks weekly month months year years hour hours minute minutes morning "
    "afternoon evening evenings night nights today tomorrow yesterday fortnight time times".split()
)
"""When a thing happens is seldom what it is about: these neither join small sets nor stand alone as a label."""


def tokens(text: str) -> list[str]:
    """List the words of a text in lower case, with one kind of apostrophe."""
    return [found.casefold() for found in TOKEN.findall(text.replace("’", "'"))]


def telling(text: str) -> dict[str, str]:
    """Give the telling words of a text, and its pairs of neighbouring telling words.

    Returns
    -------
    dict of str to str
        From the root ("bus") to the form it has here ("buses"); capitals are kept where they are an abbreviation.
    """
    words = [_shown(found) for found in TOKEN.findall(text.replace("’", "'"))]
    kept = {root(word): word for word in words if _tells(word) and word.casefold() not in TIME_WORDS}
    for a, b in pairwise(words):
        if _tells(a) and _tells(b) and root(a) != root(b):
            kept[f"{root(a)} {root(b)}"] = f"{a} {b}"
    return kept


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """Put plural and singular under one key; good enough to avoid saying a label twice."""
    word = word.casefold().removesuffix("'s")
    for ending in ("sses", "ches", "shes", "uses", "xes"):
        if word.endswith(ending):
            return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@lru_cache(maxsize=50_000)
def _tells(word: str) -> bool:
    """Say whether a word may stand in a label: not grammar, not a lone letter, not a bare number."""
    plain = word.casefold()
    return len(word) > 1 and plain not in STOP_WORDS and not plain.replace("'", "").isdigit()


def _shown(word: str) -> str:
    """Keep the capitals of abbreviations such as NHS, and no others."""
    return word if word.isupper() and 2 <= len(word) <= 6 else word.casefold()
