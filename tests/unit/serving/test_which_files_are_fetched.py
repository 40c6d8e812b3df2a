"""Of a checkpoint, everything but what is there twice."""

import pytest

from serving.bucket import Weight
from serving.faults import ModelFileUnclear, WeightsMissing
from serving.selection import checkpoint


def chosen(*names: str) -> list[str]:
    weights = [Weight(f"m1/{name}", name, 1, "etag") for name in names]
    return [weight.name for weight in checkpoint(weights, "s3://models/m1/")]


@pytest.mark.promise("hosting.safetensors")
def test_older_formats_beside_safetensors_stay_in_the_bucket() -> None:
    assert chosen(
        *("config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"),
        *("pytorch_model-00001-of-00002.bin", "flax_model.msgpack", "tokenizer.model"),
        *("original/consolidated.00.pth", "original/params.json"),
    ) == [
        "config.json",
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
        "tokenizer.model",
    ]


def test_an_older_format_alone_is_fetched() -> None:
    assert chosen("config.json", "pytorch_model.bin") == ["config.json", "pytorch_model.bin"]


def test_a_part_that_exists_in_the_older_format_alone_is_fetched() -> None:
    files = ["model.safetensors", "2_Dense/pytorch_model.bin", "2_Dense/config.json"]
    assert chosen(*files) == files


def test_a_prefix_without_weights_says_what_it_holds() -> None:
    with pytest.raises(ModelFileUnclear, match="None of the 2 files at s3://models/m1/") as caught:
        chosen("config.json", "m1.gguf")
    assert "llamacpp" in caught.value.fix


def test_an_empty_prefix_says_what_belongs_there() -> None:
    with pytest.raises(WeightsMissing, match="s3://models/m1/") as caught:
        chosen()
    assert "config.json" in caught.value.fix
