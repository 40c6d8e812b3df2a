"""Making and removing the database that a repository has of its own: the steps of its workflows."""
