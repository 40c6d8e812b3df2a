"""Weights go into the bucket once."""

from pathlib import Path

import boto3
import pytest

from local.seed.weights import CHECKPOINT_KEY, upload_checkpoint, upload_weights

BUCKET = "models"


@pytest.fixture
def folder(aws: None, tmp_path: Path) -> Path:
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    for model in ("tiny-chat", "minilm-l6-v2"):
        (tmp_path / "demo" / model).mkdir(parents=True)
        (tmp_path / "demo" / model / "weights.gguf").write_bytes(model.encode())
    (tmp_path / "made-from").write_text("not a weight")
    return tmp_path


def test_they_lie_below_the_names_of_the_demo_models(folder: Path) -> None:
    s3 = boto3.client("s3")
    assert upload_weights(s3, BUCKET, folder) == 2
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert keys == ["demo/minilm-l6-v2/weights.gguf", "demo/tiny-chat/weights.gguf"]


def test_nothing_is_put_twice(folder: Path) -> None:
    s3 = boto3.client("s3")
    upload_weights(s3, BUCKET, folder)
    assert upload_weights(s3, BUCKET, folder) == 0


def test_changed_weights_replace_the_old_ones(folder: Path) -> None:
    s3 = boto3.client("s3")
    upload_weights(s3, BUCKET, folder)
    (folder / "demo/tiny-chat/weights.gguf").write_bytes(b"better")
    assert upload_weights(s3, BUCKET, folder) == 1
    assert (
        s3.get_object(Bucket=BUCKET, Key="demo/tiny-chat/weights.gguf")["Body"].read() == b"better"
    )


def test_vllm_finds_the_same_model_beside_them_and_not_among_them(folder: Path) -> None:
    s3 = boto3.client("s3")
    upload_weights(s3, BUCKET, folder)
    assert upload_checkpoint(s3, BUCKET) > 0
    assert upload_checkpoint(s3, BUCKET) == 0
    keys = {entry["Key"] for entry in s3.list_objects_v2(Bucket=BUCKET)["Contents"]}
    needed = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
    assert {f"{CHECKPOINT_KEY}/{name}" for name in needed} <= keys
    assert [key for key in keys if key.startswith("demo/tiny-chat/")] == [
        "demo/tiny-chat/weights.gguf"
    ]
