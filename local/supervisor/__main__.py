"""`python -m local.supervisor up|down|status|logs`."""

import os
import signal
import sys

from local.supervisor import control, daemon, follow, table
from local.supervisor.children import Sockets
from local.supervisor.endpoints import greeting
from local.supervisor.environment import product_environment
from local.supervisor.ports import Ports, remembered_ports
from local.supervisor.progress import Progress, StepFailed
from local.supervisor.state import State, read_json
from local.supervisor.up import Start
from local.toolchain.commands import InstallationFailed
from local.toolchain.python_finder import PythonNotFound

_INTERRUPTED = 130


def up(state: State) -> int:
    """Start what does not run, and say how to reach it."""
    # A start that is ended from outside cleans up as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(greeting(Start(state, Progress()).run()), end="")
    return 0


def down(state: State) -> int:
    """Stop everything; the data stays."""
    with Progress().step("stopped"):
        ran = control.stop(state)
    if not ran:
        print("Nothing was running.")
    return 0


def status(state: State) -> int:
    """Show what runs; 3 when nothing does, as service managers answer."""
    pid = control.running_pid(state)
    if pid is None:
        print("Nothing is running. `make up` starts the product.")
        return 3
    os.environ.update(product_environment(remembered_ports(state), os.environ))
    print(table.table(table.process_rows(pid, read_json(state.children))))
    print("\n" + table.table(table.model_rows()))
    return 0


def logs(state: State) -> int:
    """Follow the logs."""
    follow.follow(state.logs)
    return 0


def stay(state: State) -> int:
    """Be the supervisor: called by `up` with the open sockets, not by people."""
    base, emulator, serve = map(int, sys.argv[2:5])
    daemon.serve(state, Ports(base), Sockets(emulator, serve))
    return 0


_ORDERS = {"up": up, "down": down, "status": status, "logs": logs, "stay": stay}


def main() -> int:
    """Obey one order; every failure ends as sentences, not as a traceback."""
    order = _ORDERS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if order is None:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return order(State.chosen())
    except StepFailed as error:
        Progress(sys.stderr).failure(error)
    except (InstallationFailed, PythonNotFound) as error:
        print(f"\n{error}", file=sys.stderr)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 1


if __name__ == "__main__":
    sys.exit(main())
