"""Functions of this product called as AWS calls them."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import ConfigDict, TypeAdapter

ADMINISTRATORS, CURATORS = {"ada"}, {"cora"}


@dataclass
class Context:
    """What Lambda hands to a function beside the event."""

    function_name: str = "test-function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:test-function"
    aws_request_id: str = "request-1"


@dataclass(frozen=True)
class Reply:
    """An HTTP answer, its body decoded."""

    status: int
    body: Any
    headers: dict[str, str]


def invoke(function: str, event: object) -> Any:
    """Run a function, named `models.create_model`, with an event that has travelled as JSON."""
    app = import_module(f"functions.{function}.app")
    answer = json.loads(json.dumps(app.handler(json.loads(json.dumps(event)), Context())))
    if hasattr(app.handler, "contract") and answer["statusCode"] < 300:
        _answers(app.handler.contract.answer).validate_json(f"[{answer['body']}]")
    return answer


@cache
def _answers(kind: Any) -> TypeAdapter[Any]:
    """What reads a list of the answers that a route promises, and takes nothing that it does not.

    A list, since pydantic lets no one configure a TypedDict but from what holds it.
    """
    return TypeAdapter(list[kind], config=ConfigDict(extra="forbid", strict=True))


def call(function: str, *, body: object = None, user: str = "ada", **path: str) -> Reply:
    """Send a request as a user who was let in; `ada` is an administrator, `cora` a curator."""
    text = body if isinstance(body, str) else json.dumps(body)
    answer = invoke(function, request(text, authorized(user), **path))
    return Reply(answer["statusCode"], json.loads(answer["body"]), answer["headers"])


def authorized(user: str, exp: float = 0) -> dict[str, str]:
    """What the authorizer says of a user: flat strings, as API Gateway carries them."""
    admin = user in ADMINISTRATORS
    return {
        "sub": f"sub-{user}",
        "username": user,
        "groups": json.dumps(["administrators"] if admin else ["readers"]),
        "admin": "true" if admin else "false",
        "curator": "true" if user in CURATORS else "false",
        "exp": str(exp),
        "authType": "jwt",
    }


def request(body: str, authorizer: dict[str, str], **path: str) -> dict[str, Any]:
    """The event of API Gateway's proxy integration; `model_id` is the path's `{modelId}`."""
    return {
        "body": body,
        "isBase64Encoded": False,
        "headers": {"Content-Type": "application/json"},
        "pathParameters": {_camel(name): value for name, value in path.items()} or None,
        "requestContext": {"requestId": "request-1", "authorizer": authorizer},
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))
