"""The process of the desk: answers edge and lane on a unix socket, from AWS and from OpenID."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvloop

from gateway import serving
from gateway.asgi import Receive, Scope, Send, answer, dump, json_object, read_body
from gateway.log import say
from gateway.registry import Secrets, TokenRows
from gateway.settings import Oidc, Settings
from gateway.snapshot import plain
from gateway.unavailable import Unavailable
from identity.errors import ProviderUnavailable, Rejected
from identity.oidc import Verifier

THREADS = 16
WARM_SECONDS = 60.0
MOST_QUESTION = 64 * 1024
KEEP_ALIVE = 3600

type Reply = dict[str, Any]
type Ask = Callable[[Reply], Reply]


class Counter:
    """Three questions and their answers. Blocking: each is asked in a thread."""

    def __init__(self, tokens: TokenRows, secrets: Secrets, judge: Verifier | None) -> None:
        self._tokens = tokens
        self._secrets = secrets
        self._judge = judge
        self.questions: dict[str, Ask] = {
            "/token": self._token,
            "/sign-in": self._sign_in,
            "/secret": self._secret,
        }

    def _token(self, question: Reply) -> Reply:
        row = self._tokens.find(question["presented"])
        return {"row": None if row is None else plain(row)}

    def _sign_in(self, question: Reply) -> Reply:
        if self._judge is None:
            return {"rejected": "no_sign_in"}
        try:
            who = self._judge.verify(question["token"])
        except Rejected as rejected:
            return {"rejected": rejected.code}
        except ProviderUnavailable:
            return {"provider": "unavailable"}
        return {"username": who.username, "groups": list(who.groups), "exp": who.exp}

    def _secret(self, question: Reply) -> Reply:
        return {"value": self._secrets.value(question["name"], question["version"])}


class Window:
    """The desk's ASGI app."""

    def __init__(self, counter: Counter) -> None:
        self._questions = counter.questions
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        question = json_object(await read_body(receive, MOST_QUESTION))
        ask = self._questions[scope["path"]]
        loop = asyncio.get_running_loop()
        try:
            reply = await loop.run_in_executor(self._threads, ask, question)
        except Unavailable as outage:
            return await answer(send, 503, dump({"unavailable": outage.cause}))
        await answer(send, 200, dump(reply))


async def main(settings: Settings) -> None:
    judge = _judge(settings.oidc)
    counter = Counter(TokenRows(settings.tokens_table), Secrets(), judge)
    listener = serving.listen(Path(settings.desk_socket))
    say("desk ready")
    # A group, so that a failing chore ends the process: it is started again, not left half deaf.
    async with asyncio.TaskGroup() as group:
        chores = [group.create_task(keep_keys_young(judge))] if judge else []
        await serving.serve(Window(counter), listener, settings.drain_seconds, KEEP_ALIVE)
        for chore in chores:
            chore.cancel()


async def keep_keys_young(judge: Verifier) -> None:
    """Fetch the identity provider's keys ahead of time, so that no request waits for them."""
    while True:
        await asyncio.to_thread(judge.warm)
        await asyncio.sleep(WARM_SECONDS)


def _judge(oidc: Oidc) -> Verifier | None:
    if not oidc.issuer:
        return None
    return Verifier(oidc.issuer, oidc.client_id, oidc.groups_claim, metadata_url=oidc.metadata_url)


if __name__ == "__main__":
    uvloop.run(main(Settings.load()))
