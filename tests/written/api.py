"""docs/api.md: every call of the admin API, from its OpenAPI document and the services' faults."""

import json
from collections.abc import Iterator

from kernel.faults import STATUS, Fault
from tests.support.faults import all_faults, faults_of
from tests.support.sources import ROOT
from tests.written.shapes import PREFIX, Json, anchor_of, fields, kind, name_of

DOCUMENT = ROOT / "functions/api/openapi.json"
INTRODUCTION = """# The admin API

Every call of the REST API, written by `make docs` from `functions/api/openapi.json` (which
OpenAPI's tools read) and the services' errors. The gateway's calls, which are OpenAI's, are in
[clients](clients.md#which-routes-there-are).

Calls are JSON, below `ApiUrl` (`fact api_url` here), with `Authorization: Bearer` and a token
of the identity provider or an [API token](tokens.md). What must be sent, or is always there,
is **bold**."""
CALLERS = {
    "user": "everybody",
    "curator": "curators and administrators",
    "admin": "administrators",
}
TITLES = {
    "models": ("Models", "models.md"),
    "identity": ("API tokens", "tokens.md"),
    "configuration": ("Configuration", "chat.md"),
    "prompts": ("Prompt templates", "chat.md"),
    "usage": ("Usage", "usage.md"),
    "repositories": ("Repositories, documents, attachments", "documents.md"),
    "sessions": ("Conversations", "chat.md"),
    "health": ("Health", "operations.md"),
}


def text() -> str:
    """Return the whole document."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    schemas = document["components"]["schemas"]
    alone = _alone(document)
    parts = [INTRODUCTION, *_everywhere()]
    for tag, (title, page) in TITLES.items():
        parts += [f"## {title}", f"How they are used: [{page.removesuffix('.md')}]({page})."]
        parts += _operations(document["paths"], tag, alone)
        parts += _errors(tag)
    shared = {name: one for name, one in schemas.items() if PREFIX + name not in alone}
    return "\n\n".join([*parts, "## Shapes", *_shapes(shared)]) + "\n"


def _alone(document: Json) -> Json:
    """Return the shapes that one call alone takes or gives: they are told where it is."""
    whole = json.dumps(document)
    calls = [one for path in document["paths"].values() for one in path.values()]
    held = [one for call in calls for one in _holders(call).values()]
    names = [_schema(one).get("$ref", "").removeprefix(PREFIX) for one in held]
    schemas = document["components"]["schemas"]
    return {
        PREFIX + name: schemas[name]
        for name in names
        if name and "properties" in schemas[name] and whole.count(f'"{PREFIX}{name}"') == 1
    }


def _everywhere() -> Iterator[str]:
    yield (
        '## Errors everywhere\n\nEvery refusal is `{"error": "<Name>", "message": "..."}`: what '
        "happened, why, and what to do."
    )
    public = [fault for fault in faults_of("kernel") if fault.__name__.endswith("Error")]
    yield _table(public)


def _operations(paths: Json, tag: str, alone: Json) -> Iterator[str]:
    for path, operations in paths.items():
        for method, operation in operations.items():
            if operation["tags"] == [tag]:
                yield f"### {method.upper()} {path}"
                yield f"{operation['summary']}. For {CALLERS[operation['x-lisa-role']]}."
                yield from _query(operation["parameters"])
                for where, holder in _holders(operation).items():
                    yield _told(where, _schema(holder), alone)


def _query(parameters: list[Json]) -> Iterator[str]:
    asked = [one for one in parameters if one["in"] == "query"]
    if asked:
        required = [one["name"] for one in asked if one["required"]]
        properties = {one["name"]: one["schema"] for one in asked}
        table = fields({"properties": properties, "required": required})
        yield "\n".join(["| in the query | |", *list(table)[1:]])


def _holders(operation: Json) -> Json:
    """Return what holds the schemas of a call, by what a reader calls them."""
    answers = {
        f"the answer ({status})": response
        for status, response in operation["responses"].items()
        if status.isdigit()
    }
    taken = operation.get("requestBody")
    return {**({"the body": taken} if taken else {}), **answers}


def _told(where: str, schema: Json, alone: Json) -> str:
    """Tell a body or an answer: a table, if no other call has the same, else its name."""
    known = alone.get(schema.get("$ref", ""))
    if known is None:
        return f"{where.capitalize()}: {kind(schema)}."
    return "\n".join([f"| in {where} | |", *list(fields(known))[1:]])


def _schema(holder: Json) -> Json:
    found: Json = holder["content"]["application/json"]["schema"]
    return found


def _errors(tag: str) -> Iterator[str]:
    """Name what these calls may answer; a fault of a workflow alone has no `Error` in its name."""
    packages = {path.name for path in (ROOT / "functions" / tag / "lib").iterdir() if path.is_dir()}
    found = [
        fault
        for fault in all_faults()
        if fault.__module__.partition(".")[0] in packages and fault.__name__.endswith("Error")
    ]
    if found:
        yield "Errors of these calls, beside those that are everywhere:"
        yield _table(found)


def _table(faults: list[type[Fault]]) -> str:
    known = sorted((STATUS[fault.kind], fault.__name__, fault.__doc__ or "") for fault in faults)
    rows = [f"| {status} | `{name}` | {about.splitlines()[0]} |" for status, name, about in known]
    return "\n".join(["| status | error | when |", "|---|---|---|", *rows])


def _shapes(schemas: Json) -> Iterator[str]:
    """Yield each shape once; what differs when it is given is what is then always there."""
    told: set[str] = set()
    for reference, schema in sorted(schemas.items(), key=lambda one: name_of(one[0]).lower()):
        if anchor_of(reference) in told:
            continue
        told.add(anchor_of(reference))
        about = " ".join(schema.get("description", "").split())
        body = "\n".join(fields(schema)) if "properties" in schema else kind(schema) + "."
        yield "\n\n".join(part for part in (f"### {name_of(reference)}", about, body) if part)
