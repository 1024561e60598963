"""Clachan, the made-up example place: its content as plain files, and what brings it into an installation."""
