"""Private links: a random key in the address, of which only a digest is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_key() -> str:
    """Make a key of 192 random bits, fit for an address."""
    return secrets.token_urlsafe(24)


def digest(key: str) -> str:
    """Give what is stored of a key, so that reading the database opens no door."""
    return hashlib.sha256(key.encode()).hexdigest()


def part_of(key: str, name: str) -> str:
    """Give the key of one part of what a key opens; who holds the part cannot find the whole."""
    return hmac.new(key.encode(), name.encode(), hashlib.sha256).hexdigest()[:40]
