"""What whoever runs an installation does: the parts of the ``placeweave`` command, one subject a file."""
