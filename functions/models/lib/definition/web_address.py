"""Which addresses a definition may name for a model's server. Pure.

Names are not resolved here, for they may mean something else later: the gateway judges what it
connects to. Refused here is what is known to be wrong, while its author can still correct it.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# Gateways append paths to it: whatever would end up behind them, or hide in it, is left out.
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?")
# Browsers and resolvers read such a last label as a number, and the whole as an IPv4 address.
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")
_NEVER = tuple(
    ip_network(one)
    for one in ("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "fe80::/10", "fd00:ec2::/32")
)


def require_web_address(text: str) -> None:
    """Raise ValueError for what is no plain address of a server, with a sentence for its author."""
    if not _is_plain(text):
        raise ValueError(
            "modelUrl must be http(s)://host/path, without user, password, query or fragment"
        )
    host = urlsplit(text).hostname or ""
    if ":" in host:
        _require_server(IPv6Address(host))
    elif _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        _require_server(_four_numbers(host))


def _is_plain(text: str) -> bool:
    if not (_WEB_ADDRESS.fullmatch(text) and text.isascii() and text.isprintable()):
        return False
    url = urlsplit(text)
    # Reading the port raises ValueError if it is none.
    return bool(url.hostname) and "%" not in url.netloc and url.port != 0


def _four_numbers(host: str) -> IPv4Address:
    try:
        return IPv4Address(host)
    except ValueError:
        raise ValueError(
            "modelUrl must have an IP address as four decimal numbers, such as 10.0.0.9"
        ) from None


def _require_server(address: IPv4Address | IPv6Address) -> None:
    if isinstance(address, IPv6Address) and _carries_another(address):
        raise ValueError("modelUrl must not hide an IPv4 address in an IPv6 address: write it out")
    if address.is_multicast or any(address in network for network in _NEVER):
        raise ValueError(
            "modelUrl must not be a link-local address: where machines get their credentials there"
            " is no model"
        )


def _carries_another(address: IPv6Address) -> bool:
    nat64 = address in ip_network("64:ff9b::/96")
    compatible = address in ip_network("::/96") and address != ip_address("::1")
    return bool(address.ipv4_mapped or address.sixtofour or address.teredo or nat64 or compatible)
