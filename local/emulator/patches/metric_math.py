"""An alarm about an expression over metrics is made as any other, and never rings here.

Symptom: `CREATE_FAILED: AWS::CloudWatch::Alarm Properties.Metrics (metric math) is not supported`.
On one machine nobody publishes such metrics, so the alarm is kept with its expression for a name.
"""

from typing import Any

from ministack.services.cloudformation import provisioners

Values = dict[str, Any]
NAMESPACE = "Expressions"

_record = provisioners._cw_metric_alarm_record


def _record_with_expression(name: str, properties: Values) -> Values:
    metrics = properties.get("Metrics")
    if metrics:
        shown = next((one for one in metrics if "Expression" in one), metrics[0])
        rest = {key: value for key, value in properties.items() if key != "Metrics"}
        expression = str(shown.get("Expression") or shown["Id"])
        properties = {**rest, "MetricName": expression, "Namespace": NAMESPACE}
    alarm: Values = _record(name, properties)
    return alarm


def apply() -> None:
    """Take the expression for the metric."""
    provisioners._cw_metric_alarm_record = _record_with_expression
