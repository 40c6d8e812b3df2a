"""The numbers as CloudWatch extracts them: its rules for a document, and ours for the values."""

import json
from typing import Any

import pytest

from gateway.metrics.catalogue import DURATION_BOUNDS, Totals
from gateway.metrics.counters import Counters
from gateway.metrics.emf import difference, distribution, documents
from gateway.tracing.context import Attempt
from tests.unit.gateway.builders import record

NOW = 1_700_000_000.25
UNITS = {"Seconds", "Bytes", "Count"}
GOOD = Attempt("m1", "openai", "0" * 16, 0.0, answered=0.1, status=200)


def busy(model: str = "m1") -> Counters:
    """A model with something in every bucket and of every kind."""
    counters = Counters()
    failed = Attempt(model, "openai", "0" * 16, 0.0, cause="unreachable")
    for bound in (*DURATION_BOUNDS, 1000.0):
        made = record(model=model, served="m2", milliseconds=999 * bound, first_token=40 * bound)
        counters.ended(made, [failed, GOOD], {model})
    counters.ended(record(model=model, status=503), [failed], {model})
    counters.ended(record(model=model, status=404), [GOOD], {model})
    counters.refused("invalid_api_key")
    return counters


def told(added: Totals, gauges: Totals | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in documents("lisa", added, gauges or {}, NOW)]


def check(document: dict[str, Any]) -> None:
    """The rules of AWS's specification of the format."""
    (directive,) = document["_aws"]["CloudWatchMetrics"]
    assert isinstance(document["_aws"]["Timestamp"], int)
    assert 1 <= len(directive["Namespace"]) <= 1024
    for dimensions in directive["Dimensions"]:
        assert len(dimensions) <= 30
        assert all(1 <= len(document[name]) <= 1024 for name in dimensions)
    assert len(directive["Metrics"]) <= 100
    for metric in directive["Metrics"]:
        assert metric["Unit"] in UNITS
        value = document[metric["Name"]]
        if isinstance(value, dict):
            assert len(value["Values"]) == len(value["Counts"]) <= 100
        else:
            assert isinstance(value, int | float)


def test_every_document_keeps_the_rules_of_the_format() -> None:
    gauges = {("lane_up",): 1.0, ("process_resident_bytes", "poller"): 30e6}
    found = told(busy("m" * 2000).totals(), gauges)
    assert len(found) == 2
    for document in found:
        check(document)


def test_a_document_is_one_write_to_a_pipe() -> None:
    lines = documents("d" * 24, busy("m" * 200).totals(), {}, NOW)
    assert max(map(len, lines)) <= 4096
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in lines)


def test_a_model_is_told_of_under_itself_and_under_the_deployment() -> None:
    _, of_model = told(busy().totals())
    assert of_model["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "LISA/Gateway"
    dimensions = of_model["_aws"]["CloudWatchMetrics"][0]["Dimensions"]
    assert dimensions == [["Deployment"], ["Deployment", "Model"]]
    assert (of_model["Deployment"], of_model["Model"]) == ("lisa", "m1")
    assert (of_model["Requests"], of_model["ClientErrors"], of_model["ServerErrors"]) == (19, 1, 1)
    assert (of_model["Retries"], of_model["Fallbacks"]) == (17, 17)
    assert of_model["UpstreamFailures"] == 18
    assert (of_model["PromptTokens"], of_model["CompletionTokens"]) == (190, 399)


def test_an_alarm_on_a_ratio_finds_the_zero() -> None:
    counters = Counters()
    counters.ended(record(), [GOOD], {"m1"})
    whole, of_model = told(counters.totals())
    assert (of_model["Requests"], of_model["ServerErrors"]) == (1, 0)
    assert (whole["Refusals"], whole["Restarts"]) == (0, 0)


def test_gauges_are_told_of_the_replica_with_its_processes_together() -> None:
    gauges: Totals = {
        ("process_resident_bytes", "poller"): 30e6,
        ("process_resident_bytes", "lane.process"): 300e6,
        ("registry_up",): 0.0,
    }
    (whole,) = told({("restarts", "lane.process"): 2}, gauges)
    assert (whole["ResidentMemory"], whole["RegistryUp"], whole["Restarts"]) == (330e6, 0, 2)


def test_only_what_is_new_is_told() -> None:
    counters = Counters()
    counters.ended(record(), [GOOD], {"m1"})
    first = counters.totals()
    assert difference(first, first) == {}
    counters.ended(record(), [GOOD], {"m1"})
    _, of_model = told(difference(counters.totals(), first))
    assert (of_model["Requests"], of_model["Duration"]["Count"]) == (1, 1)


def test_a_count_that_began_anew_is_told_from_its_beginning() -> None:
    assert difference({("refusals", "x"): 3.0}, {("refusals", "x"): 8.0}) == {("refusals", "x"): 3}


@pytest.mark.parametrize("seconds", [0.013, 0.5, 81.0, 599.0])
def test_what_fell_into_one_bucket_is_told_exactly(seconds: float) -> None:
    counters = Counters()
    counters.ended(record(milliseconds=1000 * seconds), [GOOD], {"m1"})
    duration = told(counters.totals())[1]["Duration"]
    assert duration["Values"] == [pytest.approx(seconds)]
    assert duration["Sum"] == pytest.approx(seconds)


def test_a_distribution_has_the_right_sum_and_counts() -> None:
    found = {"1.28": 3.0, "2.56": 1.0, "sum": 5.0}
    made = distribution(found, DURATION_BOUNDS)
    weighed = sum(v * c for v, c in zip(made["Values"], made["Counts"], strict=True))
    assert weighed == pytest.approx(5.0, rel=1e-3)
    assert (made["Counts"], made["Count"], made["Sum"]) == ([3, 1], 4, 5.0)
    assert made["Min"] < made["Max"]
