"""`measure` on the product that runs here; without it, the page is written from what is known."""

import json
import sys
from datetime import UTC, datetime

from local.supervisor.state import State, read_json
from tests.bench.capacity.measure import TIMES, measured
from tests.bench.capacity.page import MEASURED, PAGE, written

if sys.argv[1:] == ["measure"]:
    state = State.chosen()
    known = {
        "day": datetime.now(UTC).date().isoformat(),
        "times": TIMES,
        "milliseconds": measured(read_json(state.endpoints), state),
    }
    MEASURED.write_text(json.dumps(known, indent=2) + "\n")
PAGE.write_text(written(PAGE.read_text()))
