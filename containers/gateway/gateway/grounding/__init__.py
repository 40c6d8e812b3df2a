"""A chat that names a repository: passages go into its prompt, citations into its answer."""
