"""The environment of a model's task, as every inference container understands it."""

from pathlib import Path

import pytest

from serving import task
from serving.faults import BadSetting, CannotStart

TASK = {"MODEL_ID": "m1", "MODEL_NAME": "team/m1", "MODELS_BUCKET": "models"}
TYPES = ("textgen", "embedding")


def test_three_variables_are_enough() -> None:
    chosen = task.load(TASK, TYPES)
    assert (chosen.model_id, chosen.bucket, chosen.prefix) == ("m1", "models", "team/m1")
    assert (chosen.host, chosen.port, chosen.model_type) == ("0.0.0.0", 8080, "textgen")


def test_a_container_of_one_type_needs_none_named() -> None:
    assert task.load(TASK, ("embedding",)).model_type == "embedding"


def test_the_region_is_the_one_that_the_scheduler_sets() -> None:
    assert task.load(TASK, TYPES).region is None
    assert task.load(TASK | {"AWS_DEFAULT_REGION": "eu-west-1"}, TYPES).region == "eu-west-1"
    both = TASK | {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "us-gov-west-1"}
    assert task.load(both, TYPES).region == "us-gov-west-1"


def test_models_do_not_share_a_folder_of_weights(tmp_path: Path) -> None:
    names = ("team", "team/m1", "team/m1/", "team--m1", "team%2Fm1")
    defined = TASK | {"WEIGHTS_DIR": str(tmp_path)}
    folders = {name: task.load(defined | {"MODEL_NAME": name}, TYPES).folder for name in names}
    assert folders["team/m1"] == folders["team/m1/"]
    assert len(set(folders.values())) == 4
    assert {folder.parent for folder in folders.values()} == {tmp_path / "models"}


@pytest.mark.parametrize("name", TASK)
@pytest.mark.parametrize("value", ["", "  ", "/"])
def test_a_missing_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} is not set"):
        task.load(TASK | {name: value}, TYPES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "-1"),
        ("MODEL_NAME", ".."),
        ("MODEL_NAME", "a/./b"),
    ],
)
def test_a_wrong_value_is_quoted_with_its_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} is '{value}'") as caught:
        task.load(TASK | {name: value}, TYPES)
    assert str(caught.value).endswith(".")


def test_a_type_that_the_server_does_not_know_lists_the_known_ones() -> None:
    with pytest.raises(BadSetting, match="MODEL_TYPE is 'imagegen'") as caught:
        task.load(TASK | {"MODEL_TYPE": "imagegen"}, TYPES)
    assert "textgen, embedding" in caught.value.fix


def test_every_reason_has_an_exit_code_of_its_own() -> None:
    kinds: list[type[CannotStart]] = [CannotStart, *CannotStart.__subclasses__()]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    assert all(0 < kind.exit_code < 126 for kind in kinds)
