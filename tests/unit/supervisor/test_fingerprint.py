"""The content hash that decides whether to deploy."""

from pathlib import Path

import pytest

from local.supervisor.fingerprint import fingerprint, places
from tests.support.sources import ROOT
from tests.support.templates import children, relative


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "template.yaml").write_text("Resources: {}")
    (tmp_path / "functions" / "one").mkdir(parents=True)
    (tmp_path / "functions" / "one" / "app.py").write_text("x = 1")
    return tmp_path


def test_the_same_content_has_the_same_fingerprint(root: Path) -> None:
    before = fingerprint(root)
    (root / "template.yaml").touch()
    assert fingerprint(root) == before


def test_a_changed_line_changes_it(root: Path) -> None:
    before = fingerprint(root)
    (root / "functions" / "one" / "app.py").write_text("x = 2")
    assert fingerprint(root) != before


def test_a_renamed_file_changes_it(root: Path) -> None:
    before = fingerprint(root)
    (root / "functions" / "one" / "app.py").rename(root / "functions" / "one" / "main.py")
    assert fingerprint(root) != before


def test_a_changed_parameter_changes_it(root: Path) -> None:
    assert fingerprint(root, extra=["port=1"]) != fingerprint(root, extra=["port=2"])


@pytest.mark.parametrize(
    "noise", ["functions/one/__pycache__/app.pyc", "functions/.hidden", "README.md"]
)
def test_what_is_not_deployed_does_not_change_it(root: Path, noise: str) -> None:
    before = fingerprint(root)
    (root / noise).parent.mkdir(exist_ok=True)
    (root / noise).write_text("noise")
    assert fingerprint(root) == before


def test_every_nested_application_has_its_place() -> None:
    found = places(ROOT)
    assert found["functions/sessions/template.yaml"] == "Chat/Sessions"
    assert found["containers/network.yaml"] == "Containers/Network"
    packaged = ("containers/model/model_stack/", "containers/repository/repository_stack/")
    nested = {relative(child.path) for child in children()}
    assert {*found} == {one for one in nested if not one.startswith(packaged)}
