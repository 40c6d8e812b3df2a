"""The numbers as Prometheus reads them, checked by Prometheus' own reader."""

import math
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain_text

from gateway.metrics.catalogue import FAMILIES, PREFIX, Totals
from gateway.metrics.counters import Counters
from gateway.metrics.exposition import exposition
from gateway.metrics.pages import Pages
from gateway.tracing.context import Attempt
from tests.unit.gateway.builders import record
from tests.unit.gateway.exchanges import exchange

BOTH = pytest.mark.parametrize("reader", ["plain", "open"])
ODD = 'quote" back\\slash\nline'


def totals() -> Totals:
    counters = Counters()
    good = Attempt("m1", "openai", "0" * 16, 0.0, answered=0.1, status=200)
    for milliseconds in (15.0, 30.0, 500_000.0):
        counters.ended(record(milliseconds=milliseconds, first_token=5.0), [good], {"m1"})
    counters.ended(record(model=ODD, served="m1"), [good, good], {ODD})
    counters.refused("invalid_api_key")
    gauges = {("requests_in_flight",): 3.0, ("registry_silence_seconds",): 0.25}
    return counters.totals() | gauges


def read(numbers: Totals, reader: str) -> dict[tuple[str, ...], float]:
    page = exposition(numbers, open_metrics=reader == "open").decode()
    families = open_metrics(page) if reader == "open" else plain_text(page)  # type: ignore[no-untyped-call]
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


@BOTH
def test_prometheus_reads_what_was_counted(reader: str) -> None:
    samples = read(totals(), reader)
    assert samples[f"{PREFIX}requests_total", "m1", "chat/completions", "200"] == 3
    assert samples[f"{PREFIX}tokens_total", "prompt", "m1"] == 30
    assert samples[f"{PREFIX}refusals_total", "invalid_api_key"] == 1
    assert samples[f"{PREFIX}requests_in_flight",] == 3
    assert samples[f"{PREFIX}registry_silence_seconds",] == 0.25


@BOTH
def test_a_histogram_is_cumulative_and_has_every_bucket(reader: str) -> None:
    samples = read(totals(), reader)
    name = f"{PREFIX}request_duration_seconds"
    buckets = {key[1]: value for key, value in samples.items() if key[0] == f"{name}_bucket"}
    assert len(buckets) == 17
    by_bound = {float(bound): samples[f"{name}_bucket", bound, "m1"] for bound in buckets}
    assert (by_bound[0.01], by_bound[0.02], by_bound[0.04], by_bound[327.68]) == (0, 1, 2, 2)
    assert by_bound[math.inf] == samples[f"{name}_count", "m1"] == 3
    assert samples[f"{name}_sum", "m1"] == pytest.approx(500.045)


@BOTH
def test_a_name_with_signs_of_the_format_stays_one_label(reader: str) -> None:
    assert read(totals(), reader)[f"{PREFIX}fallbacks_total", ODD] == 1


@BOTH
def test_a_gateway_that_did_nothing_yet_has_a_valid_page(reader: str) -> None:
    assert read({}, reader) == {}


def test_every_family_has_a_name_of_its_own_and_a_meaning() -> None:
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
    assert all(family.meaning and not family.meaning.endswith(".") for family in FAMILIES)


async def ask(path: str, accept: str = "*/*") -> tuple[int, dict[bytes, bytes], bytes]:
    asked, link = exchange(path, method="GET", headers=[(b"accept", accept.encode())])
    await Pages(totals)(asked)
    return link.answer


async def test_each_reader_gets_the_format_that_it_asks_for() -> None:
    _, headers, plain = await ask("/metrics")
    assert headers[b"content-type"] == b"text/plain; version=0.0.4; charset=utf-8"
    assert b"# EOF" not in plain
    _, headers, opened = await ask("/metrics", "application/openmetrics-text;version=1.0.0,*/*")
    assert headers[b"content-type"].startswith(b"application/openmetrics-text; version=1.0.0")
    assert opened.endswith(b"# EOF\n")


async def test_nothing_else_is_served_there() -> None:
    assert (await ask("/"))[0] == 404


def test_the_readme_tells_of_every_number() -> None:
    readme = (Path(__file__).parents[3] / "containers/gateway/README.md").read_text("utf-8")
    for family in FAMILIES:
        told = f"{family.name}_total" if family.kind == "counter" else family.name
        assert f"`{told}`" in readme, told
