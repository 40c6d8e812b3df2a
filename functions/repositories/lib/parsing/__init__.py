"""Files become documents: what a file is, what it says, and what is wrong with it."""
