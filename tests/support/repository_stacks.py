"""Stacks of repositories in memory: they stand, or are gone, at the second look."""

from dataclasses import dataclass, field

from catalogue.base import Reason
from catalogue.infrastructure import Infrastructure
from catalogue.repository import Repository
from infrastructure.errors import RepositoryRefused
from stacks.state import Failure, Found

ENDPOINT = "db.example.internal"
SECRET = "rds!db-8a6c1f2e-0b1d-4c8a-9d53-2f6f1a7c9e40"
OUTPUTS = {
    "Endpoint": ENDPOINT,
    "SecretArn": f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{SECRET}-aB3dE6",
}


@dataclass
class InMemoryStack:
    """One stack; `looked` when the next look finds it at its end."""

    digest: str
    outputs: dict[str, str]
    looked: bool = False
    leaving: bool = False


@dataclass
class InMemoryStacks:
    """Passes the suite of the stacks in CloudFormation, tests/integration/repositories.

    `refusal` lets nothing be made, `failure` lets what is made fail, `stuck` lets none go.
    """

    refusal: str = ""
    failure: str = ""
    stuck: str = ""
    standing: dict[str, InMemoryStack] = field(default_factory=dict)

    def create(self, repository: Repository) -> str:
        if self.refusal:
            raise RepositoryRefused(Reason(code="NoNetwork", message=self.refusal, fix="Mend it."))
        digest = digest_of(repository.infrastructure)
        kept = OUTPUTS.keys() if repository.type == "pgvector" else {"Endpoint"}
        stack = InMemoryStack(digest, {name: OUTPUTS[name] for name in kept})
        self.standing.setdefault(repository.repository_id, stack)
        return digest

    def state(self, repository_id: str) -> Found | None:
        stack = self.standing.get(repository_id)
        if stack is None:
            return None
        if not stack.looked:
            stack.looked = True
            return Found(stack.digest, moving=True, leaving=stack.leaving)
        if stack.leaving:
            return self._end(repository_id, stack)
        if self.failure:
            return Found(stack.digest, failed=True, trouble=_trouble(self.failure))
        return Found(stack.digest, outputs=stack.outputs)

    def delete(self, repository_id: str) -> None:
        stack = self.standing.get(repository_id)
        if stack is not None:
            stack.leaving, stack.looked = True, False

    def _end(self, repository_id: str, stack: InMemoryStack) -> Found | None:
        if self.stuck:
            trouble = _trouble(self.stuck)
            return Found(stack.digest, leaving=True, failed=True, trouble=trouble)
        del self.standing[repository_id]
        return None


def digest_of(wish: Infrastructure | None) -> str:
    """What tells the shape of one stack from another's."""
    return "none" if wish is None else wish.model_dump_json()


def _trouble(reason: str) -> tuple[Failure, ...]:
    return (Failure("Database", "AWS::RDS::DBInstance", "CREATE_FAILED", reason),)
