"""From a container image to the command that runs its like on this machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.ecs_agent.orders import Container
    from local.ecs_agent.settings import Settings

# A log that arrives when its process has died is of no use.
UNBUFFERED = {"PYTHONUNBUFFERED": "1"}
GATEWAY_PATH = ("containers/gateway", "functions/identity/lib", "layers/kernel")
VLLM_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "VLLM_HOST_IP": "127.0.0.1",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
}
VLLM_FLAGS = ("--host", "127.0.0.1", "--enforce-eager")
# Its cache of 1 GiB would be too small for the whole context of many models.
VLLM_CONTEXT = "1024"
VLLM_TEXT_FLAGS = (
    *("--dtype", "bfloat16", "--max-num-seqs", "8"),
    *("--enable-auto-tool-choice", "--tool-call-parser", "hermes"),
)
VLLM_EMBEDDING_FLAGS = ("--runner", "pooling", "--dtype", "float32")


class CannotPull(Exception):
    """Nothing on this machine runs the image; the sentence is the task's stopped reason."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"CannotPullContainerError: {sentence}")


@dataclass(frozen=True)
class Launch:
    """How to start a process. `{port}` and `{weights}` in the command are filled in when known."""

    argv: tuple[str, ...]
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(UNBUFFERED))
    needs_weights: bool = False

    def command(self, port: int, weights: str = "") -> list[str]:
        """The command with its values."""
        values = {"{port}": str(port), "{weights}": weights}
        return [values.get(word, word) for word in self.argv]


def image_name(image: str) -> str:
    """`registry.example/team/llamacpp:v1@sha256:ab` is called `llamacpp`."""
    return image.partition("@")[0].rsplit("/", 1)[-1].partition(":")[0]


class Runners:
    """The table of images. Each entry stands in for the image's own start command."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def launch(self, container: Container) -> Launch:
        """The command for a container, or the reason why there is none."""
        name = image_name(container.image)
        if name in self._settings.extra_runners:
            argv = self._settings.extra_runners[name]
            return Launch((*argv, *container.command), self._settings.repository)
        if container.image.partition("/vllm/")[1] or container.image.startswith("vllm/"):
            return self._vllm(container)
        if name == "llamacpp":
            return self._llamacpp(container)
        if name == "gateway":
            return self._gateway(container)
        raise CannotPull(
            f'no local runner for image "{container.image}". '
            f"On this machine run: {', '.join(self.known_images())}"
        )

    def known_images(self) -> list[str]:
        """The images that have a runner."""
        return [*sorted(self._settings.extra_runners), "gateway", "llamacpp", "vllm/*"]

    def _llamacpp(self, container: Container) -> Launch:
        python = self._python("LLAMACPP_PYTHON", container.image)
        argv = (python, "containers/llamacpp/start.py", *container.command)
        # On AWS the weights lie on the container's own disk; here they outlive the process.
        environment = {**UNBUFFERED, "WEIGHTS_DIR": str(self._settings.weights)}
        return Launch(argv, self._settings.repository, environment)

    def _gateway(self, container: Container) -> Launch:
        root = self._settings.repository
        path = ":".join(str(root / folder) for folder in GATEWAY_PATH)
        argv = (self._python("GATEWAY_PYTHON", container.image), "-m", "gateway")
        return Launch((*argv, *container.command), root, {**UNBUFFERED, "PYTHONPATH": path})

    def _vllm(self, container: Container) -> Launch:
        python = self._settings.pythons.get("VLLM_PYTHON")
        # Looked for each time: it may be installed while the agent runs.
        if not python or not Path(python).exists():
            raise CannotPull(
                f'no local runner for image "{container.image}". Install it with: make up VLLM=1'
            )
        embedding = container.environment.get("MODEL_TYPE") == "embedding"
        flags = VLLM_EMBEDDING_FLAGS if embedding else VLLM_TEXT_FLAGS
        argv = (
            *(python, "-m", "vllm.entrypoints.openai.api_server", "--model", "{weights}"),
            *("--served-model-name", container.environment.get("MODEL_ID", "model")),
            *("--max-model-len", container.environment.get("MAX_TOTAL_TOKENS", VLLM_CONTEXT)),
            *("--port", "{port}", *VLLM_FLAGS, *flags, *container.command),
        )
        environment = {**UNBUFFERED, **VLLM_ENVIRONMENT}
        return Launch(argv, self._settings.repository, environment, needs_weights=True)

    def _python(self, variable: str, image: str) -> str:
        python = self._settings.pythons.get(variable)
        if not python:
            raise CannotPull(
                f'the runner for image "{image}" is not installed: the agent was started '
                f"without {variable}. Start the product with: make up"
            )
        return python
