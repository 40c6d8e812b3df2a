"""The composition root: the only module that knows adapters, and loads each when first needed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from health.settings import Settings, settings
from kernel.composition import Composition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from health.ports import Probe

composed = Composition()

# What is always there, and what comes with a part.
TABLES = {
    "": ("LISAApiTokenTable", "LISAConfigurationTable", "LISARegistryTable"),
    "models": ("LISAModelTable",),
    "serve": ("LISAUsageTable",),
    "rag": ("LISARepositoryTable",),
    "chat": ("LISAPromptTemplateTable", "LISASessionsTable"),
}
DEAD_LETTERS = {
    "": ("undelivered", "identity-untold-changes"),
    "serve": ("usage-uncounted",),
    "rag": ("repositories-unaccepted",),
}


def use(probes: "Sequence[Probe]") -> AbstractContextManager[None]:
    """Place other probes for a while: how tests run the functions without AWS."""
    return composed.use({"probes": probes})


@composed.kept
def probes() -> "Sequence[Probe]":
    """Return everything that there is to look at."""
    from health.adapters.aws import Bucket, Bus, DeadLetters, Table, quick_client
    from health.adapters.web import Address

    told = settings()
    prefix, parts = told.deployment_name, ["", *told.parts.split(",")]
    tables = [name for part in parts for name in TABLES.get(part, ())]
    letters = [name for part in parts for name in DEAD_LETTERS.get(part, ())]
    # Made before any clock runs: loading them takes longer than a check.
    dynamo, events, sqs, s3 = map(quick_client, ("dynamodb", "events", "sqs", "s3"))
    provider = Address(
        "identity provider",
        told.oidc_metadata_url,
        "jwks_uri",
        "Until it answers nobody can sign in; API tokens still work. Look at the provider.",
    )
    return [
        *(Table(f"{prefix}-{name}", dynamo) for name in tables),
        Bus(told.bus_name, events),
        *(DeadLetters(f"{prefix}-{name}", name, sqs) for name in letters),
        *(Bucket(name, s3) for name in told.buckets.split(",") if name),
        *([_gateway(told)] if "serve" in parts else []),
        *([provider] if told.oidc_metadata_url else []),
    ]


def _gateway(told: Settings) -> "Probe":
    """Return how the gateway is looked at: as people reach it, or as its balancer does."""
    from health.adapters.aws import Gateways, quick_client
    from health.adapters.web import Address

    if not told.serve_url:
        return Gateways(told.gateway_target_group, quick_client("elbv2"))
    fix = "docs/operations.md#gateway-none says what to do."
    return Address("gateway", f"{told.serve_url}/health", "status", fix)
