"""HTTP behind API Gateway: a handler receives typed input and returns a model; the rest is here."""

import inspect
import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic import ValidationError as Unreadable

from kernel.clock import now
from kernel.faults import (
    Fault,
    ForbiddenError,
    InternalError,
    InvalidInputError,
    UnauthenticatedError,
    ValidationError,
)
from kernel.observability import Event, logger, observed
from kernel.settings import Environment

type Role = Literal["user", "curator", "admin"]
type Response = dict[str, Any]

MAX_BODY = 1_000_000
_CALLED: dict[Role, str] = {"curator": "a curator", "admin": "an administrator"}


@dataclass(frozen=True)
class Caller:
    """Who asks, as the authorizer vouched: never read from anything that the client sends.

    `signed_in` tells a person at the identity provider from whoever holds an API token. A `curator`
    keeps what others may only read.
    """

    subject: str
    username: str
    groups: tuple[str, ...]
    admin: bool
    signed_in: bool
    curator: bool = False

    def may(self, role: Role) -> bool:
        """Return whether the caller has a role: administrators have every one."""
        return self.admin or role == "user" or (role == "curator" and self.curator)


@dataclass(frozen=True)
class Contract:
    """What a route promises: read by the tests and by the OpenAPI generator.

    `answer` is what its function is annotated to return: a model, a TypedDict, or a list of them;
    `most_bytes` is how large a body may be.
    """

    role: Role
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    status: int
    path_parameters: frozenset[str]
    answer: Any
    most_bytes: int = MAX_BODY


class HttpSettings(Environment):
    """The environment of every HTTP function."""

    allowed_origin: str = ""


def api(
    *,
    role: Role,
    body: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
    status: int = 200,
    most_bytes: int = MAX_BODY,
) -> Callable[[Callable[..., Any]], Callable[[Event, Any], Response]]:
    """Make a function the handler of one route.

    The function receives, by parameter name: `command` (the parsed `body`), `query` (the parsed
    query string), `caller`, and path parameters (`model_id` is `{modelId}`). It returns a model,
    a dict or a list, both of which may hold models, or raises a Fault.
    """

    def decorate(function: Callable[..., Any]) -> Callable[[Event, Any], Response]:
        wanted, in_path, answers = _signature(function)
        contract = Contract(role, body, query, status, in_path, answers, most_bytes)

        def answer(event: Event) -> Response:
            given = _given(event, contract)
            return _respond(status, _document(function(**{name: given[name] for name in wanted})))

        def handler(event: Event, context: Any) -> Response:
            logger.set_correlation_id(_request_id(event))
            try:
                return answer(event)
            except Fault as fault:
                return _refuse(fault)
            except Exception:  # noqa: BLE001
                # The boundary: whatever broke is logged with its trace, and never shown.
                logger.exception("unhandled failure")
                return _refuse(InternalError(f"Request {_request_id(event)} failed inside LISA."))

        entry = observed(handler)
        entry.contract = contract  # type: ignore[attr-defined]
        return entry

    return decorate


def _signature(function: Callable[..., Any]) -> tuple[tuple[str, ...], frozenset[str], Any]:
    """What a function wants, which of it is in the path, and what it answers."""
    signature = inspect.signature(function)
    wanted = tuple(signature.parameters)
    return wanted, frozenset(wanted) - {"caller", "command", "query"}, signature.return_annotation


def _given(event: Event, contract: Contract) -> dict[str, Any]:
    """What a function may receive, by parameter name; the caller is judged before all else."""
    given: dict[str, Any] = {"caller": _authorized(event, contract.role)}
    if contract.body is not None:
        given["command"] = _parsed(event, contract.body, contract.most_bytes)
    if contract.query is not None:
        asked = event.get("queryStringParameters") or {}
        given["query"] = _valid(contract.query.model_validate, asked)
    return given | _path_parameters(event)


def _authorized(event: Event, role: Role) -> Caller:
    """Return the caller, or refuse: no context, an expired one, or the wrong role."""
    context = (event.get("requestContext") or {}).get("authorizer") or {}
    if not context.get("sub"):
        raise UnauthenticatedError("The request carries no identity.")
    # API Gateway caches the authorizer's verdict, and the cache knows nothing of expiry.
    if 0 < float(context.get("exp") or 0) <= now().timestamp():
        raise UnauthenticatedError("The credentials have expired.")
    caller = Caller(
        subject=str(context["sub"]),
        username=str(context.get("username") or context["sub"]),
        groups=tuple(json.loads(context.get("groups") or "[]")),
        admin=str(context.get("admin")).lower() == "true",
        signed_in=context.get("authType") == "jwt",
        curator=str(context.get("curator")).lower() == "true",
    )
    if not caller.may(role):
        raise ForbiddenError(f"This needs the role of {_CALLED[role]}, which you do not have.")
    return caller


def _parsed(event: Event, model: type[BaseModel], most_bytes: int) -> BaseModel:
    raw = event.get("body") or ""
    try:
        text = b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
        if len(text) > most_bytes:
            raise InvalidInputError(f"The body is larger than {most_bytes:,} bytes.")
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInputError("The body is not JSON.") from None
    if not isinstance(document, dict):
        raise InvalidInputError("The body is not a JSON object.")
    return _valid(model.model_validate_json, text)


def _valid(read: Callable[[Any], BaseModel], given: object) -> BaseModel:
    try:
        return read(given)
    except Unreadable as reasons:
        raise ValidationError.of(reasons) from None


def _path_parameters(event: Event) -> dict[str, str]:
    given: Mapping[str, str] = event.get("pathParameters") or {}
    return {_snake(name): value for name, value in given.items()}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _document(reply: BaseModel | dict[str, Any] | list[Any]) -> str:
    if isinstance(reply, BaseModel):
        return reply.model_dump_json(by_alias=True)
    return json.dumps(reply, default=_plain)


def _plain(part: BaseModel) -> Any:
    return part.model_dump(mode="json", by_alias=True)


def _refuse(fault: Fault) -> Response:
    logger.info("refused", error=type(fault).__name__, status=fault.status)
    message = f"{fault.message} {fault.fix}".strip()
    body: dict[str, Any] = {"error": type(fault).__name__, "message": message}
    if isinstance(fault, ValidationError):
        body["details"] = fault.details
    return _respond(fault.status, json.dumps(body))


def _respond(status: int, document: str) -> Response:
    return {"statusCode": status, "headers": _headers(), "body": document}


@cache
def _headers() -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    origin = HttpSettings.load().allowed_origin
    return (
        headers | {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if origin else headers
    )


def _request_id(event: Event) -> str:
    return str((event.get("requestContext") or {}).get("requestId") or "unknown")
