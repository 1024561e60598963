"""What every room needs and no room owns: access, audit, errors, imports, background analyses, exports, the page frame.

kit stands below the rooms, so it knows a place only by its key (``place_id``): the meaning of a place, a member and
an organisation belongs to ``places``.
"""
