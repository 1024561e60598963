"""The forms of listening: what is asked, and in which words."""
