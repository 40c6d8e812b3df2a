"""The stack of one hosted model: four CloudFormation templates and what fills them in.

    rendered = render(ModelStackSpec(...))      # pure: no AWS, no clock, no third-party import
    rendered.templates                          # file name -> text; upload as <digest>/<file name>
    rendered.templates_url                      # where they lie then; template.yaml is the root
    rendered.parameters                         # for create_stack and update_stack
    rendered.stack_name

Stopping a model is an update to `render(replace(spec, serving=False))`, starting it an update back,
and any other change an update to what is wanted now. `render` raises ValueError, with a sentence
for people, for what CloudFormation would misread.
"""

from model_stack.names import log_group_name, resource_name, stack_name
from model_stack.rendering import render, templates
from model_stack.spec import (
    OUR_VARIABLES,
    BalancerHealthCheck,
    Capacity,
    ContainerHealthCheck,
    Deployment,
    Metric,
    ModelStackSpec,
)
from stacks.rendered import RenderedStack

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
