"""The environment of a model's task, as the container understands it."""

from pathlib import Path

import pytest

from llamacpp import settings
from llamacpp.faults import BadSetting

TASK = {"MODEL_ID": "m1", "MODEL_NAME": "team/m1", "MODELS_BUCKET": "models"}


def test_three_variables_are_enough() -> None:
    chosen = settings.load(TASK)
    assert (chosen.model_id, chosen.bucket, chosen.prefix) == ("m1", "models", "team/m1")
    assert (chosen.host, chosen.port, chosen.parallel) == ("0.0.0.0", 8080, 4)
    assert (chosen.context_length, chosen.embedding) == (4096, False)


def test_the_whole_environment_is_understood() -> None:
    chosen = settings.load(
        TASK
        | {"MODEL_TYPE": "embedding", "PORT": "41811", "HOST": "127.0.0.1", "PARALLEL": "2"}
        | {"CONTEXT_LENGTH": "1024", "MODEL_FILE": "a.gguf", "THREADS": "1"}
    )
    assert chosen.embedding
    assert (chosen.host, chosen.port, chosen.parallel) == ("127.0.0.1", 41811, 2)
    assert (chosen.context_length, chosen.model_file, chosen.threads) == (1024, "a.gguf", 1)


def test_max_total_tokens_is_another_name_for_the_context_length() -> None:
    assert settings.load(TASK | {"MAX_TOTAL_TOKENS": "2048"}).context_length == 2048
    both = TASK | {"MAX_TOTAL_TOKENS": "2048", "CONTEXT_LENGTH": "512"}
    assert settings.load(both).context_length == 512


def test_the_region_is_the_one_that_the_scheduler_sets() -> None:
    assert settings.load(TASK).region is None
    assert settings.load(TASK | {"AWS_DEFAULT_REGION": "eu-west-1"}).region == "eu-west-1"
    both = TASK | {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "us-gov-west-1"}
    assert settings.load(both).region == "us-gov-west-1"


def test_models_do_not_share_a_folder_of_weights(tmp_path: Path) -> None:
    task = TASK | {"WEIGHTS_DIR": str(tmp_path)}
    folders = {settings.load(task | {"MODEL_NAME": name}).weights_dir for name in ("a", "b", "b/")}
    assert folders == {tmp_path / "models" / "a", tmp_path / "models" / "b"}


@pytest.mark.parametrize("name", TASK)
@pytest.mark.parametrize("value", ["", "  ", "/"])
def test_a_missing_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} is not set"):
        settings.load(TASK | {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "0"), ("PARALLEL", "0"), ("PARALLEL", "-1"), ("THREADS", "1.5")],
)
def test_a_wrong_number_is_quoted_with_its_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} is '{value}'"):
        settings.load(TASK | {name: value})


def test_an_unknown_model_type_lists_the_known_ones() -> None:
    with pytest.raises(BadSetting, match="textgen, embedding"):
        settings.load(TASK | {"MODEL_TYPE": "imagegen"})
