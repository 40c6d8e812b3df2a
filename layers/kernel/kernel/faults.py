"""What can go wrong, as one small tree: a class says its kind, one table gives its status."""

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic_core import to_json

if TYPE_CHECKING:
    import pydantic

type Kind = Literal[
    "invalid",
    "unauthenticated",
    "forbidden",
    "missing",
    "exists",
    "conflict",
    "unprocessable",
    "too_many",
    "failure",
]

# `exists` is 400, not 409: the documents of LISA v3 say so, and clients rely on it.
STATUS: dict[Kind, int] = {
    "invalid": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "missing": 404,
    "exists": 400,
    "conflict": 409,
    "unprocessable": 422,
    "too_many": 429,
    "failure": 500,
}


class Fault(Exception):
    """A failure that a person will read: what happened and why, then what to do about it.

    The class name travels as `error` in HTTP bodies and as `Error` in workflows, so
    renaming a class changes a published name.
    """

    kind: ClassVar[Kind] = "failure"
    fix: str = "Try again; if it persists, give the request id to your administrator."

    def __init__(self, message: str, fix: str | None = None) -> None:
        self.message = message
        if fix is not None:
            self.fix = fix
        # Lambda hands str(error) to Step Functions as the cause: both halves must be in it.
        super().__init__(f"{message}\n{self.fix}" if self.fix else message)

    @property
    def status(self) -> int:
        """Return the HTTP status of this fault's kind."""
        return STATUS[self.kind]


class Reasoned[Reason](Fault):
    """A person must mend something, and a retry cannot: `reason` says what, in a service's words.

    Its text is the reason as JSON, since a Fault's text is all that Step Functions carries.
    """

    kind = "unprocessable"

    def __init__(self, reason: Reason) -> None:
        super().__init__(to_json(reason).decode(), fix="")
        self.reason = reason


class InvalidInputError(Fault):
    """The request cannot be read at all."""

    kind = "invalid"
    fix = ""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The input provided is invalid. Please check the required fields and formats. " + why
        )


class ValidationError(Fault):
    """The request was read, and its fields break the rules; `details` lists them."""

    kind = "unprocessable"
    fix = ""

    def __init__(self, details: list[dict[str, str]]) -> None:
        super().__init__("The input provided does not meet the required validation criteria.")
        self.details = details

    @classmethod
    def of(cls, reasons: "pydantic.ValidationError") -> Self:
        """Say what is wrong field by field, without repeating the input: it may hold secrets."""
        found = reasons.errors(include_url=False, include_context=False, include_input=False)
        return cls(
            [
                {"field": ".".join(map(str, error["loc"])), "message": error["msg"][:300]}
                for error in found[:20]
            ]
        )


class UnauthenticatedError(Fault):
    """Nobody vouches for the caller."""

    kind = "unauthenticated"
    fix = "Sign in again and repeat the request."


class ForbiddenError(Fault):
    """The caller is known and may not do this."""

    kind = "forbidden"
    fix = "Ask an administrator for the role."


class InternalError(Fault):
    """Something broke that the caller could not have prevented."""

    fix = "Try again; if it persists, give the request id to your administrator."
