"""placeweave: one thread from what people of a place said to what changed, and how sure we are."""

__version__ = "0.1.0"
