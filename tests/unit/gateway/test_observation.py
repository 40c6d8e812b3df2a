"""What an edge worker tells of a request, and what the environment says about that."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.log import access_line
from gateway.metrics.processes import Process, alive, birth, children
from gateway.metrics.replica import Restarts
from gateway.observation import Observation
from gateway.observer import Observer
from gateway.tracing.handover import Taker
from gateway.usage.record import Tokens
from tests.unit.gateway.builders import record, trace

SAMPLED = [(b"traceparent", f"00-{'a' * 32}-{'b' * 16}-01".encode())]


def line(**changes: object) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(access_line(record(**changes), trace()))
    return parsed


def test_the_log_says_who_asked_what_and_what_it_took() -> None:
    said = line()
    assert (said["event"], said["request"], said["user"], said["token"]) == (
        "request",
        "req_1",
        "ada",
        "tok_1",
    )
    assert (said["model"], said["status"], said["milliseconds"]) == ("m1", 200, 1500.0)
    assert (said["prompt_tokens"], said["completion_tokens"], said["cached_tokens"]) == (10, 21, 4)
    assert len(said["trace"]) == 32


def test_a_line_is_one_line_whatever_its_names_are() -> None:
    made = access_line(record(user="a\nb", model='m"\u2028', tokens=Tokens()), trace())
    assert (made.count(b"\n"), made[-1:]) == (1, b"\n")
    assert json.loads(made)["user"] == "a\nb"


def observer(folder: Path, **env: str) -> Observer:
    return Observer(Observation.load(env), folder)


def test_a_recorded_request_is_handed_over_and_another_is_not(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = observer(tmp_path, TRACES="xray", TRACE_SAMPLE="0")
    for headers in (SAMPLED, []):
        begun = ours.begin(headers, 1_700_000_000.0, 100.0)
        assert ours.counters.in_flight == 1
        ours.ended(record(), begun, {"m1"})
    taker = Taker(tmp_path)
    assert [told["trace_id"] for told in taker.take()] == ["a" * 32]
    taker.close()
    assert ours.counters.in_flight == 0
    assert capfd.readouterr().out.count('"event":"request"') == 2


def test_a_trace_that_cannot_be_handed_over_is_counted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = observer(tmp_path, TRACES="xray")
    ours.ended(record(model="m" * 5000), ours.begin(SAMPLED, 1_700_000_000.0, 100.0), ())
    assert ours.counters.totals()["traces", "dropped"] == 1


def test_without_a_receiver_nothing_is_recorded_and_no_pipe_made(tmp_path: Path) -> None:
    ours = observer(tmp_path, TRACE_SAMPLE="1")
    assert not ours.begin(SAMPLED, 1_700_000_000.0, 100.0).recorded
    assert not list(tmp_path.glob("*.pipe"))


def test_the_defaults_are_an_internal_port_and_no_traces() -> None:
    plain = Observation.load({})
    assert (plain.metrics_host, plain.metrics_port, plain.emf_seconds) == ("127.0.0.1", 9464, 60)
    assert (plain.traces, plain.sample) == ("off", 0.05)


def test_a_collectors_address_is_enough_to_send_traces_there() -> None:
    told = Observation.load(
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318/",
            "OTEL_EXPORTER_OTLP_HEADERS": "x-key=a=b, x-team = ml",
        }
    )
    assert (told.traces, told.otlp_endpoint) == ("otlp", "http://collector:4318")
    assert told.otlp_headers == {"x-key": "a=b", "x-team": "ml"}


@pytest.mark.parametrize("env", [{"TRACES": "zipkin"}, {"TRACES": "otlp"}, {"TRACE_SAMPLE": "5"}])
def test_an_impossible_wish_stops_the_start_with_a_sentence(env: dict[str, str]) -> None:
    with pytest.raises(SystemExit, match=r"cannot start: .+\."):
        Observation.load(env)


def process(pid: int, role: str) -> Process:
    return Process(pid, role, birth=pid * 10, resident_bytes=1, cpu_seconds=0.0)


def test_a_process_in_the_place_of_another_is_a_restart() -> None:
    restarts = Restarts()
    restarts.see([process(1, "lane.process"), process(2, "edge_process")])
    restarts.see([process(2, "edge_process")])
    assert restarts.totals() == {}
    restarts.see([process(2, "edge_process"), process(3, "lane.process")])
    restarts.see([process(4, "edge_process"), process(3, "lane.process")])
    assert restarts.totals() == {("restarts", "lane.process"): 1, ("restarts", "edge_process"): 1}


def test_a_gateway_that_starts_or_stops_restarts_nothing() -> None:
    restarts = Restarts()
    restarts.see([process(1, "poller")])
    restarts.see([process(1, "poller"), process(2, "edge_process"), process(3, "edge_process")])
    restarts.see([process(1, "poller")])
    restarts.see([])
    assert restarts.totals() == {}


def test_only_the_gateways_own_children_are_looked_at(tmp_path: Path) -> None:
    assert children(1) == []
    assert (birth(2**30), alive(2**30, 0)) == (0, False)
