"""Alarms about an expression over several metrics."""

import pytest

from tests.emulator.running import Emulator

EXPRESSION = """
Parameters: {Threshold: {Type: Number, Default: 0}}
Resources:
  Missing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: missing
      Metrics:
        - {Id: missing, Expression: wanted - there}
        - Id: wanted
          ReturnData: false
          MetricStat: {Stat: Minimum, Period: 60, Metric: {Namespace: N, MetricName: Wanted}}
        - Id: there
          ReturnData: false
          MetricStat: {Stat: Maximum, Period: 60, Metric: {Namespace: N, MetricName: There}}
      EvaluationPeriods: 15
      Threshold: !Ref Threshold
      ComparisonOperator: GreaterThanThreshold
Outputs:
  Out: {Value: !Ref Missing}
"""


def test_plain_refuses_an_expression(plain: Emulator) -> None:
    with pytest.raises(RuntimeError, match="metric math"):
        plain.deploy("expression", EXPRESSION)


def test_an_alarm_about_an_expression_is_made_and_changed(ours: Emulator) -> None:
    assert ours.deploy("expression", EXPRESSION)["Out"] == "missing"
    ours.deploy("expression", EXPRESSION, Threshold="2")

    found = ours.client("cloudwatch").describe_alarms(AlarmNames=["missing"])["MetricAlarms"]
    assert [(one["MetricName"], one["Threshold"]) for one in found] == [("wanted - there", 2.0)]
