"""What writes events/contracts from the services' classes, which lie where layers put them.

Not in `events` itself: OpenSearch's client needs another package of that name.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

for _folder in (ROOT / "layers/kernel", *sorted(ROOT.glob("functions/*/lib"))):
    if str(_folder) not in sys.path:
        sys.path.append(str(_folder))
