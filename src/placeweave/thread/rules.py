"""Who may do what in thread."""

from __future__ import annotations

from placeweave.kit.access import ANYONE, CONVENERS, INSIDE, TEAM, grant

grant("thread.see_home", ANYONE)
grant("thread.see_monday", TEAM)
grant("thread.trace", INSIDE)
grant("thread.search", INSIDE)
grant("thread.see_broken", INSIDE)
grant("thread.export_place", CONVENERS)
