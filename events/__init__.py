"""The published language. Its tools read the services' classes, which lie where layers put them."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

for _folder in (ROOT / "layers/kernel", *sorted(ROOT.glob("functions/*/lib"))):
    if str(_folder) not in sys.path:
        sys.path.append(str(_folder))
