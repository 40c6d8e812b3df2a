"""The environment of this service; a test compares it with the template, both ways."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of this service may read."""

    prompts_table: str


@cache
def settings() -> Settings:
    """Return the environment, read once."""
    return Settings.load()
