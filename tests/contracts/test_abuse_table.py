"""Each attack that we know of has tests that hold against it, and these are there."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.sources import ROOT, functions, tracked

TESTS = Path(__file__).parents[1]
TABLE: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("abuse_table.yaml").read_text("utf-8")
)
# The rows of the table of attacks that this one began with; it only grows.
AT_LEAST = 36
SHIPPED = ("containers/", "functions/", "layers/", "frontend/src/", "template.yaml")
SWITCH = re.compile(
    r"\b(use_auth|auth_?(disabled|enabled|off)|(no|skip|disable|bypass|without)_?auth)\b", re.I
)


def named_in(file: Path) -> frozenset[str]:
    """The functions of a file of tests."""
    return frozenset(one.name for one in functions(file))


def test_no_row_is_lost() -> None:
    attacks = [row["attack"] for row in TABLE]
    assert len(set(attacks)) == len(attacks) >= AT_LEAST


@pytest.mark.parametrize("row", [pytest.param(row, id=row["attack"][:60]) for row in TABLE])
def test_a_row_is_held_by_tests_that_are_there(row: dict[str, Any]) -> None:
    assert row["tests"], "a row without a test holds nothing"
    for named in row["tests"]:
        file, _, function = named.partition("::")
        assert function.startswith("test_"), named
        assert function in named_in(TESTS / file), f"{named} is not there"


def test_every_test_of_abuse_holds_a_row() -> None:
    held = {named for row in TABLE for named in row["tests"]}
    files = [*TESTS.glob("e2e/test_abuse_*.py"), TESTS / "e2e/test_what_was_logged.py"]
    there = {
        f"e2e/{file.name}::{name}"
        for file in files
        for name in named_in(file)
        if name.startswith("test_")
    }
    assert there - held == set()


def test_no_switch_turns_the_sign_in_off() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in tracked()
        if str(path.relative_to(ROOT)).startswith(SHIPPED)
        and path.suffix in (".py", ".yaml", ".ts", ".tsx", ".js")
        for line in path.read_text("utf-8").splitlines()
        if SWITCH.search(line)
    ]
    assert found == []
