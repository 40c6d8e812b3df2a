"""Images into the registry, with a container tool that writes down what it is told."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from staging.__main__ import main
from tests.integration.staging.conftest import CREDENTIALS, REPOSITORY, STACK

# Answers as docker does; each call is one line of JSON: the words, and what came by a pipe.
DOCKER = """#!/usr/bin/env python3
import json, os, sys
from pathlib import Path
words = sys.argv[1:]
given = sys.stdin.read() if "--password-stdin" in words else ""
with Path("calls").open("a") as calls:
    calls.write(json.dumps([words, given]) + "\\n")
if words[0] == "load":
    print(os.environ.get("LOADS", "Loaded image: team/own:1"))
sys.exit(int(words[0] == os.environ.get("FAILS")))
"""
TAG = "vllm__vllm-openai--v0.9.1"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A clone with two containers, a container tool on PATH, and the deployment lisa-dev."""
    for container in ("vllm", "llamacpp"):
        dockerfile = tmp_path / "containers" / container / "Dockerfile"
        dockerfile.parent.mkdir(parents=True)
        dockerfile.write_text("ARG BASE_IMAGE=python:3.12-slim\nFROM ${BASE_IMAGE}\n")
    shutil.copy(REPOSITORY / "samconfig.toml", tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "docker").write_text(DOCKER)
    (tmp_path / "bin" / "docker").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    for name, value in (CREDENTIALS | {"PATH": path, "STAGING_ROOT": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        boto3.client("cloudformation").create_stack(
            StackName="lisa-dev",
            TemplateBody=json.dumps(STACK),
            Parameters=[{"ParameterKey": "DeploymentName", "ParameterValue": "lisa-dev"}],
        )
        yield tmp_path


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What was said since the last time, by the program and by those it runs."""
    return lambda: "".join(capfd.readouterr())


def calls(root: Path) -> list[tuple[list[str], str]]:
    path = root / "calls"
    lines = path.read_text().splitlines() if path.exists() else []
    return [tuple(json.loads(line)) for line in lines]


def orders(root: Path) -> list[str]:
    return [words[0] for words, _ in calls(root)]


@pytest.mark.promise("deployment.container-tool")
def test_our_container_is_built_around_its_base_and_pushed(
    root: Path, said: Callable[[], str]
) -> None:
    assert main(["image", "vllm", "--base-image", "vllm/vllm-openai:v0.9.1"]) == 0
    image = f"{REGISTRY}/lisa-dev/vllm:{TAG}"
    (build, _), (login, password), (push, _) = calls(root)
    context, dockerfile = root / "containers", root / "containers/vllm/Dockerfile"
    base = ["--build-arg", "BASE_IMAGE=vllm/vllm-openai:v0.9.1"]
    assert build == [
        *("build", "--platform", "linux/amd64", *base, "--tag", image),
        *("--file", str(dockerfile), str(context)),
    ]
    assert login == ["login", "--username", "AWS", "--password-stdin", REGISTRY]
    assert push == ["push", image]
    words = said()
    assert password
    assert password not in json.dumps([login, push]) + words
    assert '{"baseImage": "vllm/vllm-openai:v0.9.1", "type": "asset"}' in words


def test_the_repository_is_made_once_and_never_lets_a_tag_change(root: Path) -> None:
    assert main(["image", "vllm"]) == main(["image", "vllm"]) == 0
    (made,) = boto3.client("ecr").describe_repositories()["repositories"]
    assert made["repositoryName"] == "lisa-dev/vllm"
    assert made["imageTagMutability"] == "IMMUTABLE"
    assert made["imageScanningConfiguration"] == {"scanOnPush": True}
    assert made["encryptionConfiguration"]["encryptionType"] == "AES256"


def test_an_image_that_is_there_is_not_built_again_unless_asked(
    root: Path, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["image", "llamacpp"]) == 0
    ecr, repository = boto3.client("ecr"), "lisa-dev/llamacpp"
    manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "layers": []})
    ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag="python--3.12-slim")
    before = len(calls(root))
    assert main(["image", "llamacpp"]) == 0
    assert "is there already" in said()
    assert len(calls(root)) == before
    monkeypatch.setenv("FAILS", "build")
    assert main(["image", "llamacpp", "--replace"]) == 1
    assert ecr.list_images(repositoryName=repository)["imageIds"]
    before = len(calls(root))
    monkeypatch.delenv("FAILS")
    assert main(["image", "llamacpp", "--replace"]) == 0
    assert orders(root)[before:] == ["build", "login", "push"]
    assert not ecr.list_images(repositoryName=repository)["imageIds"]


@pytest.mark.promise("deployment.prebuilt-images")
def test_a_saved_image_is_loaded_and_named(root: Path, said: Callable[[], str]) -> None:
    (root / "images").mkdir()
    (root / "images" / "own.tar").write_bytes(b"layers")
    assert main(["image", "vllm", "--tarball", "images/own.tar"]) == 0
    assert orders(root) == ["load", "tag", "login", "push"]
    assert calls(root)[1][0] == ["tag", "team/own:1", f"{REGISTRY}/lisa-dev/vllm:images__own.tar"]
    assert '{"baseImage": "images/own.tar", "type": "tarball"}' in said()


@pytest.mark.promise("hosting.own-container")
def test_a_folder_of_ones_own_is_built_as_it_is(root: Path) -> None:
    (root / "my-server").mkdir()
    (root / "my-server" / "Dockerfile").write_text("FROM scratch\n")
    assert main(["image", "instructor", "--directory", "my-server"]) == 0
    build = calls(root)[0][0]
    assert build[-1] == "my-server"
    assert f"{REGISTRY}/lisa-dev/instructor:my-server" in build


@pytest.mark.promise("deployment.container-tool")
@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        ("vllm", ("FAILS", "build"), "ended with exit code 1"),
        ("vllm", ("FAILS", "login"), "Logging in"),
        ("vllm", ("CONTAINER_TOOL", "nobodys"), "No container tool was found: nobodys"),
        ("vllm --tarball samconfig.toml", ("LOADS", ""), "took 0 images"),
        ("tgi", (), "Choose one of llamacpp, vllm"),
        ("VLLM!", (), "cannot be called"),
        ("vllm --tarball gone.tar", (), "There is no file gone.tar"),
        ("vllm --directory containers", (), "has no Dockerfile"),
        ("vllm --environment local", (), "On a laptop no image is pulled"),
        ("vllm --environment mars", (), "knows no environment mars"),
        ("vllm --environment prod", (), "There is no stack lisa-prod"),
        ("vllm --base-image $(id)", (), "No model could name '$(id)'"),
    ],
)
@pytest.mark.usefixtures("root")
def test_what_cannot_be_staged_is_said_in_sentences(
    said: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    environment: tuple[str, ...],
    sentence: str,
) -> None:
    if environment:
        monkeypatch.setenv(*environment)
    assert main(["image", *words.split()]) == 1
    assert sentence in said()
