"""`lisapy` knows the API as its document tells it: `make openapi`, then a line in a group."""

import ast

import pytest

from tests.api_document.python_client import FOLDER, function_name, operations, sources
from tests.support.sources import ROOT, tracked, tree

PACKAGE = ROOT / "lisa-sdk/lisapy"
NAMES = [function_name(operation) for _, _, operation in operations()]


@pytest.mark.parametrize(("name", "text"), sources().items())
def test_the_client_is_written_from_the_document(name: str, text: str) -> None:
    assert ast.dump(tree(FOLDER / name)) == ast.dump(ast.parse(text)), "run make openapi"


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_has_a_method(name: str) -> None:
    assert name in used(), f"no group of lisapy asks requests.{name}: `x = plain(requests.{name})`"


def used() -> set[str]:
    """Return the names of the request functions that the groups use."""
    modules = [path for path in tracked("*.py") if path.parent == PACKAGE]
    found = (node for path in modules for node in ast.walk(tree(path)))
    return {node.attr for node in found if isinstance(node, ast.Attribute) and is_request(node)}


def is_request(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "requests"
