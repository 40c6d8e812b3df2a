"""The browser of the tests is the one that is there."""

from pathlib import Path

import pytest

from local.toolchain.chromium import chromium
from local.toolchain.commands import InstallationFailed


def program(path: Path) -> Path:
    path.touch(mode=0o755)
    return path


def test_the_systems_browser_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LISA_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = program(tmp_path / "chromium-browser")
    assert chromium() == found


def test_a_person_may_name_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISA_CHROMIUM", str(program(tmp_path / "mine")))
    assert chromium() == tmp_path / "mine"
    monkeypatch.setenv("LISA_CHROMIUM", str(tmp_path / "missing"))
    with pytest.raises(InstallationFailed, match="no program"):
        chromium()


def test_without_one_people_are_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LISA_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InstallationFailed, match="apt-get install"):
        chromium()
