"""Whether a model comes up, and why not: told from what CloudFormation and ECS say. Pure."""

import json
from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from models.errors import Failure, ImageUnavailable, ServerDied, StackFailed, StartTimedOut
from models.model import FailureReason, Model
from models.ports import Servers, Stack, StoppedTask

# One death may be bad luck (a spot instance, a killed process); two in a row are a cause.
DEATHS = 2
_PULL_ERRORS = ("CannotPullContainerError", "CannotPullImageManifestError", "CannotPull")


class Watched(BaseModel):
    """What a look at the model's servers found; seconds until the next look is worth it."""

    ready: bool
    api_base: str | None
    wait_seconds: int


def watched(model: Model, stack: Stack, servers: Servers, at: datetime, patience: int) -> Watched:
    """Return how far the model is, or raise why it will not come up.

    `patience` is in minutes from the request. Looks are close together at first, for a
    laptop and for bad images, and far apart for weights of a hundred gigabytes.
    """
    # ECS knows the cause; CloudFormation only knows that the service did not settle.
    failure = failure_of(servers)
    if failure is None and stack.failure:
        failure = StackFailed(f"CloudFormation could not make the stack: {stack.failure}")
    age = at - model.created_at
    if failure is None and age > timedelta(minutes=patience):
        failure = StartTimedOut(f"The server was not healthy after {patience} minutes.")
    if failure is not None:
        raise failure
    endpoint = stack.outputs.get("Endpoint")
    return Watched(
        ready=servers.healthy and endpoint is not None,
        api_base=f"{endpoint}/v1" if endpoint else None,
        wait_seconds=pause(age),
    )


def pause(age: timedelta) -> int:
    """Return the seconds until the next look at something that is `age` old."""
    return 1 if age < timedelta(minutes=1) else 5 if age < timedelta(minutes=10) else 15


def failure_of(servers: Servers) -> Failure | None:
    """Return why the servers will not come up, None while they still may."""
    for task in servers.stopped:
        if task.reason.startswith(_PULL_ERRORS):
            return ImageUnavailable(task.reason.partition(":")[2].strip() or task.reason)
    deaths = [task for task in servers.stopped if task.exit_code is not None]
    if len(deaths) >= DEATHS:
        return ServerDied(_obituary(deaths[-1]))
    if servers.given_up:
        return ServerDied(f"ECS gave the service up: {servers.given_up}")
    return None


class Caught(BaseModel):
    """An error as Step Functions hands it to a Catch."""

    error: str = Field(alias="Error")
    cause: str = Field(alias="Cause", default="")

    @property
    def message(self) -> str:
        """Return what the function said; a platform error's cause is no JSON and says nothing."""
        try:
            return str(json.loads(self.cause)["errorMessage"])
        except (ValueError, TypeError, KeyError):
            return ""


def reason_of(error: str, cause: str, known: dict[str, type[Failure]]) -> FailureReason:
    """Return a workflow's error as a person should read it.

    `error` is the error's name, `cause` the message of the exception; a Failure's last
    line is its fix. Names we do not know come from the platform.
    """
    if error in known:
        # A server's own words may have many lines; a fix has one.
        message, _, fix = cause.rpartition("\n")
        return FailureReason(code=error, message=message, fix=fix)
    return FailureReason(
        code="InternalError",
        message=f"A step of the workflow failed: {error}.",
        fix="Delete the model and create it again; if it persists, look for the execution "
        "of this model in Step Functions and at the log of the step that failed.",
    )


def _obituary(task: StoppedTask) -> str:
    words = f" Its last words: {task.last_words}" if task.last_words else ""
    return f"The inference server ended with exit code {task.exit_code}.{words}"
