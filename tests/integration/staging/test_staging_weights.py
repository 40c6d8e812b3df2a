"""Weights from the hub or from a folder into the models bucket."""

import hashlib
import json
import re
import time
from pathlib import Path

import pytest

from tests.integration.staging.conftest import BUCKET, Cloud, Command, Run
from tests.integration.staging.hub import FakeHub
from tests.support.checkpoints import Saved, checkpoint, floats
from tests.support.model_files import BESIDE, CONFIG, IN_PARTS, OTHERS, PARTS, safetensors

MODEL = "org/name"
MEBIBYTE = 1024 * 1024
# Nine parts of 16 MiB and what the header adds.
PARTS_OF_IT = 10


@pytest.mark.promise("staging.hub", "staging.layout")
def test_a_model_of_the_hub_lies_in_the_bucket_with_what_a_server_needs(
    cloud: Cloud, hub: FakeHub, run: Run
) -> None:
    hub.files = IN_PARTS | OTHERS
    done = run("model", MODEL)
    assert done.returncode == 0, done.stdout
    assert cloud.content(MODEL) == IN_PARTS
    assert f'"modelName": "{MODEL}"' in done.stdout
    assert "tf_model.h5" in done.stdout
    for name, content in IN_PARTS.items():
        head = cloud.s3.head_object(Bucket=BUCKET, Key=f"{MODEL}/{name}", ChecksumMode="ENABLED")
        assert head["Metadata"] == {"sha256": hashlib.sha256(content).hexdigest()}
        assert head["ChecksumSHA256"]


@pytest.mark.promise("staging.again")
def test_what_is_there_is_neither_downloaded_nor_sent_again(
    cloud: Cloud, hub: FakeHub, run: Run, root: Path
) -> None:
    hub.files = dict(IN_PARTS)
    assert run("model", MODEL).returncode == 0
    hub.downloads.clear()
    again = run("model", MODEL, HF_HOME=str(root / "another-cache"))
    assert "0 of them sent now" in again.stdout
    assert set(hub.downloads).isdisjoint(PARTS)


@pytest.mark.promise("staging.air-gapped")
def test_a_folder_is_taken_where_there_is_no_network(
    cloud: Cloud, hub: FakeHub, run: Run, root: Path
) -> None:
    for name, content in (IN_PARTS | OTHERS).items():
        path = root / "models" / MODEL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    hub.refuses = (500, "")
    done = run("model", MODEL)
    assert done.returncode == 0, done.stdout
    assert cloud.content(MODEL) == IN_PARTS
    assert not hub.tokens


@pytest.mark.promise("staging.converts")
def test_checkpoints_become_safetensors_with_an_index(
    cloud: Cloud, hub: FakeHub, run: Run, tmp_path: Path
) -> None:
    same = Saved("0", (2,), (1,))
    first = {"lm_head.weight": same, "model.embed_tokens.weight": same}
    one = checkpoint(tmp_path / "1", first, {"0": floats(1, 2)})
    two = checkpoint(tmp_path / "2", {"b": Saved("0", (2,), (1,))}, {"0": floats(3, 4)})
    hub.files = BESIDE | {
        "pytorch_model-00001-of-00002.bin": one.read_bytes(),
        "pytorch_model-00002-of-00002.bin": two.read_bytes(),
        "pytorch_model.bin.index.json": b"{}",
    }
    done = run("model", MODEL)
    assert done.returncode == 0, done.stdout
    content = cloud.content(MODEL)
    index = json.loads(content.pop("model.safetensors.index.json"))
    assert set(content) == set(BESIDE) | set(PARTS)
    assert index["weight_map"] == {
        "b": "model-00002-of-00002.safetensors",
        "model.embed_tokens.weight": "model-00001-of-00002.safetensors",
    }
    assert content["model-00002-of-00002.safetensors"].endswith(floats(3, 4))
    assert "lm_head.weight is not written" in done.stdout


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (403, "GatedRepo", "only to those who have accepted their terms"),
        (404, "RepoNotFound", "has no model org/name, or does not show it"),
        (404, "RevisionNotFound", "has no revision v9"),
        (401, "", "HF_TOKEN"),
        (429, "", "answered 429"),
    ],
)
def test_a_refusal_of_the_hub_says_what_to_do(
    hub: FakeHub, run: Run, status: int, code: str, sentence: str
) -> None:
    hub.refuses = (status, code)
    done = run("model", MODEL, "--revision", "v9", HF_TOKEN="hf_a_secret")
    assert done.returncode == 1
    assert sentence in done.stdout
    assert "Traceback" not in done.stdout
    assert hub.tokens == {"Bearer hf_a_secret"}
    assert "hf_a_secret" not in done.stdout


