"""What documents are made of, from the file to the search hit: the words that all of RAG shares."""
