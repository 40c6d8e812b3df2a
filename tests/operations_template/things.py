"""What the templates have that is watched one by one: tables, queues, workflows, functions."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.support.lambdas import Function, all_functions, identifier
from tests.support.routes import routes
from tests.support.state_machines import state_machines
from tests.support.templates import WORKFLOW, Json, paths, resource_behind, resources

QUEUE = "AWS::SQS::Queue"
TABLE = "AWS::DynamoDB::Table"
_DEPLOYMENT = "${DeploymentName}-"


def after_deployment(name: Json) -> str:
    """Return what comes in a name after the deployment's."""
    text: str = name["Fn::Sub"]
    assert text.startswith(_DEPLOYMENT), text
    return text.removeprefix(_DEPLOYMENT)


@cache
def things() -> Mapping[str, tuple[str, ...]]:
    """Return the names of everything of a kind, as `each` of a description means them."""
    dead = set(dead_letter_queues())
    return {
        "table": _named(TABLE, "TableName"),
        "workflow": _named(WORKFLOW, "Name"),
        "dead-letter": tuple(sorted(dead)),
        "backlog": tuple(name for name in _named(QUEUE, "QueueName") if name not in dead),
        "function": tuple(sorted(one.name for one in all_functions())),
        "stream": tuple(sorted(one.name for one in all_functions() if _sources(one, "DynamoDB"))),
        "asked": tuple(sorted(one.name for one in asked_functions())),
    }


def asked_functions() -> Iterator[Function]:
    """Yield the functions of which no queue, workflow or route tells when they break."""
    routed = {identifier(route.function) for route in routes()}
    steps = {identifier(task[2]) for machine in state_machines() for task in machine.tasks()}
    for function in all_functions():
        if not function.properties.get("Events") and identifier(function) not in routed | steps:
            yield function


def dead_letter_queues() -> Iterator[str]:
    """Yield the names of the queues in which ends what nothing could handle."""
    for path in paths():
        yield from _behind_queues(path)
        for rule in resources(path, "AWS::Events::Rule").values():
            for target in rule["Targets"]:
                yield _queue(path, target["DeadLetterConfig"]["Arn"])
    for function in all_functions():
        for stream in _sources(function, "DynamoDB"):
            yield _queue(function.template, stream["DestinationConfig"]["OnFailure"]["Destination"])
        if "DeadLetterQueue" in function.properties:
            yield _queue(function.template, function.properties["DeadLetterQueue"]["TargetArn"])


def _behind_queues(path: Path) -> Iterator[str]:
    for queue in resources(path, QUEUE).values():
        if "RedrivePolicy" in queue:
            yield _queue(path, queue["RedrivePolicy"]["deadLetterTargetArn"])


def _sources(function: Function, kind: str) -> list[Json]:
    declared = function.properties.get("Events", {}).values()
    return [event["Properties"] for event in declared if event["Type"] == kind]


def _queue(path: Path, value: Json) -> str:
    found = resource_behind(path, value)
    assert found is not None, value
    return after_deployment(found[1]["Properties"]["QueueName"])


def _named(kind: str, key: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            after_deployment(one[key]) for path in paths() for one in resources(path, kind).values()
        )
    )
