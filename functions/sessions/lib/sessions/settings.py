"""The environment of this service; a test compares it with the template, both ways."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of this service may read.

    `session_days` is how long a session is kept after its last message; 0 is for ever.
    """

    sessions_table: str
    session_days: int
    pictures_bucket: str
    bus_name: str


@cache
def settings() -> Settings:
    """Return this process's settings."""
    return Settings.load()
