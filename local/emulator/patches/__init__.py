"""The gaps between ministack and AWS that our templates meet, each closed in a module."""

from local.emulator import ecs
from local.emulator.patches import (
    cloudformation_details,
    dead_letters,
    durable_state,
    forgotten_history,
    gateway_responses,
    interrupted_stacks,
    lambda_runtime,
    load_balancers,
    metric_math,
    missing_attributes,
    nested_rollbacks,
    nested_stacks,
    nested_updates,
    number_properties,
    permissions,
    public_parameters,
    recorded_types,
    renewed_sign_ins,
    rest_api,
    resumed_executions,
    stable_services,
    stack_operations,
    stack_removals,
    stack_requests,
    step_functions,
    stream_mappings,
    target_groups,
    template_urls,
    workflow_definitions,
)

GAPS = (
    nested_stacks,
    template_urls,
    recorded_types,
    metric_math,
    public_parameters,
    cloudformation_details,
    dead_letters,
    missing_attributes,
    number_properties,
    permissions,
    rest_api,
    gateway_responses,
    step_functions,
    workflow_definitions,
    load_balancers,
    target_groups,
    ecs,
    stable_services,
    nested_updates,
    nested_rollbacks,
    stack_operations,
    stack_removals,
    stack_requests,
    lambda_runtime,
    stream_mappings,
    durable_state,
    interrupted_stacks,
    resumed_executions,
    forgotten_history,
    renewed_sign_ins,
)


def apply_all() -> None:
    """Close every gap, in the order given: later ones wrap what earlier ones replaced."""
    for gap in GAPS:
        gap.apply()
