"""From a question to the passages of a collection that answer it best."""
