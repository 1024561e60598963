"""The whole of a place seen at once: home, Monday page, trace, broken threads, search, privacy, and the bundle.

It owns no records: it reads the rooms below, follows their links both ways, and carries a withdrawal into every one.
"""
