"""The tests of placeweave: claims about what it does."""
