"""What the documents tell people to type is typed, block after block, in one shell a document."""

import os
import subprocess
from pathlib import Path

import pytest

from local.supervisor.state import State
from local.toolchain.venvs import Toolchain
from tests.support.prose import Block, commands, documents, unlike
from tests.support.sources import ROOT
from tests.support.templates import relative

MARK = "\x1e"
HERE = {"", "where the AWS CLI is"}
# They have an environment with `lisa` in it, which tests/e2e/test_client.py makes.
ELSEWHERE = {ROOT / "lisa-sdk/README.md"}
RUN = {
    document: here
    for document in documents()
    if document not in ELSEWHERE
    and (here := [block for block in commands(document) if block.place in HERE])
}


def typed(blocks: list[Block], state: State) -> tuple[int, dict[int, str]]:
    """Return how the shell ended, and what each block printed, by its line."""
    script = "".join(f"printf '{MARK}{block.line}\\n'\n{block.text}\n" for block in blocks)
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=ROOT,
        env=_own(state),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    parts = (part.partition("\n") for part in ran.stdout.split(MARK)[1:])
    return ran.returncode, {int(line): printed for line, _, printed in parts}


def _own(state: State) -> dict[str, str]:
    """A person's shell beside this product, whatever ports another one was told to take."""
    kept = {name: value for name, value in os.environ.items() if name != "LISA_PORT_BASE"}
    programs = os.pathsep.join((str(Toolchain().programs("awscli")), kept["PATH"]))
    return kept | {"LISA_STATE_DIR": str(state.folder), "PATH": programs}


@pytest.mark.promise("local.setup", "local.whole-product")
@pytest.mark.parametrize("document", [pytest.param(path, id=relative(path)) for path in RUN])
def test_what_a_document_shows_works(document: Path, product_state: State) -> None:
    status, printed = typed(RUN[document], product_state)
    last = max(printed)
    assert status == 0, f"{relative(document)}:{last} failed\n{printed[last]}"
    for block in RUN[document]:
        missing = unlike(printed[block.line], block.prints)
        assert missing is None, f"{relative(document)}:{block.line} printed no {missing!r}"
