"""An answer that ends a request, in the words of OpenAI's clients or of Anthropic's. Pure."""

from dataclasses import dataclass
from typing import Literal

# Whose clients are to understand the refusal.
type Dialect = Literal["openai", "anthropic"]

REQUEST = "invalid_request_error"
SERVER = "server_error"
# Anthropic's types (docs.anthropic.com, "Errors"); others go by their class.
ANTHROPIC_TYPES = {
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    408: "timeout_error",
    413: "request_too_large",
    429: "rate_limit_error",
    503: "overloaded_error",
    504: "timeout_error",
    529: "overloaded_error",
}


@dataclass(eq=False)
class Refusal(Exception):
    """An answer that ends a request. `kind` is OpenAI's `type`.

    `retry_after` is what a provider said in its header of that name; `allow` goes with a 405.
    """

    status: int
    code: str
    message: str
    param: str | None = None
    kind: str = REQUEST
    retry_after: str = ""
    allow: str = ""

    def body(self, dialect: Dialect = "openai", request_id: str = "") -> dict[str, object]:
        if dialect == "anthropic":
            told = {"type": anthropic_type(self.status), "message": self.message}
            return {"type": "error", "error": told, "request_id": request_id or None}
        error = {
            "message": self.message,
            "type": self.kind,
            "param": self.param,
            "code": self.code,
        }
        return {"error": error}


def anthropic_type(status: int) -> str:
    return ANTHROPIC_TYPES.get(status) or (REQUEST if status < 500 else "api_error")
