"""The stack of one hosted model: four CloudFormation templates and what fills them in.

    rendered = render(ModelStackSpec(...))      # pure: no AWS, no clock, no third-party import
    rendered.templates                          # file name -> text; upload below templates_url
    rendered.parameters                         # for create_stack of `template.yaml`
    rendered.stack_name

`render` raises ValueError, with a sentence for people, for what CloudFormation would misread.
"""

from model_stack.names import log_group_name, resource_name, stack_name
from model_stack.rendering import RenderedStack, render, templates
from model_stack.spec import (
    OUR_VARIABLES,
    BalancerHealthCheck,
    Capacity,
    ContainerHealthCheck,
    Deployment,
    Metric,
    ModelStackSpec,
)

__all__ = [
    "OUR_VARIABLES",
    "BalancerHealthCheck",
    "Capacity",
    "ContainerHealthCheck",
    "Deployment",
    "Metric",
    "ModelStackSpec",
    "RenderedStack",
    "log_group_name",
    "render",
    "resource_name",
    "stack_name",
    "templates",
]
