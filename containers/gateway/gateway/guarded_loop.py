"""An event loop that connects only to where it may: for the edge and for LiteLLM alike.

Whatever HTTP client runs on it, a connection comes about by one of two methods, after the name was
resolved. Unix sockets, and what a process of ours does by itself elsewhere, are not its business.
"""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import uvloop

from gateway.reach import Forbidden, Reach


def guarded(reach: Reach) -> Callable[[], uvloop.Loop]:
    """A factory, as `uvloop.run` takes it."""
    return lambda: GuardedLoop(reach)


class GuardedLoop(uvloop.Loop):
    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    async def create_connection(
        self, protocol_factory: Any, host: Any = None, port: Any = None, **options: Any
    ) -> Any:
        """To the first address of the host that answers. Forbidden where none may be reached."""
        if host is None:
            return await super().create_connection(protocol_factory, **options)
        if options.get("ssl"):
            # Certificates are for names: the address is only how to get there.
            options["server_hostname"] = options.get("server_hostname") or host
        failure: OSError = Forbidden(host)
        for address in await self._admitted(host, port):
            try:
                return await super().create_connection(protocol_factory, address, port, **options)
            except OSError as error:
                failure = error
        raise failure

    async def sock_connect(self, sock: socket.socket, address: Any) -> Any:
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            host, port, *rest = address
            [first, *_] = await self._admitted(host, port)
            address = (first, port, *rest)
        return await super().sock_connect(sock, address)

    async def _admitted(self, host: str, port: Any) -> list[str]:
        """The addresses that a host means now and that may be reached; Forbidden if there is none.

        What is resolved here is what is connected to: nobody asks a second time.
        """
        addresses = [host] if _literal(host) else await self._resolved(host, port)
        found = [one for one in addresses if self._reach.admits(one)]
        if not found:
            raise Forbidden(host)
        return found

    async def _resolved(self, host: str, port: Any) -> list[str]:
        found = await self.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _literal(host: str) -> bool:
    """Whether it is an address as this module reads them.

    Other spellings are names to be resolved: to the system 2130706433 and 0177.0.0.1 are 127.0.0.1.
    """
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
