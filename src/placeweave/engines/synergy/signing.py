"""What a suggestion is about, and what it rests on, as two digests: by them a decision is found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from placeweave.engines.synergy.records import FindingKind, Need, Piece


def signature(kind: FindingKind, about: Sequence[object]) -> str:
    """Digest what a suggestion is about: the same records give the same one, however often it is computed."""
    return hashlib.sha256(json.dumps([kind, list(about)]).encode()).hexdigest()


def digest(told: Sequence[object]) -> str:
    """Digest what the records say."""
    return hashlib.sha256(json.dumps(list(told)).encode()).hexdigest()


def known_by(record: Piece | Need) -> str | int:
    """Give what a record is known by: its id where it came from, or its key here."""
    return record.identity or record.key
