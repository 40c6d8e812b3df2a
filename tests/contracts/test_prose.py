"""The documents: links lead somewhere, commands exist, what is not run here is run somewhere."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.prose import (
    CODE,
    anchors,
    blocks,
    commands,
    documents,
    links,
    unlike,
    without_blocks,
)
from tests.support.sources import ROOT, tracked
from tests.support.templates import relative

DOCUMENTS = [pytest.param(path, id=relative(path)) for path in documents()]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([A-Za-z-]+):", MAKEFILE, re.M))
# What the supervisor, and not the Makefile, reads.
OPTIONS = {*re.findall(r"\$\(([A-Z_]+)\)", MAKEFILE), "VLLM", "DEMO_MODEL"}
MAKE = re.compile(r"\bmake ((?:[a-zA-Z_-]+(?:=\S+)?[ ]?)+)")
# Why a block may stay unrun: nothing that a product on a laptop could do.
PLACES = {
    "on AWS",
    "from the internet",
    "with docker",
    "ends the product",
    "15 to 25 minutes",
    "where the AWS CLI is",
}
FOLDERS = {path.parent for path in tracked()} | set(tracked())


def typed(document: Path) -> list[str]:
    """Everything that a document tells people to type: blocks, and code between words."""
    prose = CODE.findall(without_blocks(document))
    return [*(line for block in commands(document) for line in block.text.splitlines()), *prose]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_link_leads_to_what_is_there(document: Path) -> None:
    lost = []
    for link in links(document):
        where, _, anchor = link.partition("#")
        if ":" in where:
            continue
        target = (document.parent / where).resolve() if where else document
        if target not in FOLDERS or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


# Two name the commands of LISA; what is to be typed instead is looked up where those are.
LISAS = {"docs/compatibility.md", "docs/coming-from-lisa.md"}
OURS = [one for one in DOCUMENTS if one.id not in LISAS]


@pytest.mark.parametrize("document", OURS)
def test_what_make_is_told_to_make_can_be_made(document: Path) -> None:
    for line in typed(document):
        for words in MAKE.findall(line.partition("#")[0]):
            names = [word.partition("=") for word in words.split()]
            unknown = [
                name for name, _, value in names if name not in (OPTIONS if value else TARGETS)
            ]
            assert unknown == [], line


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_program_that_is_named_exists(document: Path) -> None:
    for line in typed(document):
        for module in re.findall(r"python3? -m ((?:tests|local)[\w.]+)", line):
            assert importlib.util.find_spec(module) is not None, line


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_block_that_is_not_run_is_at_least_understood(document: Path) -> None:
    for block in commands(document):
        assert not block.place or block.place in PLACES, block.place
        parsed = subprocess.run(["bash", "-n", "-c", block.text], capture_output=True, text=True)
        assert parsed.returncode == 0, (block.line, parsed.stderr)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_command_is_in_a_block_that_is_run(document: Path) -> None:
    loose = [block.line for block in blocks(document) if block.language in ("shell", "console")]
    assert loose == []


def test_the_readme_fits_a_screen() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 110


@pytest.mark.parametrize(
    ("printed", "shown", "missing"),
    [
        ('{"a": 1, "b": 2}', '"a": 1\n"b": ...', None),
        ('{"b": 2, "a": 1}', '"a": 1\n"b": 2', '"b": 2'),
        ("one two three", "one ... three", None),
        ("", "...", None),
    ],
)
def test_what_is_shown_is_looked_for_in_its_order(
    printed: str, shown: str, missing: str | None
) -> None:
    assert unlike(printed, shown) == missing
