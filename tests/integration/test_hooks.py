"""Whoever turns hooks on in a clone commits nothing that lint or format would refuse."""

import subprocess
from pathlib import Path

import pytest

from tests.support.sources import ROOT

WELL = '"""A module."""\n'
ILL = {"unformatted": f"{WELL}\nx = [1,2]\n", "unlinted": f"{WELL}\nimport os\n"}


def git(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=ada", "-c", "user.email=ada@example.org")
    command = ["git", "-C", str(clone), *who, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hooks") / "clone"
    assert git(ROOT, "clone", "--quiet", ".", str(folder)).returncode == 0
    subprocess.run(["make", "hooks"], cwd=folder, check=True)
    return folder


@pytest.mark.promise("local.hooks")
@pytest.mark.parametrize("kind", ILL)
def test_what_lint_or_format_refuses_is_not_committed(clone: Path, kind: str) -> None:
    (clone / "operations" / "new.py").write_text(ILL[kind])
    git(clone, "add", "-A")
    refused = git(clone, "commit", "-m", "ill")
    assert refused.returncode != 0
    assert "new.py" in refused.stdout + refused.stderr


def test_what_is_well_is_committed(clone: Path) -> None:
    (clone / "operations" / "new.py").write_text(WELL)
    git(clone, "add", "-A")
    done = git(clone, "commit", "-m", "well")
    assert done.returncode == 0, done.stdout + done.stderr
