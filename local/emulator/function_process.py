"""The process in which one copy of a Python function lives; run by its interpreter, not ours.

It is AWS's own runtime client, plus one promise: the process never outlives the emulator, not
even when that was killed. (PR_SET_PDEATHSIG would watch the thread that started us, which may end
long before its process; a process id tells the truth on every system.)
"""

import os
import runpy
import sys
import threading
import time

SECONDS_BETWEEN_LOOKS = 1.0


def end_with(parent: int) -> None:
    """Wait until the parent is gone, then end at once."""
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os._exit(1)


def main() -> None:
    """Watch the emulator and serve the function."""
    emulator = int(os.environ.pop("_LOCAL_EMULATOR"))
    threading.Thread(target=end_with, args=(emulator,), daemon=True).start()

    sys.argv = ["awslambdaric", os.environ["_HANDLER"]]
    runpy.run_module("awslambdaric", run_name="__main__")


if __name__ == "__main__":
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]  # instead of this folder
    main()
