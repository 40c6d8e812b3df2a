"""What a permission is checked against, where ministack fills it in unlike AWS.

Symptoms: a policy that allows `events:PutEvents` for one `events:source` denies every call; on AWS
the key holds the source of the entries, so that a service can speak only for itself. The same with
`ecs:cluster`, the only way to narrow what may be listed. A policy for services and tasks denies
describing them: ministack asks for the cluster; for describing a bus it asks for a rule of that
name. A policy that allows `sqs:SendMessage` denies to send several at once, which on AWS needs no
permission of its own. A bucket that refuses what is not encrypted in transit refuses everything:
the emulator speaks plain HTTP, but only on this machine's loopback.
"""

import json
from collections.abc import Callable
from typing import Any

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region

Request = dict[str, Any]

_known_action = iam_actions.extract_iam_action
_known_context = iam_actions.request_tag_context
_known_resource = iam_actions.extract_resource_arn


def event_sources(request: Request) -> dict[str, Any]:
    """Return the condition key of a PutEvents call; nothing if an entry names no source."""
    entries = request.get("Entries") or []
    sources = sorted({str(entry.get("Source")) for entry in entries})
    return {"events:source": sources[0] if len(sources) == 1 else sources}


def cluster(request: Request) -> dict[str, Any]:
    """Return the condition key of an ECS call; nothing for one that names no cluster."""
    name = str(request.get("cluster") or "default")
    return {"ecs:cluster": name if ":" in name else _ecs_arn(f"cluster/{name}")}


def described(request: Request) -> str | None:
    """Return the service or task that an ECS call describes; the first, of several."""
    cluster_name = str(request.get("cluster") or "default").rpartition("/")[2]
    for kind, names in (("service", request.get("services")), ("task", request.get("tasks"))):
        if names:
            name = str(names[0])
            return name if ":" in name else _ecs_arn(f"{kind}/{cluster_name}/{name}")
    return None


CONDITIONS: dict[str, Callable[[Request], dict[str, Any]]] = {
    "events:PutEvents": event_sources,
    "ecs:ListTasks": cluster,
}
DESCRIBING = ("DescribeServices", "DescribeTasks")


def _ecs_arn(resource: str) -> str:
    return f"arn:aws:ecs:{get_region()}:{get_account_id()}:{resource}"


def _parsed(body: bytes) -> Request:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _action(service: str, *request: Any) -> str | None:
    action: str | None = _known_action(service, *request)
    return action.removesuffix("Batch") if action and service == "sqs" else action


def _context(service: str, action: str, body: bytes, parameters: Any) -> dict[str, Any]:
    known: dict[str, Any] = _known_context(service, action, body, parameters)
    return known | CONDITIONS[action](_parsed(body)) if action in CONDITIONS else known


def _resource(service: str, method: str, path: str, headers: Any, body: bytes, *rest: Any) -> str:
    if service == "ecs" and str(headers.get("x-amz-target", "")).endswith(DESCRIBING):
        arn = described(_parsed(body))
        if arn:
            return arn
    if service == "events" and str(headers.get("x-amz-target", "")).endswith("DescribeEventBus"):
        bus = str(_parsed(body).get("Name", "default")).rpartition("/")[2]
        return f"arn:aws:events:{get_region()}:{get_account_id()}:event-bus/{bus}"
    return str(_known_resource(service, method, path, headers, body, *rest))


def _pin_origin(source_ip: str, secure_transport: bool) -> None:
    local = source_ip == "127.0.0.1"
    iam_evaluator.pin_request_origin(source_ip, secure_transport or local)


def apply() -> None:
    """Let the evaluator see what a call carries, what it is about, and how it came."""
    iam_actions.extract_iam_action = _action
    iam_actions.request_tag_context = _context
    iam_actions.extract_resource_arn = _resource
    app.pin_request_origin = _pin_origin
