"""An environment takes the first interpreter for which its first package exists."""

from pathlib import Path

import pytest

from local.toolchain.commands import InstallationFailed
from local.toolchain.with_pip import begin

PYTHONS = [Path("/python3.12"), Path("/python3.11")]


class Machine:
    """Commands that make folders, on a machine whose pip has the package for some Pythons."""

    def __init__(self, *able: str) -> None:
        self._able = able
        self._python = ""

    def run(self, command: list[str], doing: str) -> str:
        if "venv" in command:
            folder, self._python = Path(command[-1]), command[-2]
            folder.mkdir()
            (folder / "made-by").write_text(self._python)
        elif self._python not in self._able:
            raise InstallationFailed(f"{doing} failed: no matching distribution")
        return ""


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    path = tmp_path / "torch.txt"
    path.write_text("# Why.\ntorch==2.13.0+cpu\n")
    return path


@pytest.mark.parametrize("able", [("/python3.12", "/python3.11"), ("/python3.11",)])
def test_the_first_interpreter_that_can_is_taken(
    tmp_path: Path, pins: Path, able: tuple[str, ...]
) -> None:
    begin(tmp_path / "venv", pins, PYTHONS, "uv", Machine(*able).run)
    assert (tmp_path / "venv" / "made-by").read_text() == able[0]


def test_when_none_can_the_sentence_says_where_such_packages_come_from(
    tmp_path: Path, pins: Path
) -> None:
    with pytest.raises(InstallationFailed) as failure:
        begin(tmp_path / "venv", pins, PYTHONS, "uv", Machine().run)
    told = str(failure.value)
    assert all(word in told for word in ("/python3.12", "/python3.11", "torch==2.13.0+cpu"))
    assert "PIP_EXTRA_INDEX_URL" in told
    assert not (tmp_path / "venv").exists()
