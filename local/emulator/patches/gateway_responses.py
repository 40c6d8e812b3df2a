"""A REST API's own words for the answers that API Gateway gives by itself.

Symptom: a call without credentials gets `{"message":"Unauthorized"}` whatever the template says.
ministack has gateway responses, but does not import them from an API's OpenAPI body as AWS does.
"""

from collections.abc import Callable
from typing import Any

from ministack.services import apigateway_v1 as gateway
from ministack.services.cloudformation import provisioners

KEY = "x-amazon-apigateway-gateway-responses"


def import_responses(api_id: str, body: Any) -> None:
    """Put the gateway responses of an OpenAPI body, and nothing else, at an API."""
    described = body.get(KEY) if isinstance(body, dict) else None
    gateway._gateway_responses[api_id] = {}
    for response_type, response in (described or {}).items():
        gateway._put_gateway_response(api_id, response_type, response)


def _importing(provision: Callable[..., Any], properties_at: int) -> Callable[..., Any]:
    def provisioned(*given: Any, **named: Any) -> Any:
        api_id, attributes = provision(*given, **named)
        import_responses(api_id, given[properties_at].get("Body"))
        return api_id, attributes

    return provisioned


def apply() -> None:
    """Import with every creation (logical id, properties, ...) and update (id, old, new, ...)."""
    rest_api = provisioners._RESOURCE_HANDLERS["AWS::ApiGateway::RestApi"]
    rest_api["create"] = _importing(rest_api["create"], properties_at=1)
    rest_api["update"] = _importing(rest_api["update"], properties_at=2)
