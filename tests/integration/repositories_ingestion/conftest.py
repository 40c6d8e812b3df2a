"""AWS as ingestion finds it, on moto: the same table and bucket as the rest of its service."""

from tests.integration.repositories.conftest import aws, models, stores

__all__ = ["aws", "models", "stores"]
