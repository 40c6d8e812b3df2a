"""`python -m local.demo.build`, with the committed chat weights and a small stand-in for MiniLM."""

import sys
from pathlib import Path

import pytest

from local.demo.build import CHAT_WEIGHTS, EMBEDDING_PACKAGE, build
from tests.unit.demo import checkpoints

CHAT = "demo/tiny-chat/tiny-chat-f16.gguf"
EMBEDDING = "demo/minilm-l6-v2/minilm-l6-v2-f16.gguf"


@pytest.fixture
def embedding_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    model = tmp_path / "installed" / EMBEDDING_PACKAGE / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, EMBEDDING_PACKAGE, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    return checkpoints.bert(model)


def made(out: Path) -> dict[str, bool]:
    return {file.relative_to(out).as_posix(): new for file, new in build(out)}


@pytest.mark.usefixtures("embedding_model")
def test_both_models_are_made_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert made(out) == {CHAT: True, EMBEDDING: True}
    assert made(out) == {CHAT: False, EMBEDDING: False}
    assert all((out / name).read_bytes()[:4] == b"GGUF" for name in (CHAT, EMBEDDING))
    assert not list(out.rglob("*.part"))


def test_changed_weights_are_converted_again(tmp_path: Path, embedding_model: Path) -> None:
    out = tmp_path / "out"
    made(out)
    config = embedding_model / "config.json"
    config.write_text(config.read_text().replace("1e-12", "1e-11"))
    assert made(out) == {CHAT: False, EMBEDDING: True}


@pytest.mark.usefixtures("embedding_model")
def test_a_removed_file_is_made_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(out)
    (out / CHAT).unlink()
    assert made(out) == {CHAT: True, EMBEDDING: False}


def test_the_committed_weights_stay_small() -> None:
    assert sum(file.stat().st_size for file in CHAT_WEIGHTS.iterdir()) <= 10_000_000
