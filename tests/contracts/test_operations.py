"""Whoever is woken knows why: alarms are made of metrics that exist, and all have their section."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kernel.observability import NAMESPACE, count
from tests.operations_template.description import Widget, pages, rows
from tests.operations_template.generate import texts
from tests.operations_template.things import things
from tests.support.metrics import known
from tests.support.sources import ROOT
from tests.support.templates import (
    Json,
    paths,
    relative,
    resource_behind,
    resources,
    template,
    walk,
)

ALARM = "AWS::CloudWatch::Alarm"
RUNBOOK = ROOT / "docs/operations.md"
FOUND = [(path, name, alarm) for path in paths() for name, alarm in resources(path, ALARM).items()]
ALARMS = [pytest.param(path, one, id=f"{relative(path)}: {name}") for path, name, one in FOUND]
# A model's alarms are named after its stack.
_NAME = re.compile(r"\$\{(DeploymentName|ResourceName)\}-([a-z0-9-]+)")
_POINTS = re.compile(r"docs/operations\.md#([a-z-]+) says what to do\.$")


def section(alarm: Json) -> str:
    pointed = _POINTS.search(alarm["AlarmDescription"])
    assert pointed, "say in its description where the runbook has it"
    return pointed[1]


def measured(alarm: Json) -> Iterator[Json]:
    """The metrics of an alarm, in whichever of the two forms."""
    for _, part in walk(alarm):
        if isinstance(part, dict) and "MetricName" in part:
            yield part


def sections() -> list[str]:
    return re.findall(r"^#### (.+)$", RUNBOOK.read_text("utf-8"), re.MULTILINE)


def watched(kind: str) -> set[str]:
    """What the alarms of our descriptions name of a kind."""
    values = [
        value
        for page in pages()
        for alarm in page.alarms
        for metric in alarm.metrics
        for _, value in metric.dimensions
    ]
    return {name for name in things()[kind] if any(value.endswith(f"-{name}") for value in values)}


@pytest.mark.parametrize("path", texts(), ids=relative)
def test_a_generated_template_is_what_its_description_makes(path: Path) -> None:
    assert path.read_text("utf-8") == texts()[path], "make operations"


@pytest.mark.parametrize(("path", "alarm"), ALARMS)
def test_an_alarm_names_its_section_of_the_runbook(path: Path, alarm: Json) -> None:
    kind, name = _NAME.findall(str(alarm["AlarmName"]))[0]
    pointed = section(alarm)
    assert pointed in sections()
    whole = name if kind == "DeploymentName" else f"model-{name}"
    assert whole == pointed or whole.startswith(f"{pointed}-")


def test_the_runbook_has_no_section_of_an_alarm_that_is_gone() -> None:
    text = RUNBOOK.read_text("utf-8").partition("## When an alarm tells")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^#### (.+)$", text, re.MULTILINE)) == sorted(
        {section(alarm) for _, _, alarm in FOUND}
    )


@pytest.mark.parametrize(("path", "alarm"), ALARMS)
def test_an_alarm_looks_at_metrics_that_exist(path: Path, alarm: Json) -> None:
    found = list(measured(alarm))
    assert found
    for metric in found:
        named = frozenset(one["Name"] for one in metric.get("Dimensions", []))
        assert named in known()[metric["Namespace"]][metric["MetricName"]]


@pytest.mark.parametrize(("path", "alarm"), ALARMS)
def test_an_alarm_tells_somebody(path: Path, alarm: Json) -> None:
    if alarm.get("ActionsEnabled", True):
        assert "AlarmTopicArn" in template(path)["Parameters"]
        assert {"Ref": "AlarmTopicArn"} in [part for _, part in walk(alarm["AlarmActions"])]
    assert "TreatMissingData" in alarm


def test_whoever_is_told_of_alarms_is_told_of_all() -> None:
    """The root's topic reaches every nested template that wants one."""
    for path in paths():
        wants = "AlarmTopicArn" in template(path).get("Parameters", {})
        for kind in (
            ("AWS::Serverless::Application",) if wants or path == ROOT / "template.yaml" else ()
        ):
            for child in resources(path, kind).values():
                there = template((path.parent / child["Location"]).resolve())
                if "AlarmTopicArn" in there.get("Parameters", {}):
                    assert child["Parameters"]["AlarmTopicArn"] == {"Ref": "AlarmTopicArn"}


def test_a_count_carries_its_service(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "models")
    count("ModelFailed", code="NoCapacity")
    (told,) = json.loads(capsys.readouterr().out)["_aws"]["CloudWatchMetrics"]
    assert told["Namespace"] == NAMESPACE
    assert {frozenset(one) for one in told["Dimensions"]} == {frozenset({"service", "code"})}


@pytest.mark.parametrize(
    "widget", [one for row in rows() for one in row.widgets], ids=lambda one: str(one.title)
)
def test_the_dashboard_shows_metrics_that_exist(widget: Widget) -> None:
    for metric in widget.metrics:
        named = frozenset(name for name, _ in metric.dimensions)
        assert named in known()[metric.namespace][metric.name]
    assert bool(widget.metrics) != bool(widget.search)


def test_a_search_of_the_dashboard_finds_a_metric_of_ours() -> None:
    for widget in (one for row in rows() for one in row.widgets if one.search):
        namespace, *dimensions = widget.dimensions.split(",")
        (name,) = re.findall(r'MetricName="(\w+)"', widget.search)
        assert frozenset(dimensions) in known()[namespace][name]


def test_the_dashboard_is_json_that_fits() -> None:
    body = template(ROOT / "operations/template.yaml")["Resources"]["Dashboard"]["Properties"]
    widgets = json.loads(body["DashboardBody"]["Fn::Sub"])["widgets"]
    # Told by CloudWatch, which takes 500 widgets of 500 metrics each.
    assert all(one["x"] + one["width"] <= 24 for one in widgets)
    assert all(len(one["properties"].get("metrics", [])) <= 500 for one in widgets)


@pytest.mark.parametrize("queue", things()["dead-letter"])
def test_a_queue_of_what_could_not_be_handled_has_an_alarm(queue: str) -> None:
    watching = [
        (path, metric)
        for path, _, alarm in FOUND
        for metric in measured(alarm)
        if metric["MetricName"] == "ApproximateNumberOfMessagesVisible"
    ]
    behind = [resource_behind(path, one["Dimensions"][0]["Value"]) for path, one in watching]
    names = [str(found[1]["Properties"]["QueueName"]) for found in behind if found]
    assert [name for name in names if queue in name]


@pytest.mark.parametrize("kind", ["table", "workflow", "backlog", "stream", "asked"])
def test_everything_of_a_kind_has_an_alarm(kind: str) -> None:
    assert watched(kind) == set(things()[kind])
    assert things()[kind]
