"""An AWS service answered by a test, request by request, at the edge of the service's client."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from kernel.observability import client

type Json = dict[str, Any]
type Answer = Callable[[str, Json], Json]


class Refused(Exception):
    """What AWS answers instead of a result: an error's code and its message."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message)
        self.code, self.message = code, message


@contextmanager
def answered(service: str, answer: Answer) -> Iterator[None]:
    """Give `answer` each operation and its parameters; it returns the result, or is Refused."""
    asked: list[Json] = []
    events = client(service).meta.events

    def note(params: Json, **_: object) -> None:
        asked.append(params)

    def reply(model: Any, **_: object) -> tuple[AWSResponse, Json]:
        try:
            result, status = answer(model.name, asked[-1]), 200
        except Refused as refused:
            error = {"Code": refused.code, "Message": refused.message}
            result, status = {"Error": error}, 400
        meta = {"HTTPStatusCode": status, "HTTPHeaders": {}, "RetryAttempts": 0}
        return AWSResponse("", status, HTTPHeaders(), None), result | {"ResponseMetadata": meta}

    events.register("before-parameter-build", note)
    events.register("before-call", reply)
    try:
        yield
    finally:
        events.unregister("before-parameter-build", note)
        events.unregister("before-call", reply)
