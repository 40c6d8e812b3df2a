"""Nested stacks behave like top-level ones.

Symptoms: a nested template with the SAM transform fails (`Unsupported resource type:
AWS::Serverless::Function`), `{{resolve:...}}` stays literal in a nested stack, and updating a
nested stack forgets the attributes of unchanged resources (`Requested attribute Arn does not
exist`). AWS transforms, resolves and remembers in nested stacks exactly as at the top.
"""

from contextvars import ContextVar
from typing import Any

from ministack.services.cloudformation import (
    _stacks,
    changesets,
    engine,
    handlers,
    provisioners,
    stacks,
)

# The nested deployment looks functions up when it runs. These modules have bound the originals
# while they were imported, so that the replacements are seen by nested stacks only.
TOP_LEVEL = (changesets, handlers, stacks)

_parse_template = engine._parse_template
_resolve_refs = engine._resolve_refs
_deploy_nested = provisioners._cfn_nested_stack_deploy
_update_resource = provisioners._update_resource

_parameters: ContextVar[list[dict[str, str]] | None] = ContextVar("parameters", default=None)


def _parse_and_transform(body: str) -> Any:
    template = _parse_template(body)
    if not engine.declared_transforms(template):
        return template
    return engine._apply_transforms(template, _parameters.get() or [])


def _resolve_with_dynamic_references(value: Any, *args: Any, **kwargs: Any) -> Any:
    resolved = _resolve_refs(value, *args, **kwargs)
    if _parameters.get() is None:
        return resolved
    return engine._resolve_dynamic_references(resolved)[0]


def _deploy_with_parameters(
    logical_id: str, props: dict[str, Any], *args: Any, **kwargs: Any
) -> Any:
    given = props.get("Parameters") or {}
    token = _parameters.set([{"Key": key, "Value": str(value)} for key, value in given.items()])
    try:
        return _deploy_nested(logical_id, props, *args, **kwargs)
    finally:
        _parameters.reset(token)


def _update_with_known_attributes(
    resource_type: str,
    physical_id: str,
    *change: Any,  # old properties, new properties, stack name, logical id, old attributes
) -> Any:
    old, new, stack_name, logical_id, attributes = (*change, None, None)[:5]
    if attributes is None:
        resources = (_stacks.get(stack_name) or {}).get("_resources", {})
        attributes = dict((resources.get(logical_id) or {}).get("Attributes") or {})
    return _update_resource(
        resource_type, physical_id, old, new, stack_name, logical_id, attributes
    )


def apply() -> None:
    """Put the nested versions where the nested deployment looks."""
    engine._parse_template = _parse_and_transform
    engine._resolve_refs = _resolve_with_dynamic_references
    provisioners._cfn_nested_stack_deploy = _deploy_with_parameters
    provisioners._update_resource = _update_with_known_attributes
