"""The supervisor itself: called by `up` with the open sockets, not by people."""

import sys

from local.supervisor import daemon
from local.supervisor.children import Sockets
from local.supervisor.ports import Ports
from local.supervisor.state import State


def main(state: State) -> int:
    """Be the process that stays."""
    base, *sockets = map(int, sys.argv[2:6])
    daemon.serve(state, Ports(base), Sockets(*sockets))
    return 0
