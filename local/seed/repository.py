"""The demo repository, on the database that runs beside the product."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local.seed.admin_api import AdminApi
from local.supervisor.environment import STACK

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

DEMO = "demo"
# The service may read secrets below this name only.
SECRET = f"{STACK}/repositories/{DEMO}"


@dataclass(frozen=True)
class Database:
    """A PostgreSQL with pgvector, and somebody who may do everything there."""

    host: str
    port: int
    name: str
    username: str
    password: str


def ensure_repository(
    api: AdminApi, secrets: "SecretsManagerClient", database: Database, embedding_model: str
) -> dict[str, Any]:
    """Make the repository unless it is there; the API's view of it."""
    _keep_password(secrets, database.password)
    there = api.read(f"/repository/{DEMO}")
    if there is not None and there["status"] == "CREATE_COMPLETE":
        return there
    return api.send("POST", "/repository", _wish(database, embedding_model))


def readable(repository: dict[str, Any], note: Callable[[str], None]) -> list[str]:
    """The ids of repositories that may be asked, after saying why one may not."""
    if repository["status"] == "CREATE_COMPLETE":
        return [repository["repositoryId"]]
    reason = repository.get("reason") or {}
    note(f"{DEMO} failed: {reason.get('message', '')} {reason.get('fix', '')}".rstrip())
    return []


def _keep_password(secrets: "SecretsManagerClient", password: str) -> None:
    try:
        secrets.create_secret(Name=SECRET, SecretString=password)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=SECRET, SecretString=password)


def _wish(database: Database, embedding_model: str) -> dict[str, Any]:
    return {
        "repositoryId": DEMO,
        "repositoryName": "Demo",
        "type": "pgvector",
        "embeddingModelId": embedding_model,
        "rdsConfig": {
            "dbHost": database.host,
            "dbPort": database.port,
            "dbName": database.name,
            "username": database.username,
            "passwordSecretId": SECRET,
            # These binaries are built without it, and nobody else is on the way.
            "tls": "off",
        },
    }
