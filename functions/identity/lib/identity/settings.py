"""The environment of identity's functions."""

from functools import cache

from kernel.settings import Environment


class Settings(Environment):
    """What every function may read. An empty group means that nobody has its role."""

    admin_group: str
    rag_admin_group: str
    bus_name: str
    registry_table: str
    tokens_table: str


class DoorSettings(Settings):
    """What the authorizer needs besides."""

    oidc_issuer: str
    oidc_metadata_url: str
    oidc_client_id: str
    groups_claim: str


@cache
def settings() -> Settings:
    """Return this process's settings."""
    return Settings.load()
