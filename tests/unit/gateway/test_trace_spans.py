"""A finished request as spans, and those in the forms of OpenTelemetry and X-Ray."""

import json
from typing import Any

import pytest

from gateway.tracing import otlp, xray
from gateway.tracing.context import Trace
from gateway.tracing.spans import Span, facts, spans
from gateway.usage.record import Record, Tokens
from tests.unit.gateway.builders import record, trace

# Small, so that a millisecond is told from another.
AT = 1000.0
PARENT = f"00-{'a' * 32}-{'b' * 16}-01"


def near(seconds: Any) -> Any:
    return pytest.approx(seconds, abs=1e-4, rel=0)


def request(**changes: object) -> Record:
    return record(at=AT, **changes)


def made(told: Record | None = None, of: Trace | None = None) -> list[Span]:
    # By way of JSON, as they are handed over.
    return spans(json.loads(json.dumps(facts(told or request(), of or answered()))))


def answered() -> Trace:
    """Authenticated after 10 ms; refused by one upstream, answered by another after 0.4 s."""
    ours = trace(traceparent=PARENT)
    ours.authenticated = 100.01
    ours.attempt("m1", "bedrock", 100.02).failed("unreachable", 100.05)
    ours.attempt("m2", "hosted_vllm", 100.1).took(200, 100.4)
    return ours


def test_the_servers_span_is_the_request() -> None:
    server = made()[0]
    assert (server.name, server.kind, server.error) == ("chat m1", "server", "")
    assert (server.trace_id, server.parent_id) == ("a" * 32, "b" * 16)
    assert (server.began, server.ended) == (AT, AT + 1.5)
    assert server.attributes == {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m1",
        "gen_ai.response.model": "m1",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 21,
        "gen_ai.usage.cache_read.input_tokens": 4,
        "gen_ai.response.time_to_first_chunk": 0.5,
        "http.response.status_code": 200,
        "lisa.request.id": "req_1",
        "lisa.streamed": True,
    }


def test_below_it_are_the_credential_and_each_attempt() -> None:
    server, credential, refused, good = made()
    assert {span.parent_id for span in (credential, refused, good)} == {server.span_id}
    assert len({span.span_id for span in (server, credential, refused, good)}) == 4
    assert credential.name == "authenticate"
    assert credential.ended == near(AT + 0.01)
    assert (refused.name, refused.error) == ("chat m1", "unreachable")
    assert (refused.began, refused.ended) == near((AT + 0.02, AT + 0.05))
    assert refused.attributes["gen_ai.provider.name"] == "aws.bedrock"
    # What nobody ended ends with the request.
    assert (good.kind, good.error) == ("client", "")
    assert good.ended == near(AT + 1.5)
    assert good.attributes["http.response.status_code"] == 200
    assert good.attributes["lisa.answered_after"] == near(0.3)


def test_an_attempt_that_another_followed_ends_with_its_answer() -> None:
    ours = trace()
    ours.attempt("m1", "openai", 100.1).took(503, 100.2)
    ours.attempt("m1", "openai", 100.5).took(200, 100.6)
    _, busy, good = made(of=ours)
    assert busy.error == "503"
    assert busy.ended == near(AT + 0.2)
    assert good.ended == near(AT + 1.5)


@pytest.mark.parametrize(("status", "error"), [(503, "503"), (404, ""), (499, "")])
def test_only_our_failures_are_errors_of_the_server(status: int, error: str) -> None:
    assert made(request(status=status))[0].error == error


def test_what_is_not_known_is_not_said() -> None:
    told = request(tokens=Tokens(), first_token=None, served="", status=404, streamed=False)
    attributes = made(told, trace())[0].attributes
    assert not {name for name in attributes if "usage" in name or "first" in name}
    assert "gen_ai.response.model" not in attributes


def test_a_trace_tells_nothing_of_its_caller_and_fits_its_line() -> None:
    ours = answered()
    for number in range(500):
        ours.attempt("m" * 200, "openai", 100.2 + number).failed("unreachable", 100.3)
    line = json.dumps(facts(record(model="m" * 200, user="zoltan", token_id="tok_1"), ours))
    assert "zoltan" not in line
    assert "tok_1" not in line
    assert len(line) < 4096


def test_opentelemetry_is_told_in_its_own_form() -> None:
    body = otlp.request([made()], "lisa")
    (resource,) = body["resourceSpans"]
    assert {"key": "service.name", "value": {"stringValue": "lisa-gateway"}} in resource[
        "resource"
    ]["attributes"]
    server, _, refused, good = resource["scopeSpans"][0]["spans"]
    assert [span["kind"] for span in (server, refused, good)] == [2, 3, 3]
    assert server["parentSpanId"] == "b" * 16
    assert server["startTimeUnixNano"] == "1000000000000"
    assert refused["status"] == {"code": 2}
    assert "status" not in server
    values = {one["key"]: one["value"] for one in server["attributes"]}
    assert values["gen_ai.usage.input_tokens"] == {"intValue": "10"}
    assert values["lisa.streamed"] == {"boolValue": True}
    assert values["gen_ai.response.time_to_first_chunk"] == {"doubleValue": 0.5}


def document(told: Record | None = None, of: Trace | None = None) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(xray.document(made(told, of), "lisa"))
    return parsed


def test_x_ray_is_told_of_one_segment_with_subsegments() -> None:
    segment = document()
    assert segment["trace_id"] == f"1-{'a' * 8}-{'a' * 24}"
    assert (segment["name"], segment["parent_id"]) == ("lisa-gateway", "b" * 16)
    assert segment["http"] == {"response": {"status": 200}}
    assert segment["annotations"]["gen_ai_request_model"] == "m1"
    assert segment["annotations"]["lisa_request_id"] == "req_1"
    credential, refused, good = segment["subsegments"]
    assert (credential["name"], refused["namespace"]) == ("authenticate", "remote")
    assert (refused["fault"], refused["annotations"]["error_type"]) == (True, "unreachable")
    assert (good["fault"], good["error"]) == (False, False)


@pytest.mark.parametrize(
    ("status", "flags"),
    [
        (200, (False, False, False)),
        (400, (False, True, False)),
        (429, (False, True, True)),
        (502, (True, False, False)),
    ],
)
def test_x_ray_colours_a_segment_by_its_status(status: int, flags: tuple[bool, bool, bool]) -> None:
    segment = document(request(status=status), trace())
    assert (segment["fault"], segment["error"], segment["throttle"]) == flags


def test_a_models_name_becomes_one_that_x_ray_takes() -> None:
    ours = trace()
    ours.attempt("caf\u00e9?*" + "x" * 300, "openai", 100.1)
    (call,) = document(of=ours)["subsegments"]
    assert call["name"].startswith("chat caf\u00e9__x")
    assert len(call["name"]) == 200
