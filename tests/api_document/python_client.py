"""Write what `lisapy` knows of the API, from the OpenAPI document: `make openapi`.

`types.py` has what is sent and answered, `requests.py` one function for each operation.
"""

import re
import subprocess

from tests.api_document.generate import document
from tests.api_document.python_types import Names, declarations, docstring, typed_dict
from tests.api_document.schemas import Json
from tests.support.sources import ROOT

FOLDER = ROOT / "lisa-sdk/lisapy/api"
_TYPES = '''"""What the API takes and gives. Made by `make openapi`: not to be edited.

They are the plain dicts that the JSON is read into: what a newer server adds is in them, too.
"""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

'''
_REQUESTS = '''"""One function for each operation. Made by `make openapi`: not to be edited.

Their names are the operations', their arguments the path's, then the body's or the query's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.steps import Request

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from lisapy.api import types

'''


def operations() -> list[tuple[str, str, Json]]:
    """Return path, method and operation of all there are, in the document's order."""
    return [
        (path, method, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def function_name(operation: Json) -> str:
    """Return the operation's name as Python writes it: list_models of listModels."""
    return snake(operation["operationId"])


def sources() -> dict[str, str]:
    """Return what each file has to say, by its name; not yet formatted."""
    schemas = document()["components"]["schemas"]
    names = Names(schemas)
    queries = [text for _, _, one in operations() if (text := _query(one, names))]
    functions = [_function(path, method, one, names) for path, method, one in operations()]
    return {
        "types.py": _TYPES + "\n\n".join([*declarations(schemas, names), *queries]),
        "requests.py": _REQUESTS + "\n\n".join(functions),
    }


def main() -> None:
    """Write the files."""
    for name, text in sources().items():
        (FOLDER / name).write_text(text, "utf-8")
    subprocess.run(["ruff", "format", "--quiet", str(FOLDER)], check=True)


def snake(name: str) -> str:
    """Return a name in small letters, with its words joined by underscores."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _parameters(operation: Json, where: str) -> list[Json]:
    return [one for one in operation["parameters"] if one["in"] == where]


def _query_name(operation: Json) -> str:
    name = operation["operationId"]
    return f"{name[0].upper()}{name[1:]}Query"


def _query(operation: Json, names: Names) -> str:
    fields = {
        one["name"]: (names.annotation(one["schema"]), one["required"])
        for one in _parameters(operation, "query")
    }
    said = f"The query of {operation['operationId']}."
    return typed_dict(_query_name(operation), fields, said) if fields else ""


def _function(path: str, method: str, operation: Json, names: Names) -> str:
    answer = next(iter(operation["responses"].values()))
    given = _qualified(names.annotation(_schema(answer)))
    body = operation.get("requestBody")
    taken, sent = _arguments(operation, _qualified(names.annotation(_schema(body))) if body else "")
    ways = [snake(one["name"]) for one in _parameters(operation, "path")]
    url = re.sub(r"\{\w+\}", "{}", path)
    where = f'Request.path("{url}", {", ".join(ways)})' if ways else f'"{url}"'
    arguments = ", ".join([*(f"{way}: str" for way in ways), *(["/"] if ways else []), *taken])
    return (
        f"def {function_name(operation)}({arguments}) -> Request[{given}]:\n"
        f"    {docstring(operation['summary'])}\n"
        f'    return Request("{method.upper()}", {", ".join([where, *sent])})\n'
    )


def _arguments(operation: Json, body: str) -> tuple[list[str], list[str]]:
    """Return the parameters after those of the path, and what the request is made with."""
    query = f"types.{_query_name(operation)}" if _parameters(operation, "query") else ""
    if body and query:
        return [f"query: {query} | None = None", f"**body: Unpack[{body}]"], [
            "query=query or {}",
            "body=body",
        ]
    if body:
        return [f"**body: Unpack[{body}]"], ["body=body"]
    return ([f"**query: Unpack[{query}]"], ["query=query"]) if query else ([], [])


def _schema(holder: Json) -> Json:
    found: Json = holder["content"]["application/json"]["schema"]
    return found


def _qualified(annotation: str) -> str:
    return re.sub(r"\b(?=[A-Z])(?!Any\b|None\b)", "types.", annotation)


if __name__ == "__main__":
    main()
