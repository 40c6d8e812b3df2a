"""One credential to one caller: the table is asked seldom, and its absence is survived."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest

from gateway.access import Access, SignIn
from gateway.errors import Refusal
from gateway.grants import Caller
from gateway.unavailable import Unavailable
from identity.errors import ProviderUnavailable, Rejected
from tests.support.issuer import Clock

JWT = "eyJhbGciOiJub25lIn0.e30.c2ln"


@dataclass
class Source:
    """A token table and an identity provider in memory; both count, and can be taken away."""

    clock: Clock
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: bool = False
    asked: int = 0
    provider_gone: bool = False
    verified: int = 0

    async def row(self, presented: str) -> Mapping[str, Any] | None:
        self.asked += 1
        await asyncio.sleep(0.01)
        if self.gone:
            raise Unavailable("ConnectionError")
        hashed = sha256(presented.encode()).hexdigest()
        return self.rows.get(hashed) or self.rows.get(presented)

    async def sign_in(self, token: str) -> SignIn:
        self.verified += 1
        if self.provider_gone:
            raise ProviderUnavailable
        if token != JWT:
            raise Rejected("invalid")
        return SignIn("idp|ada", "ada", frozenset({"readers"}), self.clock.now + 60)


@dataclass
class Door:
    """The access under test with everything around it."""

    clock: Clock = field(default_factory=Clock)
    version: int = 1

    def __post_init__(self) -> None:
        self.table = Source(self.clock, {"sesame": {"token": "sesame"}})
        self.access = Access(self.table, takes_sign_ins=True, clock=self.clock)

    async def caller(self, token: str) -> Caller:
        headers = [(b"authorization", f"Bearer {token}".encode())]
        return await self.access.caller(headers, self.version)

    async def name(self, token: str) -> str:
        return (await self.caller(token)).username

    async def status(self, token: str) -> int:
        with pytest.raises(Refusal) as refused:
            await self.name(token)
        return refused.value.status


async def test_a_token_is_looked_up_once_and_then_remembered() -> None:
    door = Door()
    assert [await door.name("sesame") for _ in range(5)] == ["api-token"] * 5
    assert door.table.asked == 1


async def test_overlapping_requests_share_one_look_up() -> None:
    door = Door()
    assert await asyncio.gather(*(door.name("sesame") for _ in range(20))) == ["api-token"] * 20
    assert door.table.asked == 1


async def test_one_that_leaves_does_not_spoil_the_look_up_for_the_others() -> None:
    door = Door()
    leaving, staying = (asyncio.create_task(door.name("sesame")) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == "api-token"


async def test_a_deleted_token_stops_with_the_next_version() -> None:
    door = Door()
    await door.name("sesame")
    door.table.rows.clear()
    door.version += 1
    assert await door.status("sesame") == 401


async def test_a_new_token_works_with_the_next_version_though_it_was_just_refused() -> None:
    door = Door()
    assert await door.status("new") == 401
    door.table.rows["new"] = {"token": "new"}
    door.version += 1
    assert await door.name("new") == "api-token"


async def test_a_hashed_row_is_reached_by_its_token_and_not_by_its_hash() -> None:
    door = Door()
    digest = sha256(b"secret").hexdigest()
    door.table.rows[digest] = {"token": digest, "hashed": True, "username": "ada", "groups": []}
    assert await door.name("secret") == "ada"
    assert await door.status(digest) == 401


async def test_a_token_brings_its_name_and_its_allow_list() -> None:
    door = Door()
    digest, named = sha256(b"secret").hexdigest(), "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e"
    row = {"token": digest, "hashed": True, "username": "ada", "groups": ["readers"]}
    door.table.rows[digest] = row | {"tokenUUID": named, "models": ["m1"]}
    groups, models = frozenset({"readers"}), frozenset({"m1"})
    assert await door.caller("secret") == Caller("ada", groups, None, named, models)
    assert (await door.caller(JWT)).token_id == ""


async def test_a_token_with_a_damaged_allow_list_opens_nothing() -> None:
    door = Door()
    door.table.rows["sesame"]["models"] = []
    assert await door.status("sesame") == 401


async def test_an_outage_keeps_known_callers_and_cannot_judge_others() -> None:
    door = Door()
    await door.name("sesame")
    door.table.gone = True
    door.version += 1
    assert await door.name("sesame") == "api-token"
    assert await door.status("unknown") == 503
    asked = door.table.asked
    assert await door.name("sesame") == "api-token"
    assert door.table.asked == asked


async def test_after_an_outage_the_table_is_asked_again() -> None:
    door = Door()
    door.table.gone = True
    assert await door.status("sesame") == 503
    door.table.gone = False
    assert await door.status("sesame") == 503
    door.clock.now += 1.1
    assert await door.name("sesame") == "api-token"


async def test_known_callers_are_forgotten_after_a_quarter_of_an_hour_of_outage() -> None:
    door = Door()
    await door.name("sesame")
    door.table.gone = True
    door.clock.now += 15 * 60 + 1
    assert await door.status("sesame") == 503


async def test_a_token_that_expires_in_an_outage_is_refused() -> None:
    door = Door()
    door.table.rows["short"] = {"token": "short", "tokenExpiration": door.clock.now + 60}
    assert await door.name("short") == "api-token"
    door.table.gone = True
    door.clock.now += 60
    assert await door.status("short") == 401


async def test_a_sign_in_is_verified_once_until_it_ends() -> None:
    door = Door()
    assert [await door.name(JWT) for _ in range(3)] == ["ada"] * 3
    assert door.table.verified == 1
    door.clock.now += 61
    await door.name(JWT)
    assert (door.table.verified, door.table.asked) == (2, 0)


async def test_a_bad_sign_in_is_401_and_an_absent_provider_503() -> None:
    door = Door()
    assert await door.status(JWT + "x") == 401
    door.table.provider_gone = True
    assert await door.status(JWT + "y") == 503


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"authorization", b"Basic c2VzYW1l")],
        [(b"authorization", b"Bearer sesame"), (b"api-key", b"other")],
    ],
)
async def test_no_credential_or_two_different_ones_are_401(
    headers: list[tuple[bytes, bytes]],
) -> None:
    with pytest.raises(Refusal) as refused:
        await Door().access.caller(headers, 1)
    assert (refused.value.status, refused.value.code) == (401, "invalid_api_key")
