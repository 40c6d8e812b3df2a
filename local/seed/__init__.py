"""Fills a fresh deployment with what a person needs to begin; safe to repeat."""
