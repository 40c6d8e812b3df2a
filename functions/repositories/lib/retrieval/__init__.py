"""Candidates of several searches become one order, and the passages that people read."""
