"""Conditions compare what functions say, not what they look like.

Symptom: `!Equals [!Join [",", !Ref List], "a,b"]` is false whatever the list is, because of the
functions that AWS takes there only `Ref` and `Select` are evaluated; so is a `Ref` to the region.
"""

from typing import Any

from ministack.services.cloudformation import changesets, engine, handlers, stacks

Json = dict[str, Any]


class Conditions:
    """The conditions of one template with the values of its parameters, each found once."""

    def __init__(self, template: Json, parameters: Json) -> None:
        self._defined: Json = template.get("Conditions") or {}
        self._mappings: Json = template.get("Mappings") or {}
        self._parameters = parameters
        self._found: dict[str, bool] = {}

    def all(self) -> dict[str, bool]:
        """Whether each of them holds, by name."""
        return {name: self._named(name) for name in self._defined}

    def _named(self, name: str) -> bool:
        if name not in self._found:
            self._found[name] = self._holds(self._defined[name])
        return self._found[name]

    def _holds(self, expression: Any) -> bool:
        match expression:
            case {"Condition": name}:
                return self._named(name)
            case {"Fn::And": parts}:
                return all(map(self._holds, parts))
            case {"Fn::Or": parts}:
                return any(map(self._holds, parts))
            case {"Fn::Not": [part]}:
                return not self._holds(part)
            case {"Fn::Equals": [left, right]}:
                return self._text(left) == self._text(right)
        return bool(self._text(expression))

    def _text(self, value: Any) -> str:
        found = engine._resolve_refs(value, {}, self._parameters, {}, self._mappings, "", "")
        return str(found)


def _evaluate(template: Json, parameters: Json) -> dict[str, bool]:
    return Conditions(template, parameters).all()


def apply() -> None:
    """Replace the evaluation wherever it was bound."""
    for module in (engine, changesets, handlers, stacks):
        module._evaluate_conditions = _evaluate
