"""What operators see: metrics that the alarms look at, log lines with their context."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kernel.observability import NAMESPACE, client, count, logger, observed
from tests.support.calling import Context
from tests.support.sources import ROOT
from tests.support.templates import resources

type Logged = Callable[[], list[dict[str, Any]]]

ALARM = "AWS::CloudWatch::Alarm"
MODELS = ROOT / "functions/models/template.yaml"
FAILED = {"detail": {"id": "e1", "occurred_at": "2026-01-15T09:30:00Z", "correlation_id": "c1"}}


def metrics(out: str) -> list[tuple[str, str, dict[str, str]]]:
    """Each metric that lines in CloudWatch's embedded format carry: space, name, dimensions."""
    found = []
    for line in (json.loads(text) for text in out.splitlines() if '"_aws"' in text):
        for one in line["_aws"]["CloudWatchMetrics"]:
            for names in one["Dimensions"]:
                dimensions = {name: line[name] for name in names}
                found += [(one["Namespace"], m["Name"], dimensions) for m in one["Metrics"]]
    return found


def test_a_count_is_one_line_with_its_dimensions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "lamps")
    count("LampBroke", code="NoFuel")
    out = capsys.readouterr().out
    assert metrics(out) == [(NAMESPACE, "LampBroke", {"service": "lamps", "code": "NoFuel"})]
    assert json.loads(out)["LampBroke"] == [1.0]


def test_the_alarm_of_failed_models_looks_at_what_is_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from functions.models.on_model_failed.app import handler

    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "models")
    failed = {"detail": FAILED["detail"] | {"data": {"code": "ServerDied"}}}
    handler(failed, Context())
    alarm = resources(MODELS, ALARM)["ModelFailedAlarm"]
    looks_at = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
    counted = metrics(capsys.readouterr().out)
    assert counted.count((alarm["Namespace"], alarm["MetricName"], looks_at)) == 1


def test_a_log_line_has_the_context_of_its_request_and_of_no_other(
    logged: Logged,
) -> None:
    @observed
    def handler(event: dict[str, Any], context: Any) -> None:
        logger.info("hello")
        logger.append_keys(execution=event["execution"])
        logger.info("at work")

    for execution in ("first", "second"):
        handler({"execution": execution}, Context())
    assert [line.get("execution") for line in logged()] == [None, "first", None, "second"]
    assert {line["function_request_id"] for line in logged()} == {"request-1"}


def test_no_variable_turns_an_event_into_a_log_line(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "true")

    @observed
    def handler(event: dict[str, Any], context: Any) -> None:
        logger.info("at work")

    handler({"body": "a secret"}, Context())
    assert [line["message"] for line in logged()] == ["at work"]


def test_what_a_function_raises_reaches_its_caller() -> None:
    def handler(event: Any, context: Any) -> None:
        raise ValueError("the lamp is broken")

    with pytest.raises(ValueError, match="the lamp is broken"):
        observed(handler)({}, Context())


def test_a_process_has_one_client_of_a_service_and_it_does_not_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client.cache_clear()
    dynamodb = client("dynamodb")
    assert client("dynamodb") is dynamodb
    assert dynamodb.meta.config.connect_timeout <= 5
    assert dynamodb.meta.config.read_timeout < 29
    client.cache_clear()
