"""A list may hold several of its allowed values.

Symptom: `Parameter 'Parts' value 'models,serve' is not in AllowedValues`. On AWS each member of a
CommaDelimitedList has to be one of them; here a pattern does that, which is asked of each member.
"""

import re
from typing import Any

from ministack.services.cloudformation import changesets, engine, handlers, stacks

Json = dict[str, Any]

_resolve_parameters = engine._resolve_parameters


def _of_members(definition: Json) -> Json:
    if definition.get("Type") != "CommaDelimitedList" or "AllowedValues" not in definition:
        return definition
    kept = {key: value for key, value in definition.items() if key != "AllowedValues"}
    allowed = [str(one) for one in definition["AllowedValues"]]
    told = definition.get("ConstraintDescription", f"must be of the values {', '.join(allowed)}")
    pattern = "|".join(map(re.escape, allowed))
    return {**kept, "AllowedPattern": pattern, "ConstraintDescription": told}


def _resolve_members(template: Json, *given: Any, **named: Any) -> Any:
    declared = template.get("Parameters") or {}
    members = {name: _of_members(definition) for name, definition in declared.items()}
    return _resolve_parameters({**template, "Parameters": members}, *given, **named)


def apply() -> None:
    """Replace the check wherever it was bound."""
    for module in (engine, changesets, handlers, stacks):
        module._resolve_parameters = _resolve_members
