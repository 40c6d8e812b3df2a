"""The models that a config.yaml lists, and the deployment that an environment's name means."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from staging.faults import StagingFailed
from staging.place import place_of
from staging.progress import Progress, human
from staging.settings import settings
from staging.wishes import Wish, wishes_of

LIST = """ecsModels:
  - modelName: org/name
    inferenceContainer: tgi
    baseImage: ghcr.io/huggingface/text-generation-inference:2.0.1
  - modelName: org/other
"""
EXPECTED = [
    Wish("org/name", "tgi", "ghcr.io/huggingface/text-generation-inference:2.0.1"),
    Wish("org/other"),
]


def below(name: str) -> str:
    return f"{name}:\n" + "".join(f"  {line}\n" for line in LIST.splitlines())


@pytest.mark.promise("staging.list")
@pytest.mark.parametrize(
    "text",
    [LIST, below("dev"), "env: x\n" + below("x") + "y: {ecsModels: []}", below("prod")],
)
def test_the_list_is_found_at_the_top_and_below_an_environment(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    assert wishes_of(tmp_path / "config.yaml", "dev") == EXPECTED


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1", "has no ecsModels"),
        (below("prod") + below("test"), "has no ecsModels"),
        ("[1]", "has no ecsModels"),
        ("ecsModels: x", "is no list"),
        ("ecsModels: [{name: x}]", "has no modelName"),
        ("ecsModels: [x]", "has no modelName"),
        ("a: [", "is no YAML"),
        ("!!python/object/apply:os.system [id]", "is no YAML"),
        ("x" * (1024 * 1024 + 1), "too large"),
        ("[" * 5000, "is no YAML"),
    ],
)
def test_a_list_that_cannot_be_read_is_explained(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(StagingFailed, match=sentence):
        wishes_of(tmp_path / "config.yaml", "dev")


def test_without_the_file_its_name_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StagingFailed, match="cannot be read: No such file"):
        wishes_of(tmp_path / "config.yaml", "dev")


def test_an_empty_list_wishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("ecsModels:\n")
    assert wishes_of(tmp_path / "config.yaml", "dev") == []


@pytest.mark.promise("deployment.environments")
def test_local_means_the_product_that_runs_here(tmp_path: Path) -> None:
    facts = {"aws_endpoint_url": "http://127.0.0.1:4", "region": "us-east-1"}
    (tmp_path / "endpoints.json").write_text(json.dumps(facts))
    here = replace(settings(), endpoints=tmp_path / "endpoints.json")
    place = place_of("local", here)
    assert place.s3.meta.endpoint_url == "http://127.0.0.1:4"
    credentials = place.session.get_credentials()
    assert credentials
    assert credentials.access_key == "test"
    with pytest.raises(StagingFailed, match="does not run on this machine"):
        place_of("local", replace(here, endpoints=tmp_path / "none"))


def test_an_environment_without_a_region_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(StagingFailed, match="No AWS region is set"):
        place_of("dev", settings())


def test_without_a_terminal_there_are_only_whole_lines() -> None:
    out = io.StringIO()
    with Progress(out).watch("Sending x", 10) as advance:
        advance(5)
    Progress(out).say("Sent x")
    assert out.getvalue() == "Sent x\n"


class Terminal(io.StringIO):
    """What says that a person is looking."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_there_is_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    out, seconds = Terminal(), iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))
    with Progress(out).watch("Sending x", 10) as advance:
        advance(5)
        advance(50)
    shown = out.getvalue()
    assert "[############            ]  50% Sending x (5 B of 10 B" in shown
    assert "100% Sending x" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1500, "2 kB"), (2_500_000, "2.5 MB"), (7 * 10**15, "7000.0 TB")],
)
def test_sizes_are_written_as_people_do(size: int, text: str) -> None:
    assert human(size) == text
