"""Offers laid to needs so that the most pressing are met best: exact, and the same in whatever order they come.

Nouns: Offer, Need, Fit, Pair, Allocation. Start at `allocate.allocate`; `alike` counts those that say the same as one;
`report` reads rows of a file.
"""

from __future__ import annotations

ENGINE_VERSION = "matching-2"
"""Raised with every change that gives another answer for the same offers and needs."""
