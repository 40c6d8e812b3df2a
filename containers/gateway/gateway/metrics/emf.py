"""The numbers as CloudWatch extracts them from the log: the embedded metric format. Pure.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
A document carries what one model added since the last one, under the deployment and under the
model; CloudWatch adds up what the models and replicas say of the deployment. Each document is one
line that fits one write to a pipe (4096 bytes), because all processes share standard output.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from gateway.metrics import catalogue
from gateway.metrics.catalogue import BEYOND, SUM, Totals

NAMESPACE = "LISA/Gateway"
WHOLE = ["Deployment"]
BY_MODEL = [WHOLE, ["Deployment", "Model"]]
# The longest value of a dimension that CloudWatch takes.
LONGEST = 1024

COUNTS = {
    catalogue.GROUNDED: "GroundedRequests",
    catalogue.RETRIES: "Retries",
    catalogue.FALLBACKS: "Fallbacks",
    catalogue.FAILURES: "UpstreamFailures",
}
OF_TOKENS = {"prompt": "PromptTokens", "completion": "CompletionTokens", "cached": "CachedTokens"}
DURATIONS = {
    catalogue.DURATION: ("Duration", catalogue.DURATION_BOUNDS),
    catalogue.FIRST_TOKEN: ("TimeToFirstToken", catalogue.FIRST_TOKEN_BOUNDS),
    catalogue.PER_TOKEN: ("TimePerOutputToken", catalogue.PER_TOKEN_BOUNDS),
}
OF_THE_WHOLE = {
    catalogue.REFUSALS: "Refusals",
    catalogue.RESTARTS: "Restarts",
    catalogue.IN_FLIGHT: "RequestsInFlight",
    "registry_silence_seconds": "RegistrySilence",
    "registry_up": "RegistryUp",
    "lane_up": "LaneUp",
    "process_resident_bytes": "ResidentMemory",
}
UNITS = {
    "Duration": "Seconds",
    "TimeToFirstToken": "Seconds",
    "TimePerOutputToken": "Seconds",
    "RegistrySilence": "Seconds",
    "ResidentMemory": "Bytes",
}

type Values = dict[str, Any]


def difference(new: Totals, old: Totals) -> Totals:
    """What came since `old`, without what did not change; a count that is lower began anew."""
    return {
        key: count - old.get(key, 0) if count > old.get(key, 0) else count
        for key, count in new.items()
        if count != old.get(key, 0)
    }


def documents(deployment: str, added: Totals, gauges: Totals, now: float) -> list[bytes]:
    """One line for each model that did something, and one for the replica. `now` in Unix seconds.

    `added` are differences of counters and histograms.
    """
    models: dict[str, Values] = {}
    whole: Values = dict.fromkeys(("Refusals", "Restarts"), 0)
    for key, number in added.items():
        if key[0] in OF_THE_WHOLE:
            whole[OF_THE_WHOLE[key[0]]] += number
        elif key[0] != catalogue.TRACES:
            _collect(models.setdefault(key[1], {}), key, number)
    for key, number in gauges.items():
        if key[0] in OF_THE_WHOLE:
            name = OF_THE_WHOLE[key[0]]
            whole[name] = whole.get(name, 0) + number
    lines = [
        _document([WHOLE], {"Deployment": deployment}, whole, now),
        *(
            _document(BY_MODEL, {"Deployment": deployment, "Model": model[:LONGEST]}, values, now)
            for model, values in models.items()
        ),
    ]
    return [orjson.dumps(line) + b"\n" for line in lines]


def _collect(values: Values, key: catalogue.Key, number: float) -> None:
    name = key[0]
    if name == catalogue.REQUESTS:
        # Alarms on a ratio need the zero, too.
        for metric, counts in _classes(key[3]):
            values[metric] = values.get(metric, 0) + (number if counts else 0)
    elif name == catalogue.TOKENS:
        values[OF_TOKENS[key[2]]] = number
    elif name in COUNTS:
        values[COUNTS[name]] = values.get(COUNTS[name], 0) + number
    else:
        values.setdefault(DURATIONS[name][0], {})[key[2]] = number


def _classes(status: str) -> Iterator[tuple[str, bool]]:
    yield "Requests", True
    yield "ClientErrors", status.startswith("4")
    yield "ServerErrors", status.startswith("5")


def _document(
    dimensions: list[list[str]], of: Mapping[str, str], values: Values, now: float
) -> Values:
    bounds = dict(DURATIONS.values())
    told = {
        name: distribution(found, bounds[name]) if name in bounds else found
        for name, found in values.items()
    }
    metrics = [{"Name": name, "Unit": UNITS.get(name, "Count")} for name in told]
    directive = {"Namespace": NAMESPACE, "Dimensions": dimensions, "Metrics": metrics}
    return {"_aws": {"Timestamp": int(now * 1000), "CloudWatchMetrics": [directive]}, **of, **told}


def distribution(found: Mapping[str, float], bounds: tuple[float, ...]) -> Values:
    """A histogram as values with counts: each bucket's middle, moved so that their sum is right.

    So the average is exact, and so is all of it as long as one bucket was hit.
    """
    edges = (0.0, *bounds)
    named = (*map(str, bounds), BEYOND)
    middles = [(low + high) / 2 for low, high in zip(edges, bounds, strict=False)] + [bounds[-1]]
    hit = [
        (middle, found[name]) for middle, name in zip(middles, named, strict=True) if name in found
    ]
    guessed = sum(middle * count for middle, count in hit)
    right = found.get(SUM, guessed) / guessed if guessed else 1.0
    values = [_rounded(middle * right) for middle, _ in hit]
    counts = [int(count) for _, count in hit]
    return {
        "Values": values,
        "Counts": counts,
        "Min": min(values, default=0),
        "Max": max(values, default=0),
        "Count": sum(counts),
        "Sum": _rounded(found.get(SUM, guessed)),
    }


def _rounded(seconds: float) -> float:
    return float(f"{seconds:.5g}")
