"""How often the right passage is found, and how early: see `__main__`."""

import os
import sys

from local.toolchain.places import REPOSITORY

# pytest is told where packages are by pyproject.toml; `python -m` asks only this.
sys.path.append(str(REPOSITORY / "functions/repositories/lib"))
# Before numpy is loaded. Texts are so short that threads mostly wait for each other: on a busy
# machine two cost four times the CPU time of one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
