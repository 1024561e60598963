"""Who may do what in action."""

from __future__ import annotations

from placeweave.kit.access import INSIDE, TAKING_PART, TEAM, grant

grant("action.see_action", INSIDE)
grant("action.draft_purpose", TAKING_PART)
grant("action.adopt_purpose", TEAM)
grant("action.say_where_i_stand", TAKING_PART)
grant("action.promise", TAKING_PART)
grant("action.update_commitment", TAKING_PART)
grant("action.edit_any", TEAM)
