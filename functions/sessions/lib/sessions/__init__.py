"""Conversations: sessions of a person, and their messages, which are added and never lost."""
