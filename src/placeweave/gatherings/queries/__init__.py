"""The reads of gatherings."""
