"""Which of the uploaded files llama.cpp shall open."""

import pytest

from llamacpp.model_file import choose_model_file, needed
from serving.bucket import Weight
from serving.faults import ModelFileUnclear, WeightsMissing


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


def fetched(model_file: str, *names: str) -> list[str]:
    weights = [Weight(f"m1/{name}", name, 1, "etag") for name in names]
    return [weight.name for weight in needed(weights, model_file)]


def test_only_the_chosen_file_is_fetched() -> None:
    assert fetched("m1-q4.gguf", "m1-q4.gguf", "m1-q8.gguf", "README.md") == ["m1-q4.gguf"]


def test_a_split_model_is_fetched_with_its_later_parts() -> None:
    parts = [f"q4/m1-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    others = ["q8/m1-00002-of-00003.gguf", "q4/m1.gguf", "q4/m1-other-00002-of-00003.gguf"]
    assert fetched(parts[0], *parts, *others) == parts
