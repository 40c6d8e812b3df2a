"""The process of the desk: answers edge and lane on a unix socket, from AWS and from OpenID."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvloop

from gateway.answering import answer
from gateway.asked_function import AT_ONCE, AskedFunction
from gateway.http1.exchange import Exchange
from gateway.http1.hall import Hall, Patience
from gateway.http1.service import Ending, listen_locally, serve
from gateway.log import say
from gateway.payloads import dump, json_object
from gateway.registry import Secrets, TokenRows
from gateway.settings import Oidc, Settings
from gateway.snapshot import plain
from gateway.unavailable import Unavailable
from identity.errors import ProviderUnavailable, Rejected
from identity.oidc import Verifier

THREADS = 16
# Searches that wait for others; more would only wait for longer than their callers do.
MOST_WAITING = 64
WARM_SECONDS = 60.0
# An answer that is kept is the longest.
MOST_QUESTION = 2 * 1024 * 1024
KEEP_ALIVE = 3600.0

type Reply = dict[str, Any]
type Ask = Callable[[Reply], Reply]


class Counter:
    """Five questions and their answers. Blocking: each is asked in a thread."""

    def __init__(
        self,
        tokens: TokenRows,
        secrets: Secrets,
        judge: Verifier | None,
        retrieval: AskedFunction,
        keeping: AskedFunction,
    ) -> None:
        self._tokens = tokens
        self._secrets = secrets
        self._judge = judge
        self.questions: dict[str, Ask] = {
            "/token": self._token,
            "/sign-in": self._sign_in,
            "/secret": self._secret,
            "/passages": retrieval.ask,
            "/keep": keeping.ask,
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
        told = {"subject": who.subject, "username": who.username}
        return told | {"groups": list(who.groups), "exp": who.exp}

    def _secret(self, question: Reply) -> Reply:
        return {"value": self._secrets.value(question["name"], question["version"])}


class Clerks:
    """Threads that answer, and how many questions they have at most. Raises Unavailable beyond."""

    def __init__(self, threads: int, most: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="desk")
        self._most = most
        self._asked = 0

    async def answer(self, ask: Ask, question: Reply) -> Reply:
        if self._asked >= self._most:
            raise Unavailable("Busy")
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(self._threads, ask, question)
        self._asked += 1
        # Not when whoever asked has left: the thread is busy until it has its answer.
        answer.add_done_callback(self._answered)
        return await asyncio.shield(answer)

    def _answered(self, _: object) -> None:
        self._asked -= 1


class Window:
    """The desk's app."""

    def __init__(self, questions: Mapping[str, Ask]) -> None:
        self._questions = questions
        self._quick = Clerks(THREADS, sys.maxsize)
        # A function takes seconds, and nobody's token is to wait for it.
        self._slow = {
            path: Clerks(AT_ONCE, AT_ONCE + MOST_WAITING) for path in ("/passages", "/keep")
        }

    async def __call__(self, exchange: Exchange) -> None:
        question = json_object(await exchange.body(MOST_QUESTION))
        clerks = self._slow.get(exchange.path, self._quick)
        try:
            reply = await clerks.answer(self._questions[exchange.path], question)
        except Unavailable as outage:
            return answer(exchange, 503, dump({"unavailable": outage.cause}))
        answer(exchange, 200, dump(reply))


async def main(settings: Settings) -> None:
    judge = _judge(settings.oidc)
    retrieval = AskedFunction(settings.retrieve_function, "search")
    keeping = AskedFunction(settings.keep_function, "keeping")
    counter = Counter(TokenRows(settings.tokens_table), Secrets(), judge, retrieval, keeping)
    hall = Hall(Window(counter.questions), Patience(idle=KEEP_ALIVE))
    listener = listen_locally(Path(settings.desk_socket))
    say("desk ready")
    # A group, so that a failing chore ends the process: it is started again, not left half deaf.
    async with asyncio.TaskGroup() as group:
        chores = [group.create_task(keep_keys_young(judge))] if judge else []
        await serve(hall, listener, Ending(accepting=0, draining=settings.drain_seconds))
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
