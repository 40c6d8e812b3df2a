"""Everything that can go wrong, as one small tree.

LisaError
├── Unreachable            no answer came: the network, TLS, a time limit
├── UnexpectedAnswer       an answer came, and not one of LISA's
├── NotConfigured          no address, or nothing to sign in with
├── SignInFailed           the identity provider said no
├── WaitFailed             what was waited for failed, or did not come in time
└── ApiError               LISA refused: `status`, `error`, `message`, `details`
    ├── InvalidRequest     400, 413, 422
    ├── NotSignedIn        401
    ├── NotAllowed         403
    ├── NotFound           404
    ├── Conflict           409
    ├── TooManyRequests    429
    └── ServerFailed       5xx
"""

from __future__ import annotations

from typing import Any


class LisaError(Exception):
    """Something went wrong. Its text says what, why, and what to do."""


class Unreachable(LisaError):
    """No answer came. `sent` is whether the request may have been received."""

    def __init__(self, message: str, sent: bool = True) -> None:
        """Take a sentence, and whether the other side may have acted upon the request."""
        super().__init__(message)
        self.sent = sent


class UnexpectedAnswer(LisaError):
    """An answer came that is not one of LISA's: another server, or a proxy in between."""


class NotConfigured(LisaError):
    """An address is missing, or something to sign in with."""


class SignInFailed(LisaError):
    """The identity provider did not let the person in."""


class WaitFailed(LisaError):
    """What was waited for failed, or did not come in time."""


class ApiError(LisaError):
    """LISA refused a request, or failed at it.

    `status` is HTTP's, `error` the name of the error, `details` what is wrong in which field (a
    list of dicts, empty if there are none), `request_id` what the server's log has it under.
    """

    def __init__(self, status: int, error: str, message: str, details: Any = None) -> None:
        """Take what the answer says."""
        super().__init__(message)
        self.status, self.error, self.message = status, error, message
        self.details: list[dict[str, Any]] = details if isinstance(details, list) else []
        self.request_id = ""

    def __str__(self) -> str:
        """Return the name, the sentences, and what is wrong in which field."""
        fields = [
            f"  {'.'.join(map(str, one.get('loc', ())))}: {one.get('msg', '')}"
            for one in self.details
            if isinstance(one, dict)
        ]
        return "\n".join([f"{self.error}: {self.message}", *fields])


class InvalidRequest(ApiError):
    """The request is wrong: mend it."""


class NotSignedIn(ApiError):
    """No credential, or one that has ended: sign in."""


class NotAllowed(ApiError):
    """The caller may not do this."""


class NotFound(ApiError):
    """There is no such thing, or it is not the caller's."""


class Conflict(ApiError):
    """It changed meanwhile, or something else holds it: look at it, and try again."""


class TooManyRequests(ApiError):
    """Too many at once: try again later."""


class ServerFailed(ApiError):
    """It is not the request's fault."""


_BY_STATUS: dict[int, type[ApiError]] = {
    401: NotSignedIn,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
}


def refusal(status: int, body: Any) -> ApiError:
    """Return the error that an answer tells: LISA's own, OpenAI's, or API Gateway's."""
    told = body if isinstance(body, dict) else {}
    error, message = told.get("error"), told.get("message")
    if isinstance(error, dict):  # OpenAI's
        told, message = error, error.get("message")
        error = error.get("code") or error.get("type")
    usual: type[ApiError] = ServerFailed if status >= 500 else InvalidRequest
    return _BY_STATUS.get(status, usual)(
        status,
        str(error or f"HTTP {status}"),
        str(message or "The answer does not say why."),
        told.get("details"),
    )
