"""Reading and writing other people's files: bytes in, plain records and a list of problems out."""
