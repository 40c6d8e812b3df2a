"""The functions of sessions as API Gateway calls them, for one user unless another is named."""

import json
from typing import Any

from tests.support.calling import Reply, authorized, call, invoke, request
from tests.support.session_world import SESSION_ID

USER = "bob"


def ask(function: str, body: object = None, user: str = USER, **path: str) -> Reply:
    return call(f"sessions.{function}", body=body, user=user, **path)


def listed(function: str = "list_sessions", user: str = USER, **asked: Any) -> Reply:
    path = {"session_id": SESSION_ID} if function == "list_messages" else {}
    event = request("", authorized(user), **path)
    event["queryStringParameters"] = {name: str(value) for name, value in asked.items()} or None
    reply = invoke(f"sessions.{function}", event)
    return Reply(reply["statusCode"], json.loads(reply["body"]), reply["headers"])


def add(*messages: dict[str, Any], session_id: str = SESSION_ID, **more: Any) -> Reply:
    body = {"messages": messages, **more}
    return ask("add_messages", body, session_id=session_id)


def contents(function: str = "list_messages", **asked: Any) -> list[str]:
    return [one["content"] for one in listed(function, **asked).body["messages"]]


def ids(reply: Reply) -> list[str]:
    return [one["sessionId"] for one in reply.body["sessions"]]
