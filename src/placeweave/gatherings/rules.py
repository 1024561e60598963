"""Who may do what in gatherings."""

from __future__ import annotations

from placeweave.kit.access import INSIDE, TAKING_PART, TEAM, grant

grant("gatherings.see_sessions", INSIDE)
grant("gatherings.run_sessions", TEAM)
grant("gatherings.see_cohorts", INSIDE)
grant("gatherings.run_cohorts", TEAM)
grant("gatherings.log_practice", TAKING_PART)
grant("gatherings.state_needs", TAKING_PART)
