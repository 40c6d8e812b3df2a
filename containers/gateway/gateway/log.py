"""One JSON object per line on standard output; no credential, prompt or upstream address."""

import json
import sys
import time


def say(event: str, **facts: object) -> None:
    line = {"time": round(time.time(), 3), "event": event, **facts}
    # One write, because the edge, the lane and the parent share this stream.
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
