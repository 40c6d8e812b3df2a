"""The Python types of the client, from the schemas of the OpenAPI document: `make openapi`."""

import keyword
import re
from collections.abc import Iterator
from typing import Any

from tests.api_document.schemas import PREFIX, Json

_PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
    "array": "list[Any]",
}


class Names:
    """The names of classes: the schemas' own, without what Pydantic adds where it is not needed."""

    def __init__(self, schemas: Json) -> None:
        """Take the schemas of a document, by name."""
        short = [name.rpartition("__")[2] for name in schemas]
        self._names = {
            name: _class_name(last if short.count(last) == 1 else name)
            for name, last in zip(schemas, short, strict=True)
        }

    def __getitem__(self, name: str) -> str:
        """Return the class's name of a schema's name."""
        return self._names[name]

    def annotation(self, schema: Any) -> str:
        """Return what a type checker is told of a schema."""
        if not schema or schema is True:
            return "Any"
        if "$ref" in schema:
            return self[schema["$ref"].removeprefix(PREFIX)]
        for union in ("anyOf", "oneOf"):
            if union in schema:
                return " | ".join(dict.fromkeys(map(self.annotation, schema[union])))
        if words := schema.get("enum", [schema["const"]] if "const" in schema else None):
            return f"Literal[{', '.join(map(_quoted, words))}]"
        return self._plain(schema)

    def _plain(self, schema: Json) -> str:
        kind = schema.get("type")
        if kind == "array" and "items" in schema:
            return f"list[{self.annotation(schema['items'])}]"
        if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
            return f"dict[str, {self.annotation(schema['additionalProperties'])}]"
        return _PLAIN.get(str(kind), "Any")


def declarations(schemas: Json, names: Names) -> Iterator[str]:
    """Yield the source of one class or alias after the other."""
    # What an alias says is evaluated, and may be another alias; classes may refer to what follows.
    order = sorted(schemas, key=lambda name: ("properties" in schemas[name], names[name]))
    for name in order:
        yield _declaration(names[name], schemas[name], names)


def typed_dict(name: str, fields: dict[str, tuple[str, bool]], text: str) -> str:
    """Return the source of one TypedDict; each field has its type and whether it must be there."""
    told = {key: (kind if must else f"NotRequired[{kind}]") for key, (kind, must) in fields.items()}
    if any(keyword.iskeyword(key) for key in told):
        quoted = ", ".join(f"{key!r}: {kind!r}" for key, kind in told.items())
        return f"{name} = TypedDict({name!r}, {{{quoted}}})\n"
    lines = [f"class {name}(TypedDict):", f"    {docstring(text)}", ""]
    lines += [f"    {key}: {kind}" for key, kind in told.items()]
    return "\n".join(lines) + "\n"


def docstring(text: str, indent: str = "    ") -> str:
    """Return the docstring that says a text."""
    first, *rest = text.strip().splitlines() or [""]
    if not rest:
        return f'"""{first}"""'
    return "\n".join(
        [f'"""{first}', *(f"{indent}{line}".rstrip() for line in rest), f'{indent}"""']
    )


def _declaration(name: str, schema: Json, names: Names) -> str:
    if "properties" not in schema:
        return f"{name} = {names.annotation(schema)}\n"
    required = schema.get("required", [])
    fields = {
        key: (names.annotation(value), key in required)
        for key, value in schema["properties"].items()
    }
    said = schema.get("description") or " ".join(re.findall("[A-Z][a-z]*", name)).capitalize() + "."
    return typed_dict(name, fields, said)


def _class_name(name: str) -> str:
    words = re.split(r"[_-]+", name.removesuffix("-Output"))
    return "".join(word[:1].upper() + word[1:] for word in words)


def _quoted(word: Any) -> str:
    return f'"{word}"' if isinstance(word, str) else repr(word)
