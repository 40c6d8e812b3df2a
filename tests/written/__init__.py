"""What writes the documents that are made of the sources (`make docs`): a module for each."""
