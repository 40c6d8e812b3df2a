"""How often the right passage is found, and how early: see `__main__`."""

import sys

from local.toolchain.places import REPOSITORY

# pytest is told where packages are by pyproject.toml; `python -m` asks only this.
sys.path.append(str(REPOSITORY / "functions/repositories/lib"))
