"""What gatherings works out in the background."""
