"""Documents and their jobs: what the table keeps of them, and what may become of them. Pure."""
