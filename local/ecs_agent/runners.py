"""From a container image to the command that runs its like on this machine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.ecs_agent.orders import Container
    from local.ecs_agent.settings import Settings

# A log that arrives when its process has died is of no use.
UNBUFFERED = {"PYTHONUNBUFFERED": "1"}
GATEWAY_PATH = ("containers/gateway", "functions/identity/lib", "layers/kernel")
# What every start script of an inference container finds beside it in its image.
SERVING_PATH = "containers/serving"
# What a small machine without GPU needs. Where vLLM's start script knows several names for a thing,
# the one that gives way to the others.
VLLM_ENVIRONMENT = {
    "VLLM_HOST_IP": "127.0.0.1",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_ENFORCE_EAGER": "true",
    # The cache of 1 GiB would be too small for the whole context of many models.
    "MAX_TOTAL_TOKENS": "1024",
}
VLLM_TEXT_ENVIRONMENT = {
    "DTYPE": "bfloat16",
    "MAX_CONCURRENT_REQUESTS": "8",
    "VLLM_ENABLE_AUTO_TOOL_CHOICE": "true",
    "VLLM_TOOL_CALL_PARSER": "hermes",
}
VLLM_EMBEDDING_ENVIRONMENT = {"DTYPE": "float32"}
INSTALL_INSTRUCTOR = "python3 -m local.toolchain instructor"
OURS = ("gateway", "instructor", "llamacpp")
VLLM_NAMES = ("vllm", "vllm-openai")
# Their servers are in no registry that this product installs from.
ONLY_IN_IMAGES = ("tgi", "tei")


class CannotPull(Exception):
    """Nothing on this machine runs the image; the sentence is the task's stopped reason."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"CannotPullContainerError: {sentence}")


@dataclass(frozen=True)
class Launch:
    """How to start a process. `{port}` in the command is filled in when it is known."""

    argv: tuple[str, ...]
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(UNBUFFERED))

    def command(self, port: int) -> list[str]:
        """The command with its port."""
        return [str(port) if word == "{port}" else word for word in self.argv]


def image_name(image: str) -> str:
    """`registry.example/team/llamacpp:v1@sha256:ab` is called `llamacpp`."""
    return image.partition("@")[0].rsplit("/", 1)[-1].partition(":")[0]


def is_vllm(image: str) -> bool:
    """vLLM's own image, one that was built on it, or one of a registry's folder for it."""
    name = image_name(image)
    if name in VLLM_NAMES:
        return True
    return name not in ONLY_IN_IMAGES and "/vllm/" in f"/{image}"


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
        if name == "llamacpp":
            return self._llamacpp(container)
        if name == "instructor":
            python = self._optional("INSTRUCTOR_PYTHON", container, INSTALL_INSTRUCTOR)
            return self._start_script("instructor", python, container)
        if name == "gateway":
            return self._gateway(container)
        if is_vllm(container.image):
            return self._vllm(container)
        raise CannotPull(
            f'no local runner for image "{container.image}". '
            f"On this machine run: {', '.join(self.known_images())}"
        )

    def known_images(self) -> list[str]:
        """The images that have a runner."""
        return [*sorted(self._settings.extra_runners), *OURS, "vllm/*"]

    def _llamacpp(self, container: Container) -> Launch:
        return self._start_script("llamacpp", self._python("LLAMACPP_PYTHON", container), container)

    def _gateway(self, container: Container) -> Launch:
        root = self._settings.repository
        path = ":".join(str(root / folder) for folder in GATEWAY_PATH)
        argv = (self._python("GATEWAY_PYTHON", container), "-m", "gateway")
        # A task's disk outlives a killed container, and the next one delivers what is there.
        environment = {**UNBUFFERED, "PYTHONPATH": path, "USAGE_DIR": str(self._settings.usage)}
        return Launch((*argv, *container.command), root, environment)

    def _vllm(self, container: Container) -> Launch:
        python = self._optional("VLLM_PYTHON", container, "make up VLLM=1")
        launch = self._start_script("vllm", python, container)
        embedding = container.environment.get("MODEL_TYPE") == "embedding"
        of_type = VLLM_EMBEDDING_ENVIRONMENT if embedding else VLLM_TEXT_ENVIRONMENT
        return replace(launch, environment={**launch.environment, **VLLM_ENVIRONMENT, **of_type})

    def _start_script(self, name: str, python: str, container: Container) -> Launch:
        """The script that is the image's own command."""
        root = self._settings.repository
        environment = {
            **UNBUFFERED,
            "PYTHONPATH": str(root / SERVING_PATH),
            # On AWS the weights lie on the container's own disk; here they outlive the process.
            "WEIGHTS_DIR": str(self._settings.weights),
        }
        argv = (python, f"containers/{name}/start.py", *container.command)
        return Launch(argv, root, environment)

    def _optional(self, variable: str, container: Container, how: str) -> str:
        """An interpreter that only some machines have, looked for each time: it may come later."""
        python = self._settings.pythons.get(variable)
        if not python or not Path(python).exists():
            raise CannotPull(
                f'no local runner for image "{container.image}". Install it with: {how}'
            )
        return python

    def _python(self, variable: str, container: Container) -> str:
        python = self._settings.pythons.get(variable)
        if not python:
            raise CannotPull(
                f'the runner for image "{container.image}" is not installed: the agent was started '
                f"without {variable}. Start the product with: make up"
            )
        return python
