"""What the product adds to a model's creation: `make bench`.

The baseline is the server itself, in the same run: how long it takes from its start to a healthy
/health, and from a request to its first token when it is asked directly. What the product adds is
the time before the process starts (plan, stack, task), and from /health to the first token through
the gateway (target, watch, smoke test, registration, snapshot).
"""

import json
import statistics
import time
import urllib.request
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Any

import psutil

from local.supervisor.state import REPOSITORY, State, read_json
from tests.e2e.client import HOSTED, Admin

RUNS = 5
PAUSE = 0.01
LONGEST = 120.0
QUESTION = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1}


@dataclass(frozen=True)
class Times:
    """Seconds of one creation; the two of the server alone are the baseline."""

    post_to_process: float
    process_to_healthy: float
    healthy_to_routed: float
    direct_token: float


def main() -> None:
    """Create, time and delete one model after the other; print medians and ratios."""
    product = read_json(State(REPOSITORY / ".local").endpoints)
    runs = [creation(product, f"bench-{number}") for number in range(RUNS)]
    external = [registration(product, f"bench-external-{number}") for number in range(RUNS)]
    before, start, after, direct = (
        statistics.median(column) for column in zip(*map(astuple, runs), strict=True)
    )
    worst = max(run.healthy_to_routed for run in runs)
    print(f"A hosted model, median of {RUNS} creations on this machine")
    show("server alone: start to healthy", start, "(baseline)")
    show("server alone: first token, asked itself", direct, "(baseline)")
    show("POST to the server's start", before, f"{before / start:.1f} x start to healthy")
    show("healthy to first routed token", after, f"{after / start:.1f} x start to healthy")
    show("the worst of these", worst, f"{worst / start:.1f} x start to healthy")
    print(f"An external model, median of {RUNS}")
    show("POST to its place in the gateway's list", statistics.median(external), "")


def show(what: str, seconds: float, note: str) -> None:
    """Print one line of the table."""
    print(f"  {what:42} {seconds:6.2f} s   {note}")


def creation(product: dict[str, Any], model_id: str) -> Times:
    """Return the times of one creation; the model is gone afterwards."""
    admin = Admin(product)
    posted = time.monotonic()
    admin.create(model_id, **HOSTED)
    port = until(lambda: port_of(model_id))
    started = time.monotonic()
    until(lambda: answers(f"http://127.0.0.1:{port}/health") or None)
    healthy = time.monotonic()
    until(lambda: first_token(product["serve_url"], model_id, product["token"]))
    routed = time.monotonic()
    first_token(f"http://127.0.0.1:{port}/v1", model_id, "")
    direct = time.monotonic() - routed
    admin.remove(model_id)
    return Times(started - posted, healthy - started, routed - healthy, direct)


def registration(product: dict[str, Any], model_id: str) -> float:
    """Return the seconds from the POST of an external model to its place in the gateway's list."""
    admin, posted = Admin(product), time.monotonic()
    admin.create(model_id, modelName="bedrock/amazon.titan-text-express-v1", modelType="textgen")
    url = f"{product['serve_url']}/models/{model_id}"
    until(lambda: answers(url, product["token"]) or None)
    seconds = time.monotonic() - posted
    admin.remove(model_id)
    return seconds


def port_of(model_id: str) -> int | None:
    """Return the port of the process that serves a model, None while there is none."""
    for process in psutil.process_iter():
        try:
            environment = process.environ()
        except psutil.Error:
            continue
        if environment.get("MODEL_ID") == model_id and "PORT" in environment:
            return int(environment["PORT"])
    return None


def answers(url: str, token: str = "") -> bool:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def first_token(base: str, model_id: str, token: str) -> bool | None:
    body = json.dumps(QUESTION | {"model": model_id}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{base}/chat/completions", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return bool(json.load(reply)["choices"]) or None
    except OSError:
        return None


def until[T](look: Callable[[], T | None]) -> T:
    """Return the first answer that is not None."""
    deadline = time.monotonic() + LONGEST
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing after {LONGEST:.0f} s; `make logs` may say why")
        time.sleep(PAUSE)
    return found


if __name__ == "__main__":
    main()
