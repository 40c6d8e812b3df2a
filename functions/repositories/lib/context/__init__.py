"""Documents beside a chat, without a repository: a file's whole text, and summaries."""
