"""Who is calling: one credential to one caller, from memory or from whoever can tell."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from gateway import errors
from gateway.grants import Caller, Grants, Verdict
from gateway.log import say
from gateway.unavailable import Unavailable
from identity.errors import ProviderUnavailable, Rejected
from identity.tokens import credential, digest, grant, looks_like_jwt

BREAKER_SECONDS = 1.0
SIGN_IN_SECONDS = 300.0

# Names are in lower case; which of them counts is for `credential` to say.
CREDENTIALS = frozenset({b"authorization", b"api-key", b"x-api-key"})

type Clock = Callable[[], float]
type Answer = tuple[Verdict, Caller | None]


@dataclass(frozen=True)
class SignIn:
    """A verified person or program, until `expires_at` (Unix seconds)."""

    subject: str
    username: str
    groups: frozenset[str]
    expires_at: float


class Source(Protocol):
    """Whoever can ask the token table and the identity provider."""

    async def row(self, presented: str) -> Mapping[str, Any] | None:
        """The row that a presented token may belong to. Raises Unavailable."""

    async def sign_in(self, token: str) -> SignIn:
        """Raises Rejected, ProviderUnavailable, Unavailable."""


class Access:
    def __init__(self, source: Source, takes_sign_ins: bool, clock: Clock = time.time) -> None:
        self._tokens = ApiTokens(source, clock)
        self._sign_ins = SignIns(source, clock) if takes_sign_ins else None

    async def caller(self, headers: Iterable[tuple[bytes, bytes]], version: int) -> Caller:
        """The caller, or the Refusal that answers the request. `version` counts token changes."""
        presented = credential(
            [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in headers
                if name in CREDENTIALS
            ]
        )
        if presented is None:
            raise errors.unauthenticated()
        if self._sign_ins and looks_like_jwt(presented):
            return await self._sign_ins.caller(presented)
        return await self._tokens.caller(presented, version)


class ApiTokens:
    """Tokens of the table. While it cannot be asked, who was known recently stays known."""

    def __init__(self, source: Source, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._grants = Grants()
        self._once = Once[Answer]()
        self._failing = False
        self._closed_until = 0.0

    async def caller(self, presented: str, version: int) -> Caller:
        key = digest(presented)
        verdict, caller = self._grants.judge(key, self._clock(), version)
        if verdict is Verdict.ASK:
            verdict, caller = await self._once.run(
                (key, version), lambda: self._ask(key, presented, version)
            )
        if verdict is Verdict.ASK:
            raise errors.cannot_authenticate("the token table")
        if caller is None:
            raise errors.unauthenticated()
        return caller

    async def _ask(self, key: str, presented: str, version: int) -> Answer:
        now = self._clock()
        if now < self._closed_until:
            return self._grants.judge_in_outage(key, now)
        if self._failing:
            # One request tries the table; the others need not wait for its timeout.
            self._closed_until = now + BREAKER_SECONDS
        try:
            row = await self._source.row(presented)
        except Unavailable as outage:
            return self._in_outage(key, outage)
        self._failing, self._closed_until = False, 0.0
        return self._learn(key, row, presented, version)

    def _in_outage(self, key: str, outage: Unavailable) -> Answer:
        if not self._failing:
            say("token table unavailable", cause=outage.cause, effect="known callers stay known")
        now = self._clock()
        self._failing, self._closed_until = True, now + BREAKER_SECONDS
        return self._grants.judge_in_outage(key, now)

    def _learn(
        self, key: str, row: Mapping[str, Any] | None, presented: str, version: int
    ) -> Answer:
        now = self._clock()
        try:
            if row is None:
                raise Rejected("unknown_token")
            given = grant(row, presented, now)
        except Rejected:
            self._grants.refuse(key, now, version)
            return Verdict.REFUSED, None
        groups, models = frozenset(given.groups), frozenset(given.models)
        # A token for certain models is for nothing else, and has no sessions.
        subject = "" if models else f"token:{given.token_id}"
        caller = Caller(given.username, groups, given.expires_at, given.token_id, models, subject)
        self._grants.allow(key, caller, now, version)
        return Verdict.ALLOWED, caller


class SignIns:
    """Tokens of the identity provider, verified once and then remembered for a while."""

    def __init__(self, source: Source, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._grants = Grants()
        self._once = Once[Caller | None]()

    async def caller(self, token: str) -> Caller:
        key = digest(token)
        verdict, caller = self._grants.judge(key, self._clock(), version=0)
        if verdict is Verdict.ASK:
            caller = await self._once.run((key, 0), lambda: self._verify(key, token))
        if caller is None:
            raise errors.unauthenticated()
        return caller

    async def _verify(self, key: str, token: str) -> Caller | None:
        try:
            who = await self._source.sign_in(token)
        except Rejected:
            self._grants.refuse(key, self._clock(), version=0)
            return None
        except (ProviderUnavailable, Unavailable):
            raise errors.cannot_authenticate("the identity provider") from None
        now = self._clock()
        caller = Caller(who.username, who.groups, None, subject=who.subject)
        self._grants.allow_for(key, caller, now, min(SIGN_IN_SECONDS, who.expires_at - now))
        return caller


class Once[T]:
    """Equal questions that overlap are asked once."""

    def __init__(self) -> None:
        self._running: dict[tuple[str, int], asyncio.Task[T]] = {}

    async def run(self, key: tuple[str, int], ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(ask())
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        # A caller that leaves must not take the answer away from the others.
        return await asyncio.shield(task)
