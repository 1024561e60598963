"""Who may do what in listening; partners and residents always stand together."""

from __future__ import annotations

from placeweave.kit.access import CONVENERS, INSIDE, TAKING_PART, TEAM, grant

grant("listening.see_conversations", INSIDE)
grant("listening.read_in_confidence", TEAM)
grant("listening.convene", TEAM)
grant("listening.contribute", TAKING_PART)
grant("listening.capture", TEAM)
grant("listening.change_consent", TEAM)
grant("listening.take_words", INSIDE)
grant("listening.take_statements", INSIDE)
grant("listening.take_assessments", INSIDE)
grant("listening.raise_risk", INSIDE)
grant("listening.hold_voting", TEAM)
grant("listening.work_out", TEAM)
grant("listening.take_votes", CONVENERS)
