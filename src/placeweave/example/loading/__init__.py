"""One module a room: each reads its files and speaks to the services of its room."""
