"""Write the templates of operations/ from their descriptions: `make operations`."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.operations_template.dashboard import body
from tests.operations_template.description import FOLDER, Alarm, Metric, Page, pages

RUNBOOK = "docs/operations.md"
# What a parameter is unless it is given, and what it means.
PARAMETERS = {
    "DeploymentName": "",
    "AlarmTopicArn": 'Default: "", Description: The SNS topic that alarms tell; empty for none',
    "ClusterName": "Default: none, Description: The gateway's cluster",
    "LoadBalancer": "Default: none, Description: The public balancer's full name",
    "CertificateArn": 'Default: "", Description: The balancer\'s certificate; empty for none',
}
MADE = "# Written by `make operations` from operations/*.toml."
STATES = (
    "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${DeploymentName}"
)
_NEEDED = re.compile(r"\$\{(\w+)\}")


def texts() -> dict[Path, str]:
    """Return what every generated file is to hold, by path."""
    found = {FOLDER / f"{page.name}.yaml": _text(_page(page)) for page in pages()}
    return {FOLDER / "template.yaml": _text(_root()), **found}


def main() -> None:
    """Write the templates."""
    for path, text in texts().items():
        path.write_text(text, "utf-8")


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _root() -> Iterator[str]:
    yield 'AWSTemplateFormatVersion: "2010-09-09"'
    yield "Transform: AWS::Serverless-2016-10-31"
    yield "Description: Operations - one dashboard, and alarms that watch all parts from outside"
    yield MADE
    yield from _parameters(list(PARAMETERS))
    yield "Resources:"
    for page in pages():
        needed = _parameters_of(page)
        given = ", ".join(f"{name}: !Ref {name}" for name in needed)
        yield f"  {page.name.title()}:"
        yield "    Type: AWS::Serverless::Application"
        yield f"    Properties: {{Location: {page.name}.yaml, Parameters: {{{given}}}}}"
        yield ""
    yield "  Dashboard:"
    yield "    Type: AWS::CloudWatch::Dashboard"
    yield "    Properties:"
    yield "      DashboardName: !Sub ${DeploymentName}"
    yield "      DashboardBody: !Sub |"
    yield from (f"        {line}" for line in body(STATES))


def _page(page: Page) -> Iterator[str]:
    yield 'AWSTemplateFormatVersion: "2010-09-09"'
    yield f"Description: Alarms - {page.title[0].lower()}{page.title[1:]}"
    yield MADE
    needed = _parameters_of(page)
    yield from _parameters(needed)
    yield "Conditions:"
    yield '  Alarmed: !Not [!Equals [!Ref AlarmTopicArn, ""]]'
    if "CertificateArn" in needed:
        yield '  HasCertificate: !Not [!Equals [!Ref CertificateArn, ""]]'
    yield ""
    yield "Resources:"
    yield "\n\n".join("\n".join(_alarm(alarm)) for alarm in page.alarms)


def _parameters(names: list[str]) -> Iterator[str]:
    yield ""
    yield "Parameters:"
    for name in names:
        said = filter(None, ("Type: String", PARAMETERS[name]))
        yield f"  {name}: {{{', '.join(said)}}}"
    yield ""


def _parameters_of(page: Page) -> list[str]:
    metrics = [metric for alarm in page.alarms for metric in alarm.metrics]
    values = " ".join(value for metric in metrics for _, value in metric.dimensions)
    read = {"DeploymentName", "AlarmTopicArn", *_NEEDED.findall(values)}
    return [name for name in PARAMETERS if name in read]


def _alarm(alarm: Alarm) -> Iterator[str]:
    yield f"  {_logical_id(alarm.name)}:"
    yield "    Type: AWS::CloudWatch::Alarm"
    if alarm.condition:
        yield f"    Condition: {alarm.condition}"
    yield "    Properties:"
    yield f'      AlarmName: !Sub "${{DeploymentName}}-{alarm.name}"'
    yield "      AlarmDescription: >-"
    yield f"        {alarm.means}"
    yield f"        {RUNBOOK}#{alarm.section} says what to do."
    yield from _single(alarm) if len(alarm.metrics) == 1 else _sum(alarm)
    yield f"      EvaluationPeriods: {alarm.times}"
    yield f"      Threshold: {alarm.threshold}"
    yield f"      ComparisonOperator: {alarm.operator}"
    yield "      TreatMissingData: notBreaching"
    for kind in ("AlarmActions", "OKActions"):
        yield f'      {kind}: !If [Alarmed, [!Ref AlarmTopicArn], !Ref "AWS::NoValue"]'


def _single(alarm: Alarm) -> Iterator[str]:
    (metric,) = alarm.metrics
    kind = "ExtendedStatistic" if alarm.statistic.startswith("p") else "Statistic"
    yield f"      Namespace: {metric.namespace}"
    yield f"      MetricName: {metric.name}"
    if metric.dimensions:
        yield f"      Dimensions: {_dimensions(metric)}"
    yield f"      {kind}: {alarm.statistic}"
    yield f"      Period: {alarm.seconds}"


def _sum(alarm: Alarm) -> Iterator[str]:
    ids = [f"m{number}" for number in range(len(alarm.metrics))]
    filled = " + ".join(f"FILL({one}, 0)" for one in ids)
    yield "      Metrics:"
    yield f'        - {{Id: all, Label: All of them, Expression: "{filled}"}}'
    for one, metric in zip(ids, alarm.metrics, strict=True):
        yield f"        - Id: {one}"
        yield "          ReturnData: false"
        yield f"          MetricStat: {{Stat: {alarm.statistic}, Period: {alarm.seconds}, Metric:"
        yield f"            {{Namespace: {metric.namespace}, MetricName: {metric.name},"
        yield f"             Dimensions: {_dimensions(metric)}}}}}"


def _dimensions(metric: Metric) -> str:
    pairs = (
        f'{{Name: {name}, Value: !Sub "{value.replace("${States}", STATES)}"}}'
        for name, value in metric.dimensions
    )
    return f"[{', '.join(pairs)}]"


def _logical_id(name: str) -> str:
    return "".join(part.title() for part in name.split("-"))


if __name__ == "__main__":
    main()
