"""The repository's own files, and what can be measured of them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked(pattern: str = "*") -> tuple[Path, ...]:
    """Return the files that are, or would be, committed."""
    listing = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern]
    found = (ROOT / name for name in git(*listing).split("\0") if name)
    # A file that was removed is listed until its removal is committed.
    return tuple(sorted({path for path in found if path.is_file()}))


def git(*arguments: str) -> str:
    """Return what a git command that changes nothing prints."""
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@cache
def tree(path: Path) -> ast.Module:
    """Return a Python file, parsed once a run."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Yield a Python file's functions, nested ones and methods too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """Return how many lines a function has, without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def lines(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


@cache
def budgets() -> dict[str, int]:
    """Return the budgets of the house, as pyproject.toml has them."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: dict[str, int] = document["tool"]["lisa"]["budgets"]
    return found
