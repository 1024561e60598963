"""Template tags of kit."""
