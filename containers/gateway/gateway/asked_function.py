"""A function of another service, such as the one that searches repositories.

Blocking, so only the desk asks it.
"""

import json
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.log import say
from gateway.registry import outage
from gateway.unavailable import Unavailable

# The function itself ends after ten seconds; what is above that is the way there.
SECONDS = 12
AT_ONCE = 32
LONGEST_REPLY = 1024 * 1024
PATIENT = Config(
    connect_timeout=1,
    read_timeout=SECONDS,
    # Whoever waited that long is not made to wait as long again.
    retries={"total_max_attempts": 1},
    max_pool_connections=AT_ONCE,
)
NOT_DEPLOYED = {"error": "NotDeployed"}

type Json = dict[str, Any]


class AskedFunction:
    """`name` is the function's, empty where it is not deployed; `what` it does, in a word."""

    def __init__(self, name: str, what: str, client: Any = None) -> None:
        self._name = name
        self._what = what
        self._client = client or (boto3.client("lambda", config=PATIENT) if name else None)

    def ask(self, question: Json) -> Json:
        """Its reply, or `{"error", "message", "status"}`. Raises Unavailable for what may pass."""
        if self._client is None:
            return NOT_DEPLOYED
        try:
            answer = self._client.invoke(FunctionName=self._name, Payload=json.dumps(question))
            body = answer["Payload"].read(LONGEST_REPLY + 1)
        except self._client.exceptions.ResourceNotFoundException:
            return NOT_DEPLOYED
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None
        if len(body) > LONGEST_REPLY:
            return self._broken("ReplyTooLong")
        return self._reply(body, failed="FunctionError" in answer)

    def _reply(self, body: bytes, failed: bool) -> Json:
        try:
            reply = json.loads(body)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            return self._broken("NoReply")
        if not failed:
            return reply
        # Its message may repeat what was asked: the function's own log has it.
        cause = str(reply.get("errorType") or "Timeout")
        if cause in ("Timeout", "Sandbox.Timedout"):
            raise Unavailable("Timeout")
        return self._broken(cause)

    def _broken(self, cause: str) -> Json:
        say(f"{self._what} broke", cause=cause[:100], fix=f"See the log of {self._name}.")
        return {
            "error": cause[:100],
            "message": f"The {self._what} broke off; its log says why.",
            "status": 500,
        }
