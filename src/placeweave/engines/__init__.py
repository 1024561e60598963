"""Pure mathematics: plain records in, frozen results out, no web framework and no network."""
