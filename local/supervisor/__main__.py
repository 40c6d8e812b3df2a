"""`python -m local.supervisor up|down|status|logs`."""

import importlib
import sys

from local.supervisor.progress import Progress, StepFailed
from local.supervisor.state import State
from local.toolchain.commands import InstallationFailed
from local.toolchain.python_finder import PythonNotFound

_ORDERS = ("up", "down", "status", "logs", "stay")
_INTERRUPTED = 130


def main() -> int:
    """Obey one order; every failure ends as sentences, not as a traceback."""
    order = sys.argv[1] if len(sys.argv) > 1 else ""
    if order not in _ORDERS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        # Only what the order needs: stopping should not wait for the AWS library to load.
        module = importlib.import_module(f"local.supervisor.{order}")
        return int(module.main(State.chosen()))
    except StepFailed as error:
        Progress(sys.stderr).failure(error)
    except (InstallationFailed, PythonNotFound) as error:
        print(f"\n{error}", file=sys.stderr)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 1


if __name__ == "__main__":
    sys.exit(main())
