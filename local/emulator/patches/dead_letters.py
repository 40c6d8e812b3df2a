"""Functions get an event three times, then leave it in their dead-letter queue.

Symptoms: a function that fails at an event of a bus is not asked again. `DeadLetterConfig` of a
function in a template is dropped, so what it fails at is lost; if it is set by the API, the message
has the form of an OnFailure destination. On AWS the message is the event itself, and attributes
tell the request and the error, but not the function.
"""

import json
from typing import Any

from ministack.services import eventbridge, lambda_svc, sqs
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Provisioned = tuple[str, dict[str, Any]]

_function = provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]
_create, _update = _function["create"], _function["update"]
_route = lambda_svc._route_async_failure
# As much of an error as fits an attribute.
LONGEST = 1024


def _configure(name: str, properties: Properties) -> None:
    config = lambda_svc._functions[name]["config"]
    wanted = properties.get("DeadLetterConfig")
    if wanted:
        config["DeadLetterConfig"] = wanted
    else:
        config.pop("DeadLetterConfig", None)


def _created(logical_id: str, properties: Properties, stack: str) -> Provisioned:
    name, attributes = _create(logical_id, properties, stack)
    _configure(name, properties)
    return name, attributes


def _updated(
    name: str, old: Properties, new: Properties, stack: str, logical_id: str | None = None
) -> Provisioned:
    name, attributes = _update(name, old, new, stack, logical_id)
    _configure(name, new)
    return name, attributes


def _routed(target: str, function: str, event: Any, result: dict[str, Any]) -> None:
    config = lambda_svc._functions.get(function, {}).get("config", {})
    queue = sqs._queue_by_arn(target)
    if config.get("DeadLetterConfig", {}).get("TargetArn") != target or queue is None:
        _route(target, function, event, result)
        return
    body = result.get("body")
    message = body.get("errorMessage", "") if isinstance(body, dict) else str(body)
    told = {"RequestID": lambda_svc.new_uuid(), "ErrorCode": "200", "ErrorMessage": message}
    attributes = {
        name: {"DataType": "String", "StringValue": text[:LONGEST] or "unknown"}
        for name, text in told.items()
    }
    given = {"MessageBody": json.dumps(event), "MessageAttributes": attributes}
    sqs._act_send_message(given, queue["url"])


def _dispatched(arn: str, payload: str) -> None:
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if function and config:
        record = lambda_svc._execution_record_for_config(function, config)
        lambda_svc.invoke_async_with_retry(record, json.loads(payload))


def apply() -> None:
    """Ask again, keep the setting of templates, and write what AWS writes."""
    eventbridge._dispatch_to_lambda = _dispatched
    _function.update(create=_created, update=_updated)
    lambda_svc._route_async_failure = _routed
