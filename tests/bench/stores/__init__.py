"""How fast and how right vector stores find: `python -m tests.bench.stores`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "functions/repositories/lib"))
