"""The two clients. They take the same steps: one waits for each, the other awaits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from lisapy import transport
from lisapy.errors import LisaError
from lisapy.groups import Groups, exchange
from lisapy.hands import AsyncHands, Hands
from lisapy.steps import Item
from lisapy.walk import Done, Walk

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from lisapy.steps import Items, Steps

T = TypeVar("T")


class Lisa(Groups["Lisa"]):
    """LISA, from a program that waits for each answer.

    Args:
        api_url: the admin API with its stage, such as `https://lisa.example.org/v1`.
        serve_url: the gateway, such as `https://lisa.example.org/v2/serve`.
        token: an API token, or one of the identity provider; `auth` signs in instead.
        verify: whether certificates are checked, or the path of one to trust.
        timeout: seconds without a byte after which an answer is given up; 600 for models.
        retries: how often what is only read is asked for again after a failure that passes.

    What is left out is taken from LISA_API_URL, LISA_SERVE_URL and LISA_TOKEN.
    """

    def __init__(  # noqa: PLR0913
        self,
        api_url: str = "",
        serve_url: str = "",
        token: str = "",
        *,
        verify: transport.Verify = True,
        timeout: float = 60.0,
        retries: int = 3,
    ) -> None:
        super().__init__(self, exchange(api_url, serve_url, token, retries))
        self._http = httpx.Client(**transport.settings(verify, timeout))

    @classmethod
    def connect(cls, url: str, token: str = "", **options: Any) -> Lisa:
        """Return a client of the installation whose console or gateway is at `url`."""
        client = cls(token=token, **options)
        try:
            client.auth.find(url)
        except BaseException:
            client.close()
            raise
        return client

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Lisa:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, steps: Steps[T]) -> T:
        """Take steps to their end, and return what comes of them."""
        walk: Walk[T] = Walk(steps)
        with Hands(self._http) as take:
            while not isinstance(step := walk.next(), Done):
                try:
                    walk.replied(take(step))
                except LisaError as failure:
                    walk.failed(failure)
        found: T = step.value
        return found

    def iterate(self, steps: Items[T]) -> Generator[T, None, None]:
        """Take steps as far as the caller wants items."""
        walk = Walk(steps)
        try:
            with Hands(self._http) as take:
                while not isinstance(step := walk.next(), Done):
                    if isinstance(step, Item):
                        yield step.value
                        continue
                    try:
                        walk.replied(take(step))
                    except LisaError as failure:
                        walk.failed(failure)
        finally:
            walk.close()


class AsyncLisa(Groups["AsyncLisa"]):
    """LISA, from a program that awaits its answers. Everything else is as `Lisa` has it."""

    def __init__(  # noqa: PLR0913
        self,
        api_url: str = "",
        serve_url: str = "",
        token: str = "",
        *,
        verify: transport.Verify = True,
        timeout: float = 60.0,
        retries: int = 3,
    ) -> None:
        super().__init__(self, exchange(api_url, serve_url, token, retries))
        self._http = httpx.AsyncClient(**transport.settings(verify, timeout))

    @classmethod
    async def connect(cls, url: str, token: str = "", **options: Any) -> AsyncLisa:
        """Return a client of the installation whose console or gateway is at `url`."""
        client = cls(token=token, **options)
        try:
            await client.auth.find(url)
        except BaseException:
            await client.close()
            raise
        return client

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncLisa:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run(self, steps: Steps[T]) -> T:
        """Take steps to their end, and return what comes of them."""
        walk: Walk[T] = Walk(steps)
        async with AsyncHands(self._http) as take:
            while not isinstance(step := walk.next(), Done):
                try:
                    walk.replied(await take(step))
                except LisaError as failure:
                    walk.failed(failure)
        found: T = step.value
        return found

    async def iterate(self, steps: Items[T]) -> AsyncGenerator[T, None]:
        """Take steps as far as the caller wants items."""
        walk = Walk(steps)
        try:
            async with AsyncHands(self._http) as take:
                while not isinstance(step := walk.next(), Done):
                    if isinstance(step, Item):
                        yield step.value
                        continue
                    try:
                        walk.replied(await take(step))
                    except LisaError as failure:
                        walk.failed(failure)
        finally:
            walk.close()
