"""Chooses a block of ports at the first run, remembers it and opens the sockets in it."""

import os
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from local.supervisor.progress import StepFailed
from local.supervisor.state import State, read_json, write_json

FIRST, LAST, BLOCK = 24500, 24999, 50


@dataclass(frozen=True)
class Ports:
    """One block: emulator, public serving address, UI, database, then the models' balancers."""

    base: int

    @property
    def emulator(self) -> int:
        return self.base

    @property
    def serve(self) -> int:
        return self.base + 1

    @property
    def ui(self) -> int:
        return self.base + 2

    @property
    def database(self) -> int:
        return self.base + 3

    @property
    def balancers(self) -> tuple[int, int]:
        return self.base + 10, self.base + BLOCK - 1


def chosen_ports(state: State) -> Ports:
    """The block from LISA_PORT_BASE, else the one of the last run, else a free one."""
    wanted = os.environ.get("LISA_PORT_BASE") or read_json(_file(state)).get("base")
    return Ports(parsed_base(wanted) if wanted else choose_base(state.folder, is_free))


def remember(state: State, ports: Ports) -> None:
    """Keep the block for later runs: addresses and data refer to it."""
    write_json(_file(state), {"base": ports.base})


def _file(state: State) -> Path:
    return state.folder / "ports.json"


def parsed_base(text: object) -> int:
    """The number of a first port, checked."""
    number = int(str(text)) if str(text).isdecimal() else 0
    if not 1024 <= number <= 65535 - BLOCK:
        raise StepFailed(
            f"LISA_PORT_BASE is {text!r}, which is not a usable first port.",
            fix=f"Give a number from 1024 to {65535 - BLOCK}, e.g. LISA_PORT_BASE={FIRST} make up",
        )
    return number


def choose_base(folder: Path, free: Callable[[int], bool]) -> int:
    """A block whose fixed ports are all free."""
    # Each folder starts its search elsewhere, so that two clones rarely pick the same block.
    blocks = list(range(FIRST, LAST, BLOCK))
    start = zlib.crc32(str(folder).encode()) % len(blocks)
    for base in blocks[start:] + blocks[:start]:
        if all(free(port) for port in range(base, base + 4)):
            return base
    raise StepFailed(
        f"No free block of ports was found between {FIRST} and {LAST}.",
        fix="Choose one yourself: LISA_PORT_BASE=31000 make up",
    )


def is_free(port: int) -> bool:
    """Whether nothing listens there now."""
    try:
        listen(port).close()
    except OSError:
        return False
    return True


def listen(port: int) -> socket.socket:
    """A listening socket on the loopback interface."""
    return socket.create_server(("127.0.0.1", port), backlog=1024)


def open_socket(port: int, purpose: str) -> socket.socket:
    """The same, with a sentence when another program has the port."""
    try:
        return listen(port)
    except OSError as error:
        raise StepFailed(
            f"Port {port}, wanted for {purpose}, is used by another program ({error.strerror}).",
            fix=f"Stop that program, or choose other ports: LISA_PORT_BASE={_other(port)} make up",
        ) from error


def _other(port: int) -> int:
    return next((base for base in range(FIRST, LAST, BLOCK) if abs(base - port) >= BLOCK), FIRST)
