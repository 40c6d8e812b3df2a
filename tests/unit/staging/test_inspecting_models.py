"""Whether what lies in the bucket can be served, and what is wrong when it cannot."""

from dataclasses import dataclass

import pytest

from staging.inspection import problems
from tests.support.model_files import CONFIG, IN_PARTS, INDEX, PARTS, index, safetensors


@dataclass(frozen=True)
class Files:
    """A model in memory."""

    files: dict[str, bytes]

    def sizes(self) -> dict[str, int]:
        return {name: len(content) for name, content in self.files.items()}

    def read(self, name: str, begin: int, length: int) -> bytes:
        return self.files[name][begin : begin + length]


FIRST, SECOND = sorted(PARTS)
WHOLE = {"config.json": CONFIG, "model.safetensors": safetensors({"a": b"1"})}


@pytest.mark.parametrize(
    "files", [IN_PARTS, WHOLE, {"m.gguf": b"GGUF\3"}], ids=["parts", "one", "gguf"]
)
def test_a_whole_model_has_no_problems(files: dict[str, bytes]) -> None:
    assert problems(Files(files)) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({FIRST: None}, f"{FIRST} is missing, which model.safetensors.index.json names."),
        ({FIRST: PARTS[FIRST][:-1]}, f"{FIRST} is damaged: its tensors end at byte"),
        ({FIRST: safetensors({"z": b"1"})}, f"{FIRST} lacks the tensor a"),
        ({FIRST: b"version https://git-lfs"}, f"{FIRST} is damaged"),
        ({"config.json": None}, "config.json is missing."),
        ({"config.json": b"{"}, "config.json cannot be read as JSON"),
        ({"model.safetensors.index.json": b"[]"}, "it is no object"),
        ({"model.safetensors.index.json": b"{}"}, "does not say where the tensors are"),
        ({"model.safetensors.index.json": index({"a": "../x"})}, "../x is missing"),
        ({"m.gguf": b"LFS"}, "m.gguf is damaged"),
    ],
)
def test_each_damage_is_named(changes: dict[str, bytes | None], problem: str) -> None:
    files = {name: text for name, text in (IN_PARTS | changes).items() if text is not None}
    found = problems(Files(files))
    assert [text for text in found if problem in text], found


def test_a_model_without_weights_is_said_to_have_none() -> None:
    assert problems(Files({})) == ["There is nothing."]
    assert problems(Files({"config.json": CONFIG, "x.index.json": INDEX})) == [
        "There are no weights."
    ]
