"""What edge and lane ask of the desk, the one process that speaks to AWS and to OpenID.

So no other process carries an AWS SDK, and a slow table costs the edge a wait and never a thread.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson

from gateway.access import SignIn
from gateway.http1 import heads
from gateway.http1.answer import Broken, Silent
from gateway.http1.client import Pool
from gateway.unavailable import Unavailable
from identity.errors import ProviderUnavailable, Rejected

BASE = "http://desk"
MOST_ANSWER = 4 * 1024 * 1024
# The desk is ours and comes back: starting it again takes about that long on a busy machine.
PATIENCE = 10.0
PAUSE = 0.05

type Json = Mapping[str, Any]


class Desk:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def row(self, presented: str) -> Json | None:
        answer = await self._ask("token", {"presented": presented})
        row: Json | None = answer["row"]
        return row

    async def sign_in(self, token: str) -> SignIn:
        answer = await self._ask("sign-in", {"token": token})
        if "rejected" in answer:
            raise Rejected(answer["rejected"])
        if "provider" in answer:
            raise ProviderUnavailable
        return SignIn(
            answer["subject"], answer["username"], frozenset(answer["groups"]), answer["exp"]
        )

    async def secret(self, name: str, version: str) -> str:
        """The value of a secret's version. Unavailable if it is gone or cannot be read."""
        answer = await self._ask("secret", {"name": name, "version": version})
        return str(answer["value"])

    async def passages(self, question: Json) -> Json:
        """What `gateway.asked_function` replies."""
        return await self._ask("passages", question)

    async def keep(self, question: Json) -> Json:
        """What the function that keeps answers replies: whether a message is `awaited`."""
        return await self._ask("keep", question)

    async def _ask(self, what: str, question: Json) -> Json:
        status, body = await self._post(what, orjson.dumps(question))
        answer: Json = orjson.loads(body)
        if status != 200:
            raise Unavailable(str(answer.get("unavailable", "DeskFailed")))
        return answer

    async def _post(self, what: str, body: bytes) -> tuple[int, bytes]:
        line = heads.request_line("POST", BASE, what)
        request = b"%bcontent-length: %d\r\n\r\n%b" % (line, len(body), body)
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while True:
            try:
                answer = await self._pool.ask(heads.address(BASE), request)
                return answer.status, await answer.read(MOST_ANSWER)
            except (OSError, Broken) as error:
                if loop.time() > end:
                    raise Unavailable(type(error).__name__) from None
            except Silent:
                raise Unavailable("Silent") from None
            await asyncio.sleep(PAUSE)
