"""The environment of this service; a test compares it with the template, both ways."""

from functools import cache

from kernel.settings import Environment

# As pyproject.toml has it, which a test compares.
VERSION = "0.1.0"


class Settings(Environment):
    """What there is to look at. Lists are told apart by commas; what is empty is not deployed.

    `serve_url` is empty where the gateway's balancer answers inside of its network only.
    """

    deployment_name: str
    bus_name: str
    parts: str
    buckets: str
    serve_url: str
    gateway_target_group: str
    oidc_metadata_url: str


@cache
def settings() -> Settings:
    """Return the environment, read once."""
    return Settings.load()
