"""Identity's composition root: each part is imported by whoever first asks for it, and kept."""

from functools import cache
from typing import TYPE_CHECKING

from identity.settings import DoorSettings, TokenChangeSettings

if TYPE_CHECKING:
    from identity.door import Door
    from identity.oidc import Verifier
    from identity.ports import Registry, Tokens


@cache
def door() -> "Door":
    from identity.door import Door

    return Door(verifier, tokens, door_settings().admin_group)


@cache
def door_settings() -> DoorSettings:
    return DoorSettings.load()


@cache
def verifier() -> "Verifier":
    """One per process, so that the provider's keys stay warm between requests."""
    from identity.oidc import Verifier

    chosen = door_settings()
    return Verifier(
        chosen.oidc_issuer,
        chosen.oidc_client_id,
        chosen.groups_claim,
        metadata_url=chosen.oidc_metadata_url,
    )


@cache
def tokens() -> "Tokens":
    from identity.adapters.dynamo import DynamoTokens

    return DynamoTokens(door_settings().tokens_table)


@cache
def registry() -> "Registry":
    from identity.adapters.dynamo import DynamoRegistry

    return DynamoRegistry(TokenChangeSettings.load().registry_table)
