"""The threats that docs/security.md names are each held by tests that exist."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.sources import ROOT, functions

DOCUMENT = ROOT / "docs/security.md"
SHOWN = re.compile(r"\[`(\w+)`\]\(\.\./(tests/[\w/]+\.py)\)")


def threats() -> list[tuple[str, str, str]]:
    """The rows of the table: a threat, what holds it, and the tests that show it."""
    part = DOCUMENT.read_text("utf-8").partition("## Threats")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]
    return [(threat, held, shown) for threat, held, shown in cells]


@cache
def names_in(path: Path) -> set[str]:
    return {node.name for node in functions(path)}


@pytest.mark.parametrize(("threat", "held", "shown"), threats(), ids=[row[0] for row in threats()])
def test_a_threat_is_held_by_tests_that_exist(threat: str, held: str, shown: str) -> None:
    named = SHOWN.findall(shown)
    assert held and named
    assert SHOWN.sub("", shown).strip(", ") == ""
    for test, path in named:
        assert test.startswith("test_")
        assert test in names_in(ROOT / path), f"{path} has no {test}"


def test_every_threat_is_named_once() -> None:
    names = [threat for threat, *_ in threats()]
    assert len(names) > 20
    assert len({*names}) == len(names)
