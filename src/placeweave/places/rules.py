"""Who may do what in places."""

from __future__ import annotations

from placeweave.kit.access import ANYONE, CONVENERS, INSIDE, INVITED, TAKING_PART, TEAM, grant

grant("places.see_public", ANYONE)
grant("places.see_place", INVITED)
grant("places.see_people", INSIDE)
grant("places.see_work", INSIDE)
grant("places.edit_own_profile", INVITED)
grant("places.leave_place", INVITED)
grant("places.manage_place", CONVENERS)
grant("places.manage_members", CONVENERS)
grant("places.edit_organisations", TEAM)
grant("places.see_private_sites", TEAM)
grant("places.link_organisations", TEAM)  # the page lays postcodes side by side, private ones too
grant("places.open_issue", TAKING_PART)
grant("places.suggest_question", TAKING_PART)
grant("places.adopt_question", TEAM)
grant("places.import_files", TEAM)
grant("places.see_imports", TEAM)  # the preview shows rows before anybody's consent is applied
grant("places.take_exports", INSIDE)
grant("places.see_linkups", INSIDE)
grant("places.ask_linkup", CONVENERS)
grant("places.see_log", TEAM)
