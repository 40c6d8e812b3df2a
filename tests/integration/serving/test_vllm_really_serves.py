"""vLLM on the CPU, started as an image would start it. Its environment: make up VLLM=1."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.balancer.sockets import free_port
from local.ecs_agent.runners import VLLM_ENVIRONMENT, VLLM_TEXT_ENVIRONMENT
from tests.integration.serving.conftest import CONTAINERS
from tests.integration.serving.storage import Storage

CHECKPOINT = CONTAINERS.parent / "local/demo/weights/tiny-chat"
PYTHON = os.environ.get("VLLM_PYTHON", "")
PATIENCE = 300.0

pytestmark = pytest.mark.skipif(
    not Path(PYTHON).is_file(), reason="vLLM is not installed: python3 -m local.toolchain vllm"
)


class Server:
    """The start script as a process, and where it serves."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = environment | {"HOST": "127.0.0.1", "PORT": str(port)}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [PYTHON, str(CONTAINERS / "vllm/start.py")],
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._log = log

    def post(self, path: str, body: dict[str, object]) -> dict[str, object]:
        request = urllib.request.Request(f"{self.url}{path}", json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as reply:
            return dict(json.load(reply))

    def until_healthy(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._is_healthy():
            assert self.process.poll() is None, self._log.read_text(errors="replace")
            assert time.monotonic() < deadline, self._log.read_text(errors="replace")
            time.sleep(0.2)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as reply:
                return bool(reply.status == 200)
        except OSError:
            return False


@pytest.fixture
def server(storage: Storage, environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    for file in CHECKPOINT.iterdir():
        storage.client().upload_file(str(file), storage.bucket, f"team/m1/{file.name}")
    machine = {name: os.environ[name] for name in ("PATH", "HOME")}
    small = {**VLLM_ENVIRONMENT, **VLLM_TEXT_ENVIRONMENT}
    server = Server({**machine, **small, **environment}, tmp_path / "vllm.log")
    yield server
    server.process.kill()
    server.process.wait()


@pytest.mark.promise("hosting.vllm")
def test_vllm_answers_as_soon_as_it_says_so_and_ends_when_told(server: Server) -> None:
    server.until_healthy()
    question = {"model": "m1", "prompt": "os.path.join\n", "max_tokens": 20, "temperature": 0}
    answer = server.post("/v1/completions", question)
    assert "pathname components" in str(answer["choices"])
    assert probe(server) == 0
    server.process.terminate()
    assert server.process.wait(30) == 0
    assert probe(server) == 1


def probe(server: Server) -> int:
    """The image's health check."""
    command = [PYTHON, "-m", "serving.probe"]
    return subprocess.run(command, env=server.environment, check=False).returncode
