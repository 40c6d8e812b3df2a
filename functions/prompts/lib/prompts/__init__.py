"""Prompt templates: personas and directives, one's own and shared, in revisions."""
