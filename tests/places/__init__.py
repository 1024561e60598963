"""Claims about places."""
