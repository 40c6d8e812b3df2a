"""What a plan takes a variable for is what the container's start script takes it for."""

from pathlib import Path

import pytest

from planning import wish
from serving.servers import tgi, vllm
from serving.task import Task

FLAGS = {
    "--max-model-len": wish.CONTEXT,
    "--tensor-parallel-size": wish.GPUS,
    "--gpu-memory-utilization": wish.SHARE,
    "--max-num-seqs": wish.SEQUENCES,
    "--max-num-batched-tokens": wish.BATCH,
    "--kv-cache-dtype": wish.CACHE_DTYPE,
    "--dtype": wish.DTYPE,
}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_plan_reads_the_variables_of_vllm_as_its_start_script_does(flag: str) -> None:
    [names] = [one.names for one in vllm.FLAGS if one.flag == flag]
    assert FLAGS[flag]["vllm"] == names


@pytest.mark.promise("hosting.tgi-variables")
@pytest.mark.parametrize("names", [wish.CONTEXT, wish.GPUS, wish.BATCH])
def test_what_a_plan_reads_for_tgi_reaches_tgi(names: wish.Names) -> None:
    assert set(names["tgi"]) <= set(tgi.NUMBERS) - tgi.TOLD


@pytest.mark.parametrize("text", ["32768", "32k", "32K", "-1", "auto"])
def test_a_length_that_a_plan_understands_is_one_for_vllm(text: str) -> None:
    given = {"VLLM_MAX_MODEL_LEN": text}
    asked = wish.Wish("textgen", "vllm", "m", "g6.xlarge", "r", given)
    assert wish.settings(asked).context is not None
    argv = vllm.command(given, Task("m", "models", "m", Path("/weights")), gpus=1).argv
    assert argv[argv.index("--max-model-len") + 1] == text
