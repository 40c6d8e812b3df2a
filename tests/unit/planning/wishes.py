"""Wishes as administrators make them, and their plans."""

from typing import Any

from planning.plan import Plan, plan
from planning.ports import Account
from planning.view import view
from planning.wish import Wish
from tests.support.planning_fakes import InMemoryAccount, InMemoryModelFiles


def wish(instance_type: str = "g6.xlarge", container: str = "vllm", **changes: Any) -> Wish:
    """Return a wish for the model at `org/model`; further fields by name."""
    kind = "embedding" if container in ("tei", "instructor") else "textgen"
    fields = {"model_type": kind, "model_name": "org/model", "region": "us-east-1"} | changes
    return Wish(instance_type=instance_type, inference_container=container, **fields)


def planned(
    files: InMemoryModelFiles,
    instance_type: str = "g6.xlarge",
    container: str = "vllm",
    account: Account | None = None,
    /,
    **environment: str,
) -> Plan:
    """Return the plan for the model at `org/model`; the volume holds anything."""
    asked = wish(instance_type, container, environment=environment, volume_gib=16_384)
    return plan(asked, files, account or InMemoryAccount())


def code(found: Plan) -> str | None:
    """Return the code of a plan's reason."""
    return found.reason.code if found.reason else None


def shown(found: Plan) -> dict[str, Any]:
    """Return a plan as the API shows it."""
    return dict(view(found))
