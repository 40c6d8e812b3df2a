"""Where connections go: never to whoever hands out credentials, whatever the address looks like."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import uvloop

from gateway.guarded_loop import GuardedLoop
from gateway.reach import Forbidden, Reach
from gateway.settings import PRIVATE_NETWORKS

type Way = Callable[[str, int], Coroutine[Any, Any, str]]

EVERYTHING = Reach.of("0.0.0.0/0,::/0")
USUAL = Reach.of(PRIVATE_NETWORKS)
CREDENTIALS = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fe80::a9fe:a9fe%eth0",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe::1",
]
NOWHERE = ["0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "255.255.255.255", "ff02::1", "240.0.0.1"]
ITSELF = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::1"]
PRIVATE = ["10.0.0.9", "172.31.1.1", "192.168.1.1", "100.64.0.1", "fd12::1", "::ffff:10.0.0.9"]
PUBLIC = ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"]
# What the system's resolver takes for 127.0.0.1, and one name.
SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "localhost",
    "①②⑦.0.0.1",
]


@pytest.mark.parametrize("address", [*CREDENTIALS, *NOWHERE])
def test_no_configuration_opens_what_hands_out_credentials(address: str) -> None:
    assert not EVERYTHING.admits(address)


@pytest.mark.parametrize("address", ITSELF)
def test_the_gateways_own_machine_is_out_of_reach_unless_it_is_configured(address: str) -> None:
    assert not USUAL.admits(address)
    assert Reach.of("127.0.0.0/8,::1/128").admits(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_networks_are_reached_as_configured(address: str) -> None:
    assert USUAL.admits(address)
    assert not Reach.of("").admits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_reached(address: str) -> None:
    assert Reach.of("").admits(address)


def test_what_is_no_network_is_named() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        Reach.of("10.0.0.1/8")


def connecting(networks: str, way: Way, host: str) -> str:
    """The peer of a connection that a guarded loop made to a listener of ours, or what it said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asked = way(host, listener.getsockname()[1])
        try:
            return uvloop.run(asked, loop_factory=lambda: GuardedLoop(Reach.of(networks)))
        except Forbidden:
            listener.setblocking(False)
            with pytest.raises(BlockingIOError):
                listener.accept()
            return "forbidden"


async def by_name(host: str, port: int) -> str:
    """As the edge's pool connects, and httpcore's backend."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, host, port)
    peer = str(transport.get_extra_info("peername")[0])
    transport.close()
    return peer


async def by_socket(host: str, port: int) -> str:
    """As aiohttp connects."""
    with socket.socket() as sock:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (host, port))
        return str(sock.getpeername()[0])


@pytest.mark.parametrize("way", [by_name, by_socket])
@pytest.mark.parametrize("host", SPELLINGS)
def test_a_loop_connects_where_it_may_however_that_is_spelled(way: Way, host: str) -> None:
    assert connecting("127.0.0.0/8", way, host) == "127.0.0.1"


@pytest.mark.parametrize("way", [by_name, by_socket])
@pytest.mark.parametrize("host", SPELLINGS)
def test_a_loop_connects_nowhere_else_however_that_is_spelled(way: Way, host: str) -> None:
    assert connecting(PRIVATE_NETWORKS, way, host) == "forbidden"


def test_a_name_that_leads_to_a_good_and_a_bad_address_is_reached_at_the_good_one() -> None:
    class Resolving(GuardedLoop):
        async def getaddrinfo(self, host: Any, port: Any, **_: Any) -> Any:
            return [(2, 1, 6, "", (one, port)) for one in ("169.254.169.254", "127.0.0.1")]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        reach = Reach.of("127.0.0.0/8,169.254.0.0/16")
        found = uvloop.run(by_name("rebound.example", port), loop_factory=lambda: Resolving(reach))
    assert found == "127.0.0.1"
