"""What lines on pages mean: paragraphs, code, headings, and what only runs along the pages."""
