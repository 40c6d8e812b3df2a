"""Repositories, their collections, documents and jobs."""
