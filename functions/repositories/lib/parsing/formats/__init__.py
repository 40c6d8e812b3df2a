"""One module for each type of files; each has a `read(content, draft)`."""
