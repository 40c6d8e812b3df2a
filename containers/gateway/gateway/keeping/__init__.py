"""A chat of a session: its answer is read to its end although whoever asked has left."""
