"""Identity's composition root: each part is imported by whoever first asks for it, and kept."""

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, TypedDict, Unpack

from identity.settings import DoorSettings, settings
from kernel.composition import Composition

if TYPE_CHECKING:
    from identity.door import Door
    from identity.oidc import Verifier
    from identity.ports import Registry, Secrets, TokenBook, Tokens
    from kernel.switches import Switches


class Ports(TypedDict, total=False):
    """The parts that `use` may place, by name."""

    book: "TokenBook"
    registry: "Registry"
    secrets: "Secrets"
    switches: "Switches"


composed = Composition()


def use(**ports: Unpack[Ports]) -> AbstractContextManager[None]:
    """Place other implementations for a while: how tests run the functions without AWS."""
    return composed.use(ports)


@cache
def door() -> "Door":
    from identity.domain import Roles
    from identity.door import Door

    roles = Roles(door_settings().admin_group, door_settings().rag_admin_group)
    return Door(verifier, tokens, roles)


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


@composed.kept
def book() -> "TokenBook":
    from identity.adapters.token_book import DynamoTokenBook

    return DynamoTokenBook(settings().tokens_table)


@composed.kept
def registry() -> "Registry":
    from identity.adapters.dynamo import DynamoRegistry

    return DynamoRegistry(settings().registry_table)


@composed.kept
def secrets() -> "Secrets":
    from identity.adapters.secrets import SecretsManagerSecrets

    return SecretsManagerSecrets()


@composed.kept
def switches() -> "Switches":
    """Return what is switched off."""
    from kernel.switches import DynamoSwitches, SwitchSettings

    return DynamoSwitches(SwitchSettings.load().switches_table)
