"""The sockets that load balancers listen on: lent by the supervisor, or opened here."""

from __future__ import annotations

import socket

BACKLOG = 1024


def lent_sockets(setting: str) -> dict[str, socket.socket]:
    """The sockets that `BALANCER_FDS` lends, as `name=fd,name=fd`, by load balancer name."""
    lent = {}
    for entry in filter(None, (part.strip() for part in setting.split(","))):
        name, _, number = entry.rpartition("=")
        if not name or not number.isdigit():
            message = f"BALANCER_FDS has the entry {entry!r}. Write it as name=fd, e.g. my-alb=5."
            raise ValueError(message)
        listener = socket.socket(fileno=int(number))
        listener.set_inheritable(False)
        lent[name] = listener
    return lent


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket on an address of this machine."""
    return socket.create_server((host, port), backlog=BACKLOG)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def address_of(dns_name: str) -> tuple[str, int] | None:
    """The loopback address that the emulator gives as a load balancer's DNS name."""
    host, _, port = dns_name.rpartition(":")
    return (host, int(port)) if host and port.isdigit() else None
