"""How the property tests of the readers are run."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no fault of a reader; time is measured in the benchmarks.
settings.register_profile("formats", deadline=None)
settings.load_profile("formats")
