"""Names of organisations: the form under which two spellings are equal, and what else a name says it is called."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BRACKETS: Final = re.compile(r"\([^)]*(?:\)|$)|\[[^\]]*(?:\]|$)")
_INSIDE: Final = re.compile(r"\(([^)]*)(?:\)|$)|\[([^\]]*)(?:\]|$)")
_APOSTROPHES: Final = re.compile("['’‘`´ʼ]")
_SHORT_FORM: Final = re.compile(r"\bc\.i\.c\.?(?!\w)")
_ADVICE: Final = re.compile(r"\bcitizens? advice bureau[xs]?\b|\bcab\b")
_PHRASES: Final = re.compile(r"\b(?:company limited by guarantee|registered charity)\b")
_DROPPED: Final = frozenset("limited ltd plc cic cio scio llp incorporated inc the".split())
_SPELT: Final = {"center": "centre", "organization": "organisation"}
_ALSO: Final = re.compile(
    r"\s+(?:t/a|trading\s+as|aka|a\.?\s?k\.?\s?a\.?|(?:also\s+|previously\s+|formerly\s+)?known\s+as|legal\s+name|"
    r"formerly|working\s+as)[\s:]+",
    re.IGNORECASE,
)
_GENERIC: Final = frozenset(
    "trust project foundation centre society community association limited the wales scotland england uk".split()
)
_UNSPOKEN: Final = frozenset("and of for in to".split())
_SHORTEST = 4
_MOST_KEPT = 200_000


@lru_cache(maxsize=_MOST_KEPT)
def canonical(name: str) -> str:
    """Give the form of a name under which two spellings of it are equal.

    Case, accents, apostrophes, brackets and forms of incorporation go; ``&`` becomes "and". Of a name that would be
    left without a word, the words that are usually dropped stay.

    Examples
    --------
    >>> canonical("The Men’s Shed (Clachan) Ltd.")
    'mens shed'
    """
    text = unicodedata.normalize("NFKC", name).lower()
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    text = _SHORT_FORM.sub(" cic ", _APOSTROPHES.sub("", text).replace("&", " and "))
    bare = _BRACKETS.sub(" ", text)
    text = _words_alone(bare) or _words_alone(text)
    text = _PHRASES.sub(" ", _ADVICE.sub("citizens advice", text))
    words = [_SPELT.get(word, word) for word in text.split()]
    return " ".join(word for word in words if word not in _DROPPED) or " ".join(words)


def _words_alone(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip()


@lru_cache(maxsize=_MOST_KEPT)
def aliases(name: str) -> frozenset[str]:
    """Give every canonical form a name offers: itself, what stands in brackets or after "known as", its initials.

    A place after a dash is never taken as a name: "A - Town" and "B - Town" are branches of different bodies.
    """
    whole = canonical(name)
    found = {whole, *(canonical(part) for part in _parts(name)), _initials(whole)}
    return frozenset(one for one in found if one == whole or (len(one) >= _SHORTEST and one not in _GENERIC))


def _parts(name: str) -> list[str]:
    inside = [next(filter(None, found.groups()), "") for found in _INSIDE.finditer(name)]
    opened = re.sub(r"[()\[\]]", " ", name)
    parts = [part for form in (_BRACKETS.sub(" ", name), opened, *inside) for part in _around(form)]
    return [*inside, *parts]


def _around(form: str) -> list[str]:
    """Split a name where it says what else it is called; one that says nothing of the kind has no parts."""
    parts = _ALSO.split(f" {form.strip()}")
    return parts if len(parts) > 1 else []


def _initials(whole: str) -> str:
    words = whole.split()
    if len(words) < _SHORTEST:
        return ""
    return "".join(word[0] for word in words if word not in _UNSPOKEN)
