"""Which of the uploaded files llama.cpp shall open."""

import pytest

from llamacpp.faults import CannotStart, ModelFileUnclear, WeightsMissing
from llamacpp.weights import Weight, choose_model_file


def choose(*names: str, wanted: str = "") -> str:
    weights = [Weight(f"m1/{name}", name, 1, "etag") for name in names]
    return choose_model_file(weights, wanted, "s3://models/m1/")


def test_the_only_gguf_is_chosen_among_other_files() -> None:
    assert choose("README.md", "m1-q4.gguf", "config.json") == "m1-q4.gguf"


def test_a_split_model_is_opened_at_its_first_part() -> None:
    parts = [f"m1-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    assert choose(*parts) == parts[0]


def test_model_file_decides_between_several() -> None:
    assert choose("m1-q4.gguf", "m1-q8.gguf", wanted="m1-q8.gguf") == "m1-q8.gguf"


def test_several_without_a_choice_are_listed() -> None:
    with pytest.raises(ModelFileUnclear, match="m1-q4.gguf, m1-q8.gguf") as caught:
        choose("m1-q4.gguf", "m1-q8.gguf")
    assert "MODEL_FILE" in caught.value.fix


def test_a_choice_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelFileUnclear, match="MODEL_FILE names 'other.gguf'"):
        choose("m1-q4.gguf", wanted="other.gguf")


def test_a_prefix_without_gguf_says_how_many_other_files_it_has() -> None:
    with pytest.raises(ModelFileUnclear, match="None of the 2 files"):
        choose("model.safetensors", "config.json")


def test_an_empty_prefix_is_named() -> None:
    with pytest.raises(WeightsMissing, match="no weights at s3://models/m1/"):
        choose()


def test_every_reason_has_an_exit_code_of_its_own() -> None:
    kinds: list[type[CannotStart]] = [CannotStart, *CannotStart.__subclasses__()]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    assert all(0 < kind.exit_code < 126 for kind in kinds)
