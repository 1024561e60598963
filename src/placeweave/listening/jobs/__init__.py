"""Background work of listening: gather plain data, let an engine look, keep what it found."""
