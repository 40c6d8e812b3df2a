"""AWS SDK integrations of Step Functions that ministack does not list.

Symptom: a state with the resource `aws-sdk:cloudformation:...`, `aws-sdk:autoscaling:...` or
`aws-sdk:elasticloadbalancingv2:...` is refused. AWS calls any service of its SDK.
"""

from ministack.services import stepfunctions

QUERY_SERVICES = {
    "cloudformation": ("CloudFormation", {}),
    "autoscaling": ("AutoScaling", {}),
    "elasticloadbalancingv2": ("ElasticLoadBalancingV2", {"service_key": "elasticloadbalancing"}),
}


def apply() -> None:
    """Add one entry per service."""
    for service, (error_prefix, routing) in QUERY_SERVICES.items():
        call: dict[str, str] = {"protocol": "query", **routing}
        stepfunctions._AWS_SDK_SERVICE_MAP.setdefault(service, call)
        stepfunctions._AWS_SDK_ERROR_PREFIX.setdefault(service, error_prefix)
