"""Which of a model's files a server needs."""

import pytest

from staging.choosing import Choice, choose, converted_name
from staging.faults import StagingFailed
from staging.files import SourceFile
from tests.support.model_files import IN_PARTS, OTHERS, PARTS

GGUF_PARTS = ("a-00001-of-00002.gguf", "a-00002-of-00002.gguf")
TRAINING = ("training_args.bin", "optimizer.pt", "rng_state.pth", "global_step1_states.pt")
BIN_PART = "pytorch_model-00001-of-00001.bin"


def chosen(*names: str, include: tuple[str, ...] = ()) -> Choice:
    return choose([SourceFile(name, 1) for name in names], include)


def kept(*names: str, include: tuple[str, ...] = ()) -> set[str]:
    return {file.name for file in chosen(*names, include=include).keep}


def to_convert(*names: str) -> set[str]:
    return {file.name for file in chosen(*names).convert}


def test_one_format_of_the_weights_is_taken_and_the_rest_is_named() -> None:
    choice = chosen(*IN_PARTS, *OTHERS)
    assert {file.name for file in choice.keep} == set(IN_PARTS)
    assert choice.convert == ()
    assert set(choice.left) == set(OTHERS)


@pytest.mark.parametrize(
    ("names", "weights"),
    [
        (("model.safetensors", "consolidated.safetensors"), {"model.safetensors"}),
        (("model.safetensors", "model.fp16.safetensors"), {"model.safetensors"}),
        (("consolidated.safetensors",), {"consolidated.safetensors"}),
        (("model.safetensors", *PARTS), set(PARTS)),
        (("model.safetensors", "model.gguf", "pytorch_model.bin"), {"model.safetensors"}),
        (("adapter_model.safetensors",), {"adapter_model.safetensors"}),
        (("only.gguf",), {"only.gguf"}),
        (GGUF_PARTS, set(GGUF_PARTS)),
    ],
)
def test_the_same_weights_are_not_taken_twice(names: tuple[str, ...], weights: set[str]) -> None:
    assert kept("config.json", *names) == {"config.json", *weights}


@pytest.mark.parametrize(
    ("names", "converted"),
    [
        (("pytorch_model.bin",), {"pytorch_model.bin"}),
        (("pytorch_model.bin", *TRAINING), {"pytorch_model.bin"}),
        (("consolidated.00.pth",), {"consolidated.00.pth"}),
        (("pytorch_model.bin", BIN_PART), {BIN_PART}),
        (("model.safetensors", "2_Dense/pytorch_model.bin"), {"2_Dense/pytorch_model.bin"}),
    ],
)
def test_checkpoints_are_converted_where_there_are_no_safetensors(
    names: tuple[str, ...], converted: set[str]
) -> None:
    assert to_convert(*names) == converted


def test_the_index_of_checkpoints_stays_behind() -> None:
    names = ("pytorch_model-00001-of-00002.bin", "pytorch_model.bin.index.json", "config.json")
    assert kept(*names) == {"config.json"}


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("pytorch_model.bin", "model.safetensors"),
        ("pytorch_model-00001-of-00002.bin", "model-00001-of-00002.safetensors"),
        ("2_Dense/pytorch_model.bin", "2_Dense/model.safetensors"),
        ("consolidated.00.pth", "consolidated.00.safetensors"),
    ],
)
def test_a_converted_file_is_called_as_servers_expect(name: str, becomes: str) -> None:
    assert converted_name(name) == becomes


def test_pooling_of_an_embedding_model_is_taken() -> None:
    names = {"1_Pooling/config.json", "modules.json", "model.safetensors", "config.json"}
    assert kept(*names, "onnx/config.json", "openvino/model.json") == names


def test_gguf_on_request_is_the_weights() -> None:
    names = ("config.json", "model.safetensors", "m-Q4_K_M.gguf", "m-Q8_0.gguf")
    assert kept(*names, include=("*Q4_K_M.gguf",)) == {"config.json", "m-Q4_K_M.gguf"}


def test_code_is_taken_only_on_request() -> None:
    names = ("model.safetensors", "modeling_own.py")
    assert kept(*names) == {"model.safetensors"}
    assert kept(*names, include=("*.py",)) == set(names)


@pytest.mark.parametrize(
    ("names", "include", "sentence"),
    [
        (("a-Q4.gguf", "a-Q8.gguf"), (), "2 GGUF files.*a-Q4.gguf"),
        (("config.json",), (), "no weights"),
        ((), (), "no weights"),
        (("optimizer.pt",), (), "no weights"),
        (("model.safetensors",), ("*.gguf",), "No file of the model is called"),
    ],
)
def test_what_a_person_must_decide_is_asked(
    names: tuple[str, ...], include: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(StagingFailed, match=sentence):
        chosen(*names, include=include)


@pytest.mark.parametrize(
    "name",
    [
        *("../config.json", "/etc/config.json", "a/../../config.json", "a//config.json"),
        *("a\\..\\config.json", "a\n.json", "./x.json", ".cache/x.json", "x" * 600 + ".json"),
    ],
)
def test_a_name_that_leads_elsewhere_is_never_taken(name: str) -> None:
    assert kept("model.safetensors", name) == {"model.safetensors"}
    assert kept("model.safetensors", name, include=("*model*", "*.json")) <= {"model.safetensors"}


def test_config_comes_last_so_that_half_a_model_never_looks_whole() -> None:
    names = [file.name for file in chosen(*IN_PARTS).keep]
    assert names[-1] == "config.json"
    assert [name.endswith(".safetensors") for name in names[:2]] == [True, True]
