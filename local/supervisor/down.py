"""`make down`: stop everything; the data stays."""

from local.supervisor import control
from local.supervisor.progress import Progress
from local.supervisor.state import State


def main(state: State) -> int:
    """Stop the supervisor, which stops its children."""
    if control.running_pid(state) is None:
        print("Nothing was running.")
        return 0
    with Progress().step("stopped"):
        control.stop(state)
    return 0
