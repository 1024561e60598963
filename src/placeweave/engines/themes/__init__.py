"""Propose themes from what people said, each traceable to their own words.

The machine proposes and people decide: nothing here is a finding until somebody accepts it. No generative model and no
network takes part; a quote is always a slice of an unchanged text.

Start at `propose.propose` (a first set of themes), `propose.split` (one theme into smaller ones) and `suggest.suggest`
(new words into themes that people have already made). Nothing is imported here, so that whoever only cuts a text into
sentences does not wait for the numerical libraries.
"""

from __future__ import annotations

ENGINE_VERSION = "themes-1"
"""Raised with every change that gives other themes for the same words."""