@pytest.mark.parametrize(
    "network", [{"HF_ENDPOINT": "http://127.0.0.1:9"}, {"HF_HUB_OFFLINE": "1"}], ids=str
)
def test_without_a_hub_the_way_by_hand_is_told(run: Run, network: dict[str, str]) -> None:
    done = run("model", MODEL, **network)
    assert done.returncode == 1
    assert f"hf download {MODEL} --local-dir models/{MODEL}" in done.stdout


def test_a_file_that_is_not_what_the_hub_says_is_not_sent(
    cloud: Cloud, hub: FakeHub, run: Run
) -> None:
    hub.files, hub.lies = dict(IN_PARTS), True
    done = run("model", MODEL)
    assert done.returncode == 1
    assert "another SHA-256" in done.stdout
    assert cloud.content(MODEL) == {}


def test_a_model_that_is_not_whole_is_not_called_staged(
    cloud: Cloud, hub: FakeHub, run: Run
) -> None:
    hub.files = {name: text for name, text in IN_PARTS.items() if "00002-of" not in name}
    done = run("model", MODEL)
    assert done.returncode == 1
    assert "model-00002-of-00002.safetensors is missing" in done.stdout
    assert "modelName" not in done.stdout


def test_after_a_kill_only_what_is_missing_is_sent(
    cloud: Cloud, begin: Command, run: Run, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    weights = in_a_folder(root, MEBIBYTE * 16 * 9)
    process = begin("model", MODEL)
    sent_parts(cloud)
    process.kill()
    process.wait()
    there = sent_parts(cloud)
    assert len(there) < PARTS_OF_IT
    assert cloud.content(MODEL) == {}
    caplog.clear()
    done = run("model", MODEL)
    assert done.returncode == 0, done.stdout
    again = {int(number) for number in re.findall(r"PUT \S+partNumber=(\d+)", caplog.text)}
    # One that was on its way when the program died may have arrived, too.
    assert again
    assert again.isdisjoint(there)
    assert cloud.content(MODEL) == {"model.safetensors": weights, "config.json": CONFIG}


def in_a_folder(root: Path, size: int) -> bytes:
    """A model of one large file where models are brought by hand."""
    folder = root / "models" / MODEL
    folder.mkdir(parents=True)
    weights = safetensors({"a": bytes(range(256)) * (size // 256)})
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "config.json").write_bytes(CONFIG)
    return weights


def sent_parts(cloud: Cloud) -> set[int]:
    """The parts of the one unfinished upload, as soon as there are any."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for upload in cloud.s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []):
            parts = cloud.s3.list_parts(
                Bucket=BUCKET, Key=upload["Key"], UploadId=upload["UploadId"]
            ).get("Parts", [])
            if parts:
                return {part["PartNumber"] for part in parts}
    raise AssertionError("no part was sent in 30 s")


@pytest.mark.promise("staging.model-check")
def test_the_list_of_a_configuration_is_staged_where_it_is_missing(
    cloud: Cloud, hub: FakeHub, run: Run, root: Path
) -> None:
    hub.files = dict(IN_PARTS)
    (root / "config.yaml").write_text(
        "env: dev\n"
        "dev:\n"
        "  ecsModels:\n"
        f"    - modelName: {MODEL}\n"
        "      inferenceContainer: vllm\n"
        "      baseImage: vllm/vllm-openai:v0.9.1\n"
        "    - modelName: org/gone\n"
    )
    done = run("models", "config.yaml")
    assert done.returncode == 1
    assert "1 staged, 1 failed" in done.stdout
    assert "make stage-image CONTAINER=vllm BASE_IMAGE=vllm/vllm-openai:v0.9.1" in done.stdout
    assert cloud.content(MODEL) == IN_PARTS
    assert f"{MODEL} is there and whole" in run("models", "config.yaml").stdout
