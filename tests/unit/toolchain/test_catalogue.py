"""Environments are made anew exactly when they have to be."""

import json
from pathlib import Path

import pytest

from local.toolchain.catalogue import CATALOGUE, Venv
from local.toolchain.places import REPOSITORY, cache_folder

NPM = ("frontend", "local/asl", "tests/bench/peers/portkey")


def test_the_key_follows_the_lock_file(tmp_path: Path) -> None:
    venv = Venv("one", ("a.txt",))
    (tmp_path / "a.txt").write_text("x==1")
    before = venv.key("/python", tmp_path)
    (tmp_path / "a.txt").write_text("x==2")
    assert venv.key("/python", tmp_path) != before
    (tmp_path / "a.txt").write_text("x==1")
    assert venv.key("/python", tmp_path) == before


def test_the_key_follows_the_interpreter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x==1")
    venv = Venv("one", ("a.txt",))
    assert venv.key("/python1", tmp_path) != venv.key("/python2", tmp_path)


def test_what_pip_begins_with_counts_and_the_interpreter_it_takes_does_not(tmp_path: Path) -> None:
    (tmp_path / "torch.txt").write_text("torch==1")
    venv = Venv("one", (), by_pip="torch.txt")
    before = venv.key("/python1", tmp_path)
    assert venv.key("/python2", tmp_path) == before
    (tmp_path / "torch.txt").write_text("torch==2")
    assert venv.key("/python1", tmp_path) != before


@pytest.mark.promise("local.setup")
@pytest.mark.parametrize("venv", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_package_is_locked_with_a_hash(venv: Venv) -> None:
    for lock, _ in venv.installs():
        lines = lock.read_text().splitlines()
        pins = [line for line in lines if line and line[0] not in " #"]
        assert pins
        assert all("==" in pin and pin.endswith("\\") for pin in pins)


def test_no_lock_file_names_a_registry() -> None:
    locks = [lock for venv in CATALOGUE.values() for lock, _ in venv.installs()]
    locks += [REPOSITORY / folder / "package-lock.json" for folder in NPM]
    locks.append(REPOSITORY / "local/toolchain/uv.txt")
    assert [lock.name for lock in locks if "https://" in _without_funding(lock)] == []


def _without_funding(lock: Path) -> str:
    if lock.suffix != ".json":
        return lock.read_text()
    packages = json.loads(lock.read_text())["packages"].values()
    return json.dumps([{**package, "funding": None} for package in packages])


def test_an_unwritable_home_means_a_cache_inside_the_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("a file, so that no folder can be made below it")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LISA_CACHE", raising=False)
    assert cache_folder() == REPOSITORY / ".local" / "cache"


def test_the_chosen_cache_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISA_CACHE", str(tmp_path / "cache"))
    assert cache_folder() == tmp_path / "cache"
