"""The environment of this service; a test compares it with the template, both ways."""

from kernel.settings import Environment


class Settings(Environment):
    """Every variable that a function of this service may read."""

    usage_table: str
    retention_days: int
