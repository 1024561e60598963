"""Who may do what in jigsaw."""

from __future__ import annotations

from placeweave.kit.access import CONVENERS, INSIDE, TAKING_PART, TEAM, grant

grant("jigsaw.see_board", INSIDE)
grant("jigsaw.add_piece", TAKING_PART)
grant("jigsaw.add_need", TAKING_PART)
grant("jigsaw.edit_any", TEAM)
grant("jigsaw.report_tie", TAKING_PART)
grant("jigsaw.hold_survey", CONVENERS)
grant("jigsaw.watch_survey", TEAM)
grant("jigsaw.keep_log", CONVENERS)
grant("jigsaw.measure", TEAM)
grant("jigsaw.decide_synergy", TEAM)
grant("jigsaw.suggest", TEAM)
grant("jigsaw.import_files", TEAM)
grant("jigsaw.share_beyond", CONVENERS)
grant("jigsaw.share_live", CONVENERS)
