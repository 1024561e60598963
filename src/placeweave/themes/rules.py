"""Who may do what in themes."""

from __future__ import annotations

from placeweave.kit.access import INSIDE, TAKING_PART, TEAM, grant

grant("themes.see_themes", INSIDE)
grant("themes.code", TEAM)
grant("themes.arrange", TEAM)
grant("themes.dissent", TAKING_PART)
grant("themes.suggest", TEAM)
grant("themes.tell_back", TEAM)
