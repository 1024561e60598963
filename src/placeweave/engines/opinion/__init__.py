"""Find what people share, where they differ and what small groups say, from their answers to each other's statements.

Nouns: Votes, Statements, Config, Model, Scores. Every figure comes with how sure it is; "no stable groups" is an
answer. Start at `fit.fit`, then `scores.score`. Nothing is imported here, so that who asks for a record alone waits
for no maths.
"""

from __future__ import annotations

ENGINE_VERSION = "opinion-1"
"""Raised with every change that gives other figures for the same votes."""
