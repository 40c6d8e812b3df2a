"""The environment of a model's task, as llama.cpp's container understands it."""

import pytest

from llamacpp import settings
from serving.faults import BadSetting

TASK = {"MODEL_ID": "m1", "MODEL_NAME": "team/m1", "MODELS_BUCKET": "models"}


def test_three_variables_are_enough() -> None:
    chosen = settings.load(TASK)
    assert (chosen.task.model_id, chosen.task.location) == ("m1", "s3://models/team/m1/")
    assert (chosen.parallel, chosen.context_length, chosen.embedding) == (4, 4096, False)


def test_the_whole_environment_is_understood() -> None:
    chosen = settings.load(
        TASK
        | {"MODEL_TYPE": "embedding", "PARALLEL": "2"}
        | {"CONTEXT_LENGTH": "1024", "MODEL_FILE": "a.gguf", "THREADS": "1"}
    )
    assert (chosen.embedding, chosen.parallel, chosen.context_length) == (True, 2, 1024)
    assert (chosen.model_file, chosen.threads) == ("a.gguf", 1)


def test_max_total_tokens_is_another_name_for_the_context_length() -> None:
    assert settings.load(TASK | {"MAX_TOTAL_TOKENS": "2048"}).context_length == 2048
    both = TASK | {"MAX_TOTAL_TOKENS": "2048", "CONTEXT_LENGTH": "512"}
    assert settings.load(both).context_length == 512


@pytest.mark.parametrize(
    ("name", "value"), [("PARALLEL", "0"), ("PARALLEL", "-1"), ("THREADS", "1.5")]
)
def test_a_wrong_number_is_quoted_with_its_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} is '{value}'"):
        settings.load(TASK | {name: value})


def test_an_unknown_model_type_lists_the_known_ones() -> None:
    with pytest.raises(BadSetting, match="MODEL_TYPE is 'imagegen'") as caught:
        settings.load(TASK | {"MODEL_TYPE": "imagegen"})
    assert "textgen, embedding" in caught.value.fix
