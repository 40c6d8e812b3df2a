"""The JSON Schemas of everything that the handlers take and give, made in one go.

In one go, so that a class has one schema in the document, whoever refers to it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

type Json = dict[str, Any]
type Mode = Literal["validation", "serialization"]

PREFIX = "#/components/schemas/"


class _Written(GenerateJsonSchema):
    """What a model is written with is there, whether or not it had to be given."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        if self.mode == "serialization" and field["type"] == "model-field":
            return True
        return super().field_is_required(field, total)


class Schemas:
    """The schemas of some types: those taken as they are read, those given as they are written."""

    def __init__(self, taken: Iterable[Any], given: Iterable[Any]) -> None:
        """Make the schemas of bodies and queries (`taken`) and of answers (`given`)."""
        self._keys: dict[tuple[Mode, Any], int] = {}
        for kind in taken:
            self._keys.setdefault(("validation", kind), len(self._keys))
        for kind in given:
            self._keys.setdefault(("serialization", kind), len(self._keys))
        made, definitions = TypeAdapter.json_schemas(
            [(key, mode, TypeAdapter(kind)) for (mode, kind), key in self._keys.items()],
            ref_template=PREFIX + "{model}",
            schema_generator=_Written,
        )
        self._made = made
        self._definitions: Json = definitions.get("$defs", {})

    def taken(self, kind: Any) -> Json:
        """Return the schema of a body or a query."""
        found: Json = self._plain(self._made[self._keys["validation", kind], "validation"])
        return found

    def given(self, kind: Any) -> Json:
        """Return the schema of an answer."""
        found: Json = self._plain(self._made[self._keys["serialization", kind], "serialization"])
        return found

    def resolved(self, schema: Json) -> Json:
        """Return what a reference refers to, or the schema itself."""
        name = _referred(schema)
        found: Json = self._plain(self._definitions[name]) if name else schema
        return found

    def named(self, root: Json) -> Json:
        """Return the definitions that a document refers to, directly or not, by name."""
        found: Json = {}
        waiting = list(_references(root))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._plain(self._definitions[name])
                waiting += _references(found[name])
        return dict(sorted(found.items()))

    def _plain(self, schema: Any) -> Any:
        """Return a schema with the names of plain texts and numbers replaced by what they mean."""
        if isinstance(schema, list):
            return [self._plain(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        name = _referred(schema)
        if name and not self._is_named(name):
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            return self._plain(self._definitions[name] | beside)
        return {key: self._plain(value) for key, value in schema.items()}

    def _is_named(self, name: str) -> bool:
        definition = self._definitions[name]
        # Pydantic puts modules into names that several classes have: of an enum its words say more.
        words = "enum" in definition and "__" not in name
        return "properties" in definition or words or name in _references(definition)


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if name := _referred(schema):
            yield name
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)


def _referred(schema: Json) -> str:
    """Return the name that a schema refers to; empty if to none of ours."""
    reference = schema.get("$ref")
    ours = isinstance(reference, str) and reference.startswith(PREFIX)
    return str(reference).removeprefix(PREFIX) if ours else ""
