"""Which command stands in for which container image."""

from dataclasses import replace
from pathlib import Path

import pytest

from local.ecs_agent.orders import Container
from local.ecs_agent.runners import CannotPull, Runners, image_name
from local.ecs_agent.settings import Settings
from serving.servers.vllm import command as vllm_command
from serving.task import Task

SETTINGS = Settings(
    endpoint="http://127.0.0.1:1",
    region="us-east-1",
    access_key="test",
    secret_key="test",
    state=Path("state"),
    pythons={"GATEWAY_PYTHON": "/venv/gateway/python", "LLAMACPP_PYTHON": "/venv/llama/python"},
    passed_on={},
    repository=Path("/repository"),
)


@pytest.fixture
def vllm(tmp_path: Path) -> Settings:
    """The settings on a machine with vLLM."""
    (tmp_path / "python").touch()
    return replace(SETTINGS, pythons={"VLLM_PYTHON": str(tmp_path / "python")})


def a_container(image: str, command: tuple[str, ...] = (), **environment: str) -> Container:
    return Container("model", image, command, environment, (8080,))


@pytest.mark.parametrize(
    "image",
    ["llamacpp", "llamacpp:v1", "registry.example:5000/team/llamacpp:v1", "llamacpp@sha256:ab"],
)
def test_an_image_is_known_by_its_last_segment_without_its_tag(image: str) -> None:
    assert image_name(image) == "llamacpp"


def test_llamacpp_runs_its_own_start_script_and_keeps_its_weights() -> None:
    launch = Runners(SETTINGS).launch(a_container("registry.example/llamacpp:1"))
    assert launch.command(4000) == ["/venv/llama/python", "containers/llamacpp/start.py"]
    assert launch.cwd == Path("/repository")
    assert launch.environment["WEIGHTS_DIR"] == "state/weights"
    assert launch.environment["PYTHONPATH"] == "/repository/containers/serving"


def test_what_a_killed_gateway_counted_is_there_for_the_next_one() -> None:
    launch = Runners(SETTINGS).launch(a_container("gateway:latest"))
    assert launch.environment["USAGE_DIR"] == "state/usage"


def test_the_gateway_finds_what_its_image_would_carry() -> None:
    launch = Runners(SETTINGS).launch(a_container("gateway:latest"))
    assert launch.command(4000) == ["/venv/gateway/python", "-m", "gateway"]
    assert launch.environment["PYTHONPATH"].split(":") == [
        "/repository/containers/gateway",
        "/repository/functions/identity/lib",
        "/repository/layers/kernel",
    ]


@pytest.mark.parametrize(
    "image",
    [
        "vllm/vllm-openai:v0.5.0",
        "registry.example/vllm/vllm-openai:v0.32.0",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/lisa/vllm:1",
        "public.ecr.aws/vllm/inference:1",
        "vllm",
    ],
)
def test_vllm_runs_its_own_start_script(vllm: Settings, image: str) -> None:
    launch = Runners(vllm).launch(a_container(image))
    assert launch.command(4000)[1:] == ["containers/vllm/start.py"]
    assert launch.environment["WEIGHTS_DIR"] == "state/weights"
    assert launch.environment["PYTHONPATH"] == "/repository/containers/serving"


def test_vllm_gets_by_variables_what_a_small_machine_needs(vllm: Settings) -> None:
    launch = Runners(vllm).launch(a_container("vllm"))
    task = Task("tiny", "models", "m1", Path("/weights"))
    words = vllm_command(launch.environment, task, 0).argv
    assert words[words.index("--dtype") + 1] == "bfloat16"
    assert words[words.index("--max-model-len") + 1] == "1024"
    assert words[words.index("--tool-call-parser") + 1] == "hermes"
    assert "--enforce-eager" in words


def test_vllm_computes_vectors_as_exactly_as_it_can(vllm: Settings) -> None:
    launch = Runners(vllm).launch(a_container("vllm", MODEL_TYPE="embedding"))
    assert launch.environment["DTYPE"] == "float32"
    assert "VLLM_TOOL_CALL_PARSER" not in launch.environment


@pytest.mark.parametrize(
    "image",
    [
        "ghcr.io/huggingface/text-generation-inference:3",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/vllm/tgi:1",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/lisa/tei:1",
    ],
)
def test_servers_that_exist_only_as_images_are_refused(vllm: Settings, image: str) -> None:
    with pytest.raises(CannotPull, match="no local runner for image"):
        Runners(vllm).launch(a_container(image))


def test_vllm_that_is_not_installed_says_how_to_install_it(tmp_path: Path) -> None:
    settings = replace(SETTINGS, pythons={"VLLM_PYTHON": str(tmp_path / "missing")})
    with pytest.raises(CannotPull) as refusal:
        Runners(settings).launch(a_container("vllm/vllm-openai:v0.5.0"))
    assert str(refusal.value) == (
        'CannotPullContainerError: no local runner for image "vllm/vllm-openai:v0.5.0". '
        "Install it with: make up VLLM=1"
    )


def test_instructor_runs_its_own_start_script_where_it_is_installed(tmp_path: Path) -> None:
    python = tmp_path / "python"
    runners = Runners(replace(SETTINGS, pythons={"INSTRUCTOR_PYTHON": str(python)}))
    with pytest.raises(CannotPull, match=r"python3 -m local\.toolchain instructor"):
        runners.launch(a_container("registry.example/lisa/instructor:1"))
    python.touch()
    launch = runners.launch(a_container("registry.example/lisa/instructor:1"))
    assert launch.command(4000) == [str(python), "containers/instructor/start.py"]


def test_vllm_is_found_as_soon_as_it_is_installed(tmp_path: Path) -> None:
    python = tmp_path / "python"
    runners = Runners(replace(SETTINGS, pythons={"VLLM_PYTHON": str(python)}))
    with pytest.raises(CannotPull):
        runners.launch(a_container("vllm/vllm-openai:v0.5.0"))
    python.touch()
    assert runners.launch(a_container("vllm/vllm-openai:v0.5.0")).argv[0] == str(python)


def test_an_unknown_image_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CannotPull) as refusal:
        Runners(SETTINGS).launch(a_container("ghcr.io/other/tgi:3"))
    sentence = str(refusal.value)
    assert sentence.startswith('CannotPullContainerError: no local runner for image "ghcr.io')
    assert all(name in sentence for name in ("gateway", "llamacpp", "vllm/*"))


def test_a_runner_without_its_interpreter_says_so(vllm: Settings) -> None:
    with pytest.raises(CannotPull, match="without LLAMACPP_PYTHON"):
        Runners(vllm).launch(a_container("llamacpp"))


def test_an_extra_runner_gets_the_containers_command_as_arguments() -> None:
    settings = replace(SETTINGS, extra_runners={"my-server": ("python3", "server.py")})
    launch = Runners(settings).launch(a_container("my-server:2", ("--quiet",)))
    assert launch.command(4000) == ["python3", "server.py", "--quiet"]
