"""Repositories and their collections, as people define them and as they are kept. Pure."""
