"""Write the OpenAPI document of the API: `make openapi`.

Paths, names and roles are the page's, bodies, queries and answers those of the handlers' contracts.
"""

import json
from functools import cache
from typing import Any

from tests.api_document.schemas import Json, Schemas
from tests.support.routes import Route, routes
from tests.support.sources import ROOT

DOCUMENT = ROOT / "functions/api/openapi.json"
REFUSAL = {
    "type": "object",
    "description": "Why a request was refused, or failed: what happened, and what to do next.",
    "required": ["error", "message"],
    "properties": {
        "error": {"type": "string", "description": "The name of the error."},
        "message": {"type": "string", "description": "Sentences with the cause and the fix."},
        "details": {
            "type": "array",
            "description": "Of a ValidationError: what is wrong in which field.",
            "items": {"type": "object", "additionalProperties": True},
        },
    },
}


@cache
def document() -> Json:
    """Return the OpenAPI document."""
    found = routes()
    contracts = [route.handler().contract for route in found]
    taken = [kind for one in contracts for kind in (one.body, one.query) if kind is not None]
    schemas = Schemas(taken, [one.answer for one in contracts])
    paths: Json = {}
    for route in found:
        paths.setdefault(route.path, {})[route.method] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "LISA", "version": "1"},
        "security": [{"caller": []}],
        "paths": paths,
        "components": _components(paths, schemas),
    }


def text() -> str:
    """Return the document as its file holds it."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(text(), "utf-8")


def _components(paths: Json, schemas: Schemas) -> Json:
    refusal = {"$ref": "#/components/schemas/Refusal"}
    return {
        "schemas": schemas.named(paths) | {"Refusal": REFUSAL},
        "responses": {
            "Refusal": {
                "description": "The request was refused, or failed.",
                "content": {"application/json": {"schema": refusal}},
            }
        },
        "securitySchemes": {
            "caller": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token of the identity provider, or an API token.",
            }
        },
    }


def _operation(route: Route, schemas: Schemas) -> Json:
    contract = route.handler().contract
    made: Json = {
        "operationId": route.operation["operationId"],
        "summary": route.operation["summary"],
        "tags": [route.function.service],
        "x-lisa-role": contract.role,
        "parameters": [*_in_path(route), *_in_query(contract, schemas)],
    }
    if contract.body is not None:
        made["requestBody"] = {"required": True, **_content(schemas.taken(contract.body))}
    answer = {"description": "Done.", **_content(schemas.given(contract.answer))}
    refusal = {"$ref": "#/components/responses/Refusal"}
    made["responses"] = {str(contract.status): answer, "4XX": refusal, "5XX": refusal}
    return made


def _in_path(route: Route) -> list[Json]:
    text = {"type": "string"}
    return [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in route.path_parameters
    ]


def _in_query(contract: Any, schemas: Schemas) -> list[Json]:
    if contract.query is None:
        return []
    schema = schemas.resolved(schemas.taken(contract.query))
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _sendable(value)}
        for name, value in schema["properties"].items()
    ]


def _sendable(schema: Json) -> Json:
    """Return a parameter's schema without `null`, which no query string can say."""
    kept = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    rest = {
        key: value
        for key, value in schema.items()
        if key not in ("anyOf", "title") and (key, value) != ("default", None)
    }
    if len(kept) == 1:
        return {**kept[0], **rest}
    return {**rest, "anyOf": kept} if kept else rest


def _content(schema: Json) -> Json:
    return {"content": {"application/json": {"schema": schema}}}


if __name__ == "__main__":
    main()
