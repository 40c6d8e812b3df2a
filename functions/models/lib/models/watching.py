"""How far a model is on its way to a shape, or why it will not get there. Pure."""

from dataclasses import astuple, replace
from datetime import datetime, timedelta

from pydantic import BaseModel

from definition.payload import CreateModel
from diagnosis import Evidence, Reason, StackEvent, diagnose, explain_stack_reason
from models.errors import Diagnosed
from models.model import Shape
from models.ports import Servers
from stacks.state import Found, pause

_GONE = Reason(
    "StackFailed",
    "The model's stack has been removed by somebody else.",
    "Delete the model and create it again.",
)
_UNSAID = Reason(
    "StackFailed",
    "CloudFormation could not make the model's stack what it shall be, and does not say why.",
    "Look at the events of the model's stack in CloudFormation, then try again.",
)

_NOT_STOPPED = Reason(
    "StopTimedOut",
    "The servers had not ended after",
    "Look at the tasks of the model's service in ECS, then stop the model once more.",
)
_DELETE_AGAIN = "Remove the cause that CloudFormation names, then delete the model once more."


class Asked(BaseModel):
    """A shape that CloudFormation has been asked for: its digest, and when."""

    digest: str
    since: datetime


class Watched(BaseModel):
    """What a look at a model's stack and servers found.

    `ready` when they are what they shall be; `to_be_asked` when a server shall answer, too;
    `wait_seconds` until the next look is worth it.
    """

    ready: bool
    to_be_asked: bool
    api_base: str | None
    wait_seconds: int


def watched(
    asked: Asked, shape: Shape, found: tuple[Found | None, Servers], at: datetime, patience: int
) -> Watched:
    """Return how far the model is, or raise Diagnosed. `patience` is in minutes.

    Looks are close together at first, for a laptop and for bad images, and far apart for
    weights of a hundred gigabytes.
    """
    stack, servers = found
    if stack is None:
        raise Diagnosed(_GONE)
    age = at - asked.since
    # After a rollback the stack has another shape than the one that was asked for.
    over = not stack.moving and (stack.failed or stack.digest != asked.digest)
    ready = not (over or stack.moving) and _is_there(servers, shape)
    if not ready:
        late = patience if age > timedelta(minutes=patience) else None
        _despair(stack, _evidence(servers, shape, late), over)
    endpoint = stack.outputs.get("Endpoint")
    return Watched(
        ready=ready,
        to_be_asked=ready and shape.serving,
        api_base=f"{endpoint}/v1" if endpoint else None,
        wait_seconds=pause(age),
    )


def known(evidence: Evidence, config: CreateModel) -> Evidence:
    """Return the evidence with what the definition says of the servers."""
    balancer = config.load_balancer_config
    return replace(
        evidence,
        instance_type=config.instance_type or "",
        health_path=balancer.health_check_config.path if balancer else "",
    )


def still_there(stack: Found | None) -> bool:
    """Return whether a stack that is to go is not yet leaving; raise Diagnosed if it cannot go."""
    if stack is None or (stack.leaving and stack.moving):
        return False
    if stack.leaving:
        why = diagnose(Evidence(stack_events=_events(stack))) or _unsaid(stack)
        raise Diagnosed(replace(why, code="StackNotDeleted", fix=_DELETE_AGAIN))
    return True


def _evidence(servers: Servers, shape: Shape, late: int | None) -> Evidence:
    if shape.serving:
        return replace(known(servers.evidence, shape.config), timed_out_after_minutes=late)
    if late:
        raise Diagnosed(replace(_NOT_STOPPED, message=f"{_NOT_STOPPED.message} {late} minutes."))
    # How a server ends that is stopped is no failure.
    return Evidence()


def _despair(stack: Found, evidence: Evidence, over: bool) -> None:
    reason = diagnose(replace(evidence, stack_events=_events(stack) if over else ()))
    if reason or over:
        raise Diagnosed(reason or _unsaid(stack))


def _events(stack: Found) -> tuple[StackEvent, ...]:
    """What went wrong, as evidence: without the secrets that a reason may hold."""
    return tuple(StackEvent(*astuple(one)) for one in stack.trouble)


def _unsaid(stack: Found) -> Reason:
    """Return what there is when no event of the stack is a cause."""
    return explain_stack_reason(stack.trouble[0].reason) if stack.trouble else _UNSAID


def _is_there(servers: Servers, shape: Shape) -> bool:
    if shape.serving:
        return servers.healthy and servers.settled
    return servers.running == 0
