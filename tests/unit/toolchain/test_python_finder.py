"""Finding a Python 3.12, with interpreters made for the test."""

from pathlib import Path

import pytest

from local.toolchain.python_finder import PythonNotFound, find_python, real_python


def interpreter(path: Path, version: str = "3.12", code: int = 0) -> Path:
    """A program that answers as the interpreter of that version would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {version}\necho {path}\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_one_that_runs_is_told_by_its_real_path(tmp_path: Path) -> None:
    path = interpreter(tmp_path / "python3.12")
    assert real_python(path) == path


def test_a_shim_that_ends_with_127_is_none(tmp_path: Path) -> None:
    assert real_python(interpreter(tmp_path / "python3.12", code=127)) is None


def test_another_version_under_the_right_name_is_none(tmp_path: Path) -> None:
    assert real_python(interpreter(tmp_path / "python3.12", version="3.11")) is None


def test_a_file_that_is_no_program_is_none(tmp_path: Path) -> None:
    (tmp_path / "python3.12").write_text("")
    assert real_python(tmp_path / "python3.12") is None
    assert real_python(tmp_path / "missing") is None


def test_the_chosen_one_comes_first(tmp_path: Path) -> None:
    chosen = interpreter(tmp_path / "mine" / "python")
    interpreter(tmp_path / "bin" / "python3.12")
    env = {"LISA_PYTHON": str(chosen), "PATH": str(tmp_path / "bin")}
    assert find_python(env, folders=()) == chosen


def test_the_chosen_one_does_not_answer_for_another_version(tmp_path: Path) -> None:
    chosen = interpreter(tmp_path / "mine" / "python")
    other = interpreter(tmp_path / "bin" / "python3.11", version="3.11")
    env = {"LISA_PYTHON": str(chosen), "PATH": str(tmp_path / "bin")}
    assert find_python(env, folders=(), version="3.11") == other


def test_a_chosen_one_that_does_not_work_is_an_error(tmp_path: Path) -> None:
    broken = interpreter(tmp_path / "python", code=1)
    with pytest.raises(PythonNotFound, match="not a working Python 3.12"):
        find_python({"LISA_PYTHON": str(broken)}, folders=())


def test_a_broken_shim_does_not_hide_the_one_behind_it(tmp_path: Path) -> None:
    interpreter(tmp_path / "shims" / "python3.12", code=127)
    behind = interpreter(tmp_path / "bin" / "python3.12")
    path = f"{tmp_path / 'shims'}:{tmp_path / 'bin'}"
    assert find_python({"PATH": path}, folders=(), running="") == behind


def test_pyenv_is_searched_for_its_newest(tmp_path: Path) -> None:
    interpreter(tmp_path / "versions" / "3.12.1" / "bin" / "python")
    newest = interpreter(tmp_path / "versions" / "3.12.9" / "bin" / "python")
    found = find_python({"PYENV_ROOT": str(tmp_path)}, folders=(), running="")
    assert found == newest


def test_the_usual_pyenv_folder_is_searched_without_being_named(tmp_path: Path) -> None:
    python = interpreter(tmp_path / ".pyenv" / "versions" / "3.12.1" / "bin" / "python")
    assert find_python({"HOME": str(tmp_path)}, folders=(), running="") == python


def test_nothing_is_found_where_there_is_nothing(tmp_path: Path) -> None:
    assert find_python({"HOME": str(tmp_path), "PATH": ""}, folders=(), running="") is None
