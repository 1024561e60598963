"""The forms of gatherings: their shape only, the rules are in the services."""
