"""The processes that the supervisor keeps running, in the order in which they start."""

import ctypes
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from local.supervisor import database, vllm
from local.supervisor.environment import STACK, product_environment
from local.supervisor.ports import Ports
from local.supervisor.state import REPOSITORY, State
from local.supervisor.web import site_folder, web_origin
from local.toolchain.venvs import Toolchain

# The public load balancer's name in containers/template.yaml.
SERVE_BALANCER = f"{STACK}-serve"
_PR_SET_PDEATHSIG = 1
_LONGEST_LOG = 16 * 1024 * 1024


@dataclass(frozen=True)
class Sockets:
    """The numbers of the listening sockets that outlive every child."""

    emulator: int
    serve: int
    ui: int


@dataclass(frozen=True)
class Spec:
    """How to start, check and stop one child."""

    name: str
    command: list[str]
    address: str
    env: dict[str, str]
    sockets: tuple[int, ...] = ()
    answers: Callable[[], bool] = field(default=lambda: True)
    stop_seconds: float = 20.0


def specs(state: State, ports: Ports, sockets: Sockets) -> list[Spec]:
    """All children."""
    env = product_environment(ports, os.environ)
    return [
        _emulator(state, ports, sockets.emulator, env),
        _database(state, ports, env),
        _agent(state, ports, sockets.serve, env),
        _front(state, ports, sockets.ui, env),
    ]


def start(spec: Spec, state: State) -> subprocess.Popen[bytes]:
    """Start a child that writes to its log and does not survive its supervisor."""
    with _fresh_enough(state.log(spec.name)).open("ab") as log:
        return subprocess.Popen(
            spec.command,
            cwd=REPOSITORY,
            env=spec.env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=spec.sockets,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


def _fresh_enough(log: Path) -> Path:
    """The same path; a log that has grown long makes room for a new one."""
    if log.exists() and log.stat().st_size > _LONGEST_LOG:
        log.replace(log.with_suffix(".log.old"))
    return log


def answers_http(url: str) -> bool:
    """Whether anything but a server error comes back."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _emulator(state: State, ports: Ports, socket: int, env: dict[str, str]) -> Spec:
    toolchain, address = Toolchain(), f"http://127.0.0.1:{ports.emulator}"
    own = {
        "LISTEN_FD": str(socket),
        "STATE_DIR": str(state.folder / "state"),
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state.folder / "state" / "s3"),
        "LOCAL_PYTHON3_12": str(toolchain.interpreter("lambda")),
        "LOCAL_ALB_PORTS": "{}-{}".format(*ports.balancers),
    }
    return Spec(
        name="emulator",
        command=[str(toolchain.interpreter("emulator")), "-m", "local.emulator"],
        address=address,
        env=env | own,
        sockets=(socket,),
        answers=lambda: answers_http(f"{address}/_ministack/health"),
        stop_seconds=60.0,
    )


def _database(state: State, ports: Ports, env: dict[str, str]) -> Spec:
    return Spec(
        name="database",
        command=database.command(state, ports),
        address=f"{database.HOST}:{ports.database}",
        env=env | {"POSTGRES_PYTHON": str(Toolchain().interpreter("postgres"))},
        answers=lambda: database.takes_connections(ports),
    )


def _agent(state: State, ports: Ports, socket: int, env: dict[str, str]) -> Spec:
    toolchain = Toolchain()
    own = {
        "LISA_STATE": str(state.folder),
        "GATEWAY_PYTHON": str(toolchain.interpreter("gateway")),
        "INSTRUCTOR_PYTHON": str(toolchain.interpreter("instructor")),
        "LLAMACPP_PYTHON": str(toolchain.interpreter("llamacpp")),
        "VLLM_PYTHON": str(vllm.interpreter(state)),
        "BALANCER_FDS": f"{SERVE_BALANCER}={socket}",
    }
    return Spec(
        name="agent",
        command=[sys.executable, "-m", "local.ecs_agent"],
        address=f"http://127.0.0.1:{ports.serve}",
        env=env | own,
        sockets=(socket,),
    )


def _front(state: State, ports: Ports, socket: int, env: dict[str, str]) -> Spec:
    origin = web_origin(ports)
    own = {
        "LISTEN_FD": str(socket),
        "SITE": str(site_folder(state)),
        "EMULATOR_PORT": str(ports.emulator),
        "SERVE_PORT": str(ports.serve),
    }
    return Spec(
        name="front",
        command=[sys.executable, "-m", "local.front"],
        address=origin,
        env=env | own,
        sockets=(socket,),
        answers=lambda: answers_http(f"{origin}/favicon.svg"),
    )


def _die_with_parent() -> None:
    # Linux only; elsewhere a killed supervisor leaves its children to `make down`.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
