"""What happens when processes die and people act at once."""
