"""What a gateway that runs tells of itself: its internal port, its log, its traces."""

import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import TOKEN, Gateway, Tables
from tests.integration.gateway.upstream import Upstream

TRACE, OTHER, THIRD = ("0af7651916cd43dd8448eb211c80319" + last for last in "abc")
SPAN = "b7ad6b7169203331"
PREFIX = "lisa_gateway_"


class Collector(ThreadingHTTPServer):
    """An OpenTelemetry collector, as far as traces go: it keeps the spans."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.spans: list[dict[str, Any]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def of(self, trace_id: str) -> list[dict[str, Any]]:
        return [span for span in self.spans if span["traceId"] == trace_id]


class Door(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        for resource in body["resourceSpans"]:
            self.server.spans += resource["scopeSpans"][0]["spans"]
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with Collector() as running:
        yield running
        running.shutdown()


@pytest.fixture(scope="module")
def observed(
    emulator: Emulator,
    tables: Tables,
    collector: Collector,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Gateway]:
    settings = {
        "EMF_SECONDS": "1",
        "TRACE_SAMPLE": "0",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "EDGE_WORKERS": "2",
    }
    with Gateway(emulator, tmp_path_factory.mktemp("observed"), **settings) as running:
        eventually(lambda: running.ask("/health")[0] == 200)
        eventually(lambda: '"event":"metrics served"' in running.log())
        yield running


def lines(gateway: Gateway, event: str) -> list[dict[str, Any]]:
    said = [json.loads(line) for line in gateway.log().splitlines() if line.startswith("{")]
    return [line for line in said if line.get("event") == event]


def page(gateway: Gateway) -> str:
    port = lines(gateway, "metrics served")[-1]["port"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def number(gateway: Gateway, name: str, **labels: str) -> float:
    """The sum of the samples of this name with these labels."""
    return sum(
        sample.value
        for family in text_string_to_metric_families(page(gateway))
        for sample in family.samples
        if sample.name == PREFIX + name and labels.items() <= sample.labels.items()
    )


def traced(gateway: Gateway, trace_id: str, **more: str) -> dict[str, str]:
    """Ask as a part of this trace; the answer's headers."""
    body = {"model": "good", "messages": [{"role": "user", "content": "very-private"}]}
    headers = {
        "Authorization": f"Bearer {TOKEN}",
        "Content-Type": "application/json",
        "traceparent": f"00-{trace_id}-{SPAN}-01",
        **more,
    }
    url = f"http://127.0.0.1:{gateway.port}/v2/serve/chat/completions"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
        return {name.lower(): value for name, value in answer.headers.items()}


def test_requests_are_counted_on_the_internal_port_only(observed: Gateway) -> None:
    before = number(observed, "requests_total", model="good", status="200")
    for _ in range(6):
        assert observed.chat("good")[0] == 200
    assert eventually(
        lambda: number(observed, "requests_total", model="good", status="200") == before + 6
    )
    assert number(observed, "request_duration_seconds_count", model="good") >= 6
    assert observed.ask("/metrics")[0] == 404


def test_guesses_and_refusals_are_counted_without_their_names(observed: Gateway) -> None:
    assert observed.chat("no-such-model-17")[0] == 404
    assert observed.chat("good", token="wrong")[0] == 401
    assert eventually(lambda: number(observed, "refusals_total", code="invalid_api_key") >= 1)
    assert eventually(lambda: number(observed, "refusals_total", code="model_not_found") >= 1)
    assert "no-such-model-17" not in page(observed)


def test_the_page_says_how_the_replica_is(observed: Gateway) -> None:
    assert eventually(lambda: number(observed, "lane_up") == 1)
    assert number(observed, "registry_up") == 1
    assert number(observed, "models") >= 10
    assert number(observed, "process_resident_bytes", process="edge_process") > 10e6


def test_a_killed_worker_takes_no_count_with_it(observed: Gateway) -> None:
    assert observed.chat("good")[0] == 200
    before = number(observed, "requests_total", model="good", status="200")
    assert before
    # Its last counts may be a second old.
    assert eventually(lambda: number(observed, "requests_in_flight") == 0)
    child = observed.child("edge_process")
    assert child
    child.kill()
    assert eventually(lambda: number(observed, "restarts_total", process="edge_process") == 1)
    assert number(observed, "requests_total", model="good", status="200") >= before


def test_the_log_has_one_line_for_each_request_by_its_id(observed: Gateway) -> None:
    answer = traced(observed, OTHER, **{"x-request-id": "mine-to-choose-1"})
    assert answer["x-request-id"] == "mine-to-choose-1"
    (line,) = [one for one in lines(observed, "request") if one["request"] == "mine-to-choose-1"]
    assert (line["trace"], line["traced"]) == (OTHER, True)
    assert (line["model"], line["served"], line["status"]) == ("good", "good", 200)


def test_a_trace_reaches_upstream_and_collector(
    observed: Gateway, collector: Collector, upstream: Upstream
) -> None:
    traced(observed, TRACE)
    sent = upstream.asked[-1][1]
    match = re.fullmatch(rf"00-{TRACE}-([0-9a-f]{{16}})-01", sent["traceparent"])
    assert match
    assert sent["x-amzn-trace-id"].startswith(f"Root=1-{TRACE[:8]}-{TRACE[8:]};Parent=")
    assert eventually(lambda: len(collector.of(TRACE)) == 3)
    by_kind = {span["kind"]: span for span in collector.of(TRACE)}
    assert by_kind[2]["parentSpanId"] == SPAN
    assert (by_kind[3]["spanId"], by_kind[3]["parentSpanId"]) == (match[1], by_kind[2]["spanId"])
    told = json.dumps(collector.of(TRACE))
    for secret in (TOKEN, "very-private", str(upstream.port)):
        assert secret not in told


def test_a_request_that_nobody_wants_traced_is_not(
    observed: Gateway, collector: Collector, upstream: Upstream
) -> None:
    assert observed.chat("good")[0] == 200
    assert upstream.asked[-1][1]["traceparent"].endswith("-00")
    # Whatever had been recorded of it would have come before this.
    traced(observed, THIRD)
    assert eventually(lambda: collector.of(THIRD) != [])
    assert {span["traceId"] for span in collector.spans} <= {TRACE, OTHER, THIRD}


def test_metrics_are_in_the_log_and_add_up_after_a_stop(
    emulator: Emulator, tables: Tables, tmp_path: Path
) -> None:
    with Gateway(emulator, tmp_path, EMF_SECONDS="600") as gateway:
        eventually(lambda: gateway.ask("/health")[0] == 200)
        for _ in range(3):
            assert gateway.chat("good")[0] == 200
        gateway.end()
        log = [json.loads(line) for line in gateway.log().splitlines() if "_aws" in line]
    (told,) = [line for line in log if line.get("Model") == "good"]
    assert (told["Deployment"], told["Requests"], told["ServerErrors"]) == ("stage", 3, 0)
    assert told["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "LISA/Gateway"
    assert told["Duration"]["Counts"]
