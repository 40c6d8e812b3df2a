"""The web application is built anew exactly when its sources are others."""

from pathlib import Path

import pytest

from local.toolchain.web import FRONTEND, SETTINGS, SOURCES, built_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / FRONTEND
    (folder / "src").mkdir(parents=True)
    (folder / "public").mkdir()
    for name in (*SOURCES, *SETTINGS):
        if not (folder / name).exists():
            (folder / name).write_text(name)
    (folder / "src" / "main.tsx").write_text("1")
    return tmp_path


@pytest.mark.parametrize("changed", ["src/main.tsx", "src/new.ts", "package-lock.json", *SETTINGS])
def test_another_source_is_another_build(root: Path, changed: str) -> None:
    before = built_site(root / "cache", root)
    (root / FRONTEND / changed).write_text("2")
    assert built_site(root / "cache", root) != before


def test_a_test_builds_nothing(root: Path) -> None:
    before = built_site(root / "cache", root)
    (root / FRONTEND / "src" / "main.test.tsx").write_text("2")
    assert built_site(root / "cache", root) == before
