"""How a database is reached."""

import socket
import ssl
from collections.abc import Callable
from typing import Any, Protocol

import pg8000.exceptions
import pg8000.native

from stores.addresses import PostgresAddress
from stores.errors import StoreError, StoreUnavailableError

# What a column holds is known where its statement is.
type Row = list[Any]

_SECONDS_TO_CONNECT = 8.0
# Longer than any statement: what is slow is ended by the server, what is lost by the probes.
_SECONDS_OF_SILENCE = 840.0
# A database that is gone is noticed after 10 + 3 x 5 seconds, not after hours.
_PROBES = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 25_000}


class Prepared(Protocol):
    """A statement that the server has read."""

    def run(self, **parameters: object) -> list[Row] | None:
        """Run it."""

    def close(self) -> None:
        """Have the server forget it."""


class Connection(Protocol):
    """What is used of pg8000.native.Connection."""

    def run(self, sql: str, **parameters: object) -> list[Row] | None:
        """Run a statement."""

    def prepare(self, sql: str) -> Prepared:
        """Have the server read a statement."""

    def close(self) -> None:
        """Close the socket, even when it raises."""


type Connect = Callable[[], Connection]


def connector(address: PostgresAddress, password: Callable[[], str]) -> Connect:
    """Return what opens connections. `password` is asked each time: an IAM token soon expires."""

    def connect() -> Connection:
        secret, wire = password(), _wire(address)
        try:
            connection: Connection = pg8000.native.Connection(
                address.user,
                host=address.host,
                database=address.database,
                password=secret,
                sock=wire,
                ssl_context=_context(address),
                application_name="lisa",
            )
        except (pg8000.exceptions.Error, OSError) as error:
            wire.close()
            raise _fault(address, error) from error
        return connection

    return connect


def sqlstate(error: pg8000.exceptions.Error) -> str:
    """The five characters that say what the server found wrong; empty when it said nothing."""
    told = error.args[0] if error.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""


def _wire(address: PostgresAddress) -> socket.socket:
    try:
        wire = socket.create_connection((address.host, address.port), _SECONDS_TO_CONNECT)
    except OSError as error:
        raise StoreUnavailableError(
            "store_unreachable",
            f"No PostgreSQL was reached at {address.host}:{address.port} ({error}).",
            "Check host and port, that the database runs, and that its security group lets in "
            "the functions of this deployment.",
        ) from error
    wire.settimeout(_SECONDS_OF_SILENCE)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _PROBES.items():
        # Not every system has each of them.
        if option := getattr(socket, name, None):
            wire.setsockopt(socket.IPPROTO_TCP, option, value)
    return wire


def _context(address: PostgresAddress) -> ssl.SSLContext | bool:
    if address.tls == "off":
        return False
    if address.tls == "verify":
        return ssl.create_default_context(cafile=address.ca_bundle)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _fault(address: PostgresAddress, error: Exception) -> StoreError:
    where = f"{address.database!r} at {address.host}:{address.port}"
    if isinstance(error, ssl.SSLError) or "refuses SSL" in str(error):
        return StoreError(
            "tls_failed",
            f"No encrypted connection to {where} could be made ({error}).",
            "The server has no TLS, or its certificate is not from an authority that is trusted: "
            "give the right bundle, or another TLS mode.",
        )
    state = sqlstate(error) if isinstance(error, pg8000.exceptions.Error) else ""
    if state.startswith("28"):
        return StoreError(
            "access_refused",
            f"The database refused the user {address.user!r} ({_said(error)}).",
            "Check the user and the secret with the password; for IAM, that the user has the "
            "role rds_iam.",
        )
    if state == "3D000":
        return StoreError(
            "database_missing",
            f"The server has no database {address.database!r}.",
            "Create it, or correct its name.",
        )
    return StoreUnavailableError(
        "store_unreachable",
        f"The database {where} took no connection ({_said(error)}).",
        "It may be starting or have too many connections: try again in a minute.",
    )


def _said(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    return str(told.get("M", "")) if isinstance(told, dict) else str(error)
