"""One finished request, as usage, metrics and traces are told of it. Pure."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tokens:
    """Counts as the upstream reported them; None where it reported none.

    `cached` are those of `prompt` that the upstream had in its cache. `prompt` includes them.
    """

    prompt: int | None = None
    completion: int | None = None
    cached: int | None = None


@dataclass(slots=True)
class Record:
    """Who asked which model for what, and what it took. Never a word of prompt or answer.

    `at` is in Unix seconds, when the request came; `milliseconds` until its answer ended;
    `first_token` until the first byte of a streamed answer, None if there was none. `served` is
    the model that answered: `model`, or one of its fallbacks; empty if none did. `passages` of a
    repository were in its prompt; None where no repository was asked.
    """

    request_id: str
    at: float
    user: str
    token_id: str
    groups: frozenset[str]
    model: str
    served: str
    operation: str
    status: int
    streamed: bool
    milliseconds: float
    first_token: float | None
    tokens: Tokens
    passages: int | None = None
