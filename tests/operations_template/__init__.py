"""What writes the templates of operations/ from their descriptions: `make operations`."""
