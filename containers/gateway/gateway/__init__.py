"""The serving plane: one OpenAI-compatible endpoint in front of every model."""
