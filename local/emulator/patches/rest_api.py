"""REST APIs from an OpenAPI body: every verb, CORS answers, and an id that survives an update.

Symptoms: a path's `x-amazon-apigateway-any-method` is ignored (403 `Missing Authentication
Token`), a SAM `Cors:` preflight carries no Access-Control header, and any changed route gives the
API a new id and URL. On AWS all methods and responses are imported and the API keeps its id.
"""

from typing import Any

from ministack.services import apigateway_v1 as gateway
from ministack.services.cloudformation import provisioners

Spec = dict[str, Any]

ANY_METHOD = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
KEPT_INTEGRATION_FIELDS = (
    "requestTemplates",
    "requestParameters",
    "passthroughBehavior",
    "credentials",
    "timeoutInMillis",
    "contentHandling",
    "connectionType",
    "connectionId",
)

_import_path_item = gateway._import_path_item
_import_operation = gateway._import_operation
_rest_api = provisioners._RESOURCE_HANDLERS["AWS::ApiGateway::RestApi"]
_update_rest_api = _rest_api["update"]


def _import_path_with_any(
    api_id: str, path: str, item: Spec, schemes: Spec | None = None, security: Any = None
) -> None:
    verbs = {verb: operation for verb, operation in item.items() if verb != ANY_METHOD}
    _import_path_item(api_id, path, verbs, schemes, security)
    if ANY_METHOD in item:
        resources = gateway._resources[api_id].items()
        resource_id = next(key for key, resource in resources if resource.get("path") == path)
        gateway._import_operation(api_id, resource_id, "ANY", item[ANY_METHOD], schemes, security)


def _import_whole_operation(
    api_id: str, resource_id: str, verb: str, operation: Spec | None, *security: Any
) -> None:
    _import_operation(api_id, resource_id, verb, operation, *security)
    method = gateway._resources[api_id][resource_id]["resourceMethods"][verb]
    if not operation or not method.get("methodIntegration"):
        return
    integration: Spec = operation.get(INTEGRATION) or {}
    for field in KEPT_INTEGRATION_FIELDS:
        if integration.get(field) is not None:
            method["methodIntegration"][field] = integration[field]
    _import_responses(api_id, resource_id, verb, operation)


def _import_responses(api_id: str, resource_id: str, verb: str, operation: Spec) -> None:
    for code, response in (operation.get("responses") or {}).items():
        headers = {f"method.response.header.{name}": True for name in response.get("headers") or {}}
        gateway._put_method_response(
            api_id, resource_id, verb, str(code), {"responseParameters": headers}
        )
    for pattern, response in (operation[INTEGRATION].get("responses") or {}).items():
        settings = {
            "selectionPattern": "" if pattern == "default" else pattern,
            "responseParameters": response.get("responseParameters", {}),
            "responseTemplates": response.get("responseTemplates", {}),
        }
        status = str(response.get("statusCode"))
        gateway._put_integration_response(api_id, resource_id, verb, status, settings)


def _reimport(api_id: str, body: Spec) -> None:
    """Import under a scratch id and swap, so that no request meets a half-imported API."""
    scratch = f"{api_id}-import"
    root = next(res for res in gateway._resources[api_id].values() if res.get("path") == "/")
    gateway._resources[scratch] = {root["id"]: {**root, "resourceMethods": {}}}
    gateway._authorizers_v1[scratch] = {}
    gateway._rest_apis[scratch] = gateway._rest_apis[api_id]
    try:
        schemes = gateway._import_security_schemes(scratch, body)
        for path, item in (body.get("paths") or {}).items():
            gateway._import_path_item(scratch, path, item, schemes, body.get("security"))
    finally:
        gateway._rest_apis.pop(scratch)
        resources = gateway._resources.pop(scratch)
        authorizers = gateway._authorizers_v1.pop(scratch)
    gateway._authorizers_v1[api_id] = authorizers
    gateway._resources[api_id] = resources


def _update_in_place(
    api_id: str, old: Spec, new: Spec, stack: str, logical_id: str | None = None
) -> Any:
    body = new.get("Body")
    if isinstance(body, dict) and body != old.get("Body") and api_id in gateway._resources:
        _reimport(api_id, body)
        old = {**old, "Body": body}
    return _update_rest_api(api_id, old, new, stack, logical_id)


def apply() -> None:
    """Replace the importer's two steps and the update of the resource type."""
    gateway._import_path_item = _import_path_with_any
    gateway._import_operation = _import_whole_operation
    _rest_api["update"] = _update_in_place
