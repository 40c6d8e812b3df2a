"""What LISA's documents promise (tests/promises.yaml), and the tests that are marked to hold it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.support.sources import ROOT, tracked, tree

PROMISES = ROOT / "tests/promises.yaml"
MARK = "pytest.mark.promise"
WEB = re.compile(r'^// promise: ([^\n]+)\ntest\("([^"]+)"', re.M)


@dataclass(frozen=True)
class Promise:
    """One promise: where it is made, and why nothing holds it yet, if nothing does."""

    id: str
    says: str
    where: str
    open: str = ""


@dataclass(frozen=True)
class Keeper:
    """A test, and the promises that it holds."""

    path: Path
    sentence: str
    promises: tuple[str, ...]


@cache
def promises() -> tuple[Promise, ...]:
    """Return every promise, by area."""
    areas = yaml.safe_load(PROMISES.read_text("utf-8"))
    return tuple(
        Promise(f"{area}.{name}", **told)
        for area, found in areas.items()
        for name, told in found.items()
    )


@cache
def keepers() -> tuple[Keeper, ...]:
    """Return every test that is marked, of Python and of the web application."""
    python = (keeper for path in tracked("*/test_*.py") for keeper in _marked(path))
    web = (keeper for path in tracked("frontend/*.test.ts*") for keeper in _of_the_web(path))
    return (*python, *web)


def _marked(path: Path) -> Iterator[Keeper]:
    if MARK not in path.read_text("utf-8"):
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = [mark for mark in node.decorator_list if isinstance(mark, ast.Call)]
            ids = [id for mark in marks if ast.unparse(mark.func) == MARK for id in _said(mark)]
            if ids:
                sentence = node.name.removeprefix("test_").replace("_", " ")
                yield Keeper(path, sentence, tuple(ids))


def _said(mark: ast.Call) -> Iterator[str]:
    for argument in mark.args:
        yield ast.literal_eval(argument)


def _of_the_web(path: Path) -> Iterator[Keeper]:
    for ids, sentence in WEB.findall(path.read_text("utf-8")):
        yield Keeper(path, sentence, tuple(ids.split(", ")))
