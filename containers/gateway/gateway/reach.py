"""Which addresses the gateway connects to in a model's name. Pure.

A definition may name any host, and a name may mean another address at each look-up: so what is
judged is the address that is connected to, at the moment of connecting.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

# Whoever answers there hands out credentials of the machine, or is nobody.
NEVER = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",
        "169.254.0.0/16",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "fe80::/10",
        "fd00:ec2::/32",
        "ff00::/8",
        # Teredo: an address of the old kind that is hidden in two places.
        "2001::/32",
    )
)
# Old addresses are written into the last 32 bits of these.
CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))

type Address = IPv4Address | IPv6Address


class Forbidden(OSError):
    """A host that leads to no address that may be connected to."""


class Reach:
    """The public internet and the given networks, but never whoever hands out credentials."""

    def __init__(self, networks: Iterable[str]) -> None:
        """ValueError names what is no network."""
        self._networks = tuple(ip_network(one) for one in networks)
        self.admits = lru_cache(maxsize=4096)(self._admits)

    @classmethod
    def of(cls, text: str) -> Self:
        """From networks with commas between them, as they are configured."""
        return cls(part for part in text.replace(",", " ").split())

    def _admits(self, address: str) -> bool:
        """Whether to connect to a literal address; ValueError if it is none."""
        meant = _meant(ip_address(address.partition("%")[0]))
        if any(meant in network for network in NEVER):
            return False
        return meant.is_global or any(meant in network for network in self._networks)


def _meant(address: Address) -> Address:
    """The address of the old kind that one of the new kind stands for, if it stands for one."""
    if isinstance(address, IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour
    if inside is None and any(address in carrier for carrier in CARRIERS):
        inside = IPv4Address(int(address) & 0xFFFF_FFFF)
    # `::` and `::1` are no carriers, though they look like it.
    return address if inside is None or int(address) < 2 else inside
