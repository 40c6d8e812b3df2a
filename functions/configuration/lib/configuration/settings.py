"""The environment of this service; a test compares it with the template, both ways."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of this service may read."""

    configuration_table: str
    bus_name: str


@cache
def settings() -> Settings:
    """Return the environment, read once."""
    return Settings.load()
