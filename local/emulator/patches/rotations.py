"""Secrets are rotated by their function, as Secrets Manager does when it is asked to.

Symptoms: `RotateSecret` copies the current text into a new version and asks nobody, and a rotation
schedule of a template is refused. On AWS the function is asked step by step, and the secret changes
when the last one is done. Nothing rotates by itself here: no machine that runs for a day needs it.
"""

import contextvars
import json
import threading
import uuid
from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import lambda_svc, secretsmanager
from ministack.services.cloudformation import provisioners

Values = dict[str, Any]

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
SCHEDULE = "AWS::SecretsManager::RotationSchedule"


def _schedule(secret: Values, properties: Values) -> None:
    secret["RotationLambdaARN"] = properties["RotationLambdaARN"]
    secret["RotationRules"] = properties.get("RotationRules", {})
    secret["RotationEnabled"] = True


def _create(logical_id: str, properties: Values, stack: str) -> tuple[str, Values]:
    _, secret = secretsmanager._resolve(properties["SecretId"])
    if secret is None:
        raise ValueError("Secrets Manager can't find the specified secret.")
    _schedule(secret, properties)
    return str(secret["ARN"]), {}


def _update(physical_id: str, old: Values, new: Values, stack: str) -> tuple[str, Values]:
    return _create("", new, stack)


def _delete(physical_id: str, properties: Values) -> None:
    _, secret = secretsmanager._resolve(physical_id)
    if secret is not None:
        secret["RotationEnabled"] = False


def _rotate(data: Values) -> Any:
    """Answer at once, and have the function asked in a thread."""
    _, secret = secretsmanager._resolve(data.get("SecretId"))
    if secret is None or secret.get("DeletedDate"):
        sentence = "Secrets Manager can't find the specified secret."
        return error_response_json("ResourceNotFoundException", sentence, 400)
    _schedule(secret, {**secret, **data})
    if not secret["RotationLambdaARN"]:
        sentence = "No Lambda rotation function ARN is associated with this secret."
        return error_response_json("InvalidRequestException", sentence, 400)
    version = data.get("ClientRequestToken") or str(uuid.uuid4())
    asks = contextvars.copy_context().run
    threading.Thread(target=asks, args=(_ask, secret, version), daemon=True).start()
    names = {"ARN": secret["ARN"], "Name": secret["Name"]}
    return json_response({**names, "VersionId": version})


def _ask(secret: Values, version: str) -> None:
    function, config, name = lambda_svc._get_func_record_for_ref(secret["RotationLambdaARN"])
    for step in STEPS:
        event = {"SecretId": secret["ARN"], "ClientRequestToken": version, "Step": step}
        record = lambda_svc._execution_record_for_config(function, config)
        result = lambda_svc._execute_function_with_config_scope(record, event)
        if result.get("error"):
            why = json.dumps(result.get("body"), default=str)
            secretsmanager.logger.error("%s of %s by %s: %s", step, secret["ARN"], name, why)
            return
    secretsmanager._remove_stage(secret, version, "AWSPENDING")


def apply() -> None:
    """Replace the action, and take schedules."""
    secretsmanager._rotate_secret = _rotate
    provisioners._RESOURCE_HANDLERS[SCHEDULE] = {
        "create": _create,
        "update": _update,
        "delete": _delete,
    }
