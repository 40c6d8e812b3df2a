"""Where prompts meet AWS."""
