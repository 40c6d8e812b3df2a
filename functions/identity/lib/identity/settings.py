"""The environment of identity's functions."""

from kernel.settings import Environment


class DoorSettings(Environment):
    """What the authorizer needs. An empty admin group means that nobody is admin."""

    oidc_issuer: str
    oidc_metadata_url: str
    oidc_client_id: str
    groups_claim: str
    admin_group: str
    tokens_table: str


class TokenChangeSettings(Environment):
    """What the reaction to a changed token needs."""

    registry_table: str
