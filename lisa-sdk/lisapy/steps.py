"""What the client does, as data: a method yields steps, and a client takes them.

A method is written once, as a generator: it yields what is to be sent and is sent the reply, and
knows nothing of sockets, clocks and `await`. `call` and `each` make methods of it that `Lisa` runs
and `AsyncLisa` awaits; for a type checker, too.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Coroutine, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Generic,
    TypeVar,
    Union,
    overload,
)
from urllib.parse import quote

from typing_extensions import Concatenate, ParamSpec

from lisapy.errors import LisaError

if TYPE_CHECKING:
    from lisapy.client import AsyncLisa, Lisa
    from lisapy.exchange import Exchange

P = ParamSpec("P")
T = TypeVar("T")
C_co = TypeVar("C_co", bound="Lisa | AsyncLisa", covariant=True)


@dataclass(frozen=True)
class Request(Generic[T]):
    """One operation of the API or of the gateway, whose answer is a `T`."""

    method: str
    target: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    at: str = "api"

    @staticmethod
    def path(pattern: str, *parts: str) -> str:
        """Return a path with its parts filled in, so that none of them can leave its place."""
        if not all(part.strip(".") for part in parts):
            raise LisaError("An id is neither empty nor made of dots.")
        return pattern.format(*(quote(part, safe="") for part in parts))


@dataclass(frozen=True)
class Send:
    """Send this, and reply with a Reply; streamed, its body is read by Read.

    `content`, or a form, perhaps with a file; `timeout` in seconds, None for the client's own.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    file: tuple[str, Any] | None = None
    streamed: bool = False
    timeout: float | None = None


@dataclass(frozen=True)
class Reply:
    """What came back; `body` is empty where it is streamed."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Pause:
    """Wait for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Read:
    """Reply with the next bytes of the streamed answer; None at its end."""


@dataclass(frozen=True)
class Item(Generic[T]):
    """Hand this to the caller."""

    value: T


Steps = Generator[Union[Send, Pause, Read], Any, T]
Items = Generator[Union[Send, Pause, Read, Item[T]], Any, None]


class Group(Generic[C_co]):
    """Methods that belong together, of the client that runs them."""

    def __init__(self, client: C_co, exchange: Exchange) -> None:
        """Take the client that runs the steps, and what makes steps of requests."""
        self._client, self._exchange = client, exchange

    def _ask(self, request: Request[T]) -> Steps[T]:
        return self._exchange.answer(request)

    def _pages(self, first: Request[Any], items: str, mark: str) -> Items[Any]:
        """Yield what is below `items` in every page; `mark` asks for the next one."""
        page = yield from self._ask(first)
        yield from map(Item, page[items])
        while page[mark]:
            following = replace(first, query={**first.query, mark: page[mark]})
            page = yield from self._ask(following)
            yield from map(Item, page[items])


class call(Generic[P, T]):  # noqa: N801
    """Makes a method of one that yields steps: it returns, or awaits, what these return."""

    def __init__(self, steps: Callable[Concatenate[Any, P], Steps[T]]) -> None:
        """Take the generator function."""
        self.steps, self.__doc__ = steps, steps.__doc__

    @overload
    def __get__(self, group: Group[Lisa], owner: Any = None) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, group: Group[AsyncLisa], owner: Any = None
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, group: Any, owner: Any = None) -> Any:
        """Bind it to a group."""
        if group is None:
            return self

        def bound(*args: P.args, **kwargs: P.kwargs) -> Any:
            return group._client.run(self.steps(group, *args, **kwargs))

        return _named(bound, self.steps)


class each(Generic[P, T]):  # noqa: N801
    """Makes a method of one that yields items among its steps: it iterates over these."""

    def __init__(self, steps: Callable[Concatenate[Any, P], Items[T]]) -> None:
        """Take the generator function."""
        self.steps, self.__doc__ = steps, steps.__doc__

    @overload
    def __get__(
        self, group: Group[Lisa], owner: Any = None
    ) -> Callable[P, Generator[T, None, None]]: ...
    @overload
    def __get__(
        self, group: Group[AsyncLisa], owner: Any = None
    ) -> Callable[P, AsyncGenerator[T, None]]: ...
    def __get__(self, group: Any, owner: Any = None) -> Any:
        """Bind it to a group."""
        if group is None:
            return self

        def bound(*args: P.args, **kwargs: P.kwargs) -> Any:
            return group._client.iterate(self.steps(group, *args, **kwargs))

        return _named(bound, self.steps)


def plain(request: Callable[P, Request[T]]) -> call[P, T]:
    """Make a method of an operation that needs no more than to be asked for."""

    def steps(group: Any, /, *args: P.args, **kwargs: P.kwargs) -> Steps[T]:
        answer: T = yield from group._ask(request(*args, **kwargs))
        return answer

    return call(_named(steps, request))


def _named(function: Any, like: Any) -> Any:
    function.__name__, function.__doc__ = like.__name__, like.__doc__
    function.__wrapped__ = like
    return function
