"""The forms of places."""
