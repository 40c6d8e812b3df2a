"""Python functions run under AWS's own runtime client, each on the interpreter of its runtime.

Symptoms: every exception is a `Runtime.HandlerError`, so `Retry` and `Catch` by name never match;
an exception ends the warm process; a call that prints nothing waits 50 ms for its log; every
`python3.x` runs on ministack's interpreter with its packages and the host's environment; each
process unpacks its code and layers again. On AWS the error type is the class name, the process
stays warm, and a function sees its code, its layers and its environment, nothing else.

LOCAL_PYTHON3_12 names the interpreter (with awslambdaric) for the runtime python3.12, and so on.
LOCAL_LAYERS=venv ignores the content of layers and takes that interpreter's packages instead, for
systems whose wheels differ from Linux. LOCAL_RUNTIME_CLIENT names a folder with a runtime client
for systems without awslambdaric's compiled one.
"""

import fcntl
import os
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ministack.core import lambda_runtime as pool
from ministack.services import lambda_svc

from local.emulator.unpacked import Unpacked, cache_folder

if TYPE_CHECKING:
    import queue

Config = dict[str, Any]

LAUNCHER = Path(__file__).parents[1] / "function_process.py"
BOOTSTRAP = '#!/bin/sh\nexec "$_LOCAL_PYTHON" "$_LOCAL_LAUNCHER"\n'
SECONDS_FOR_LOGS = 0.25
HOST_VARIABLES = ("PATH", "LANG", "HOME", "TMPDIR")

_provided_environment = lambda_svc._provided_worker_env
_execute_warm = lambda_svc._execute_function_warm
_worker_class_for = pool._worker_class_for
_build_handler_class = pool.ProvidedWorker._build_handler_class
_layers = Unpacked(cache_folder() / "layers")


def _is_python(config: Config) -> bool:
    return str(config.get("Runtime", "")).startswith("python")


def _import_folders(config: Config) -> list[str]:
    folders: list[str] = []
    if os.environ.get("LOCAL_LAYERS") != "venv":
        for reference in config.get("Layers") or []:
            content = lambda_svc._resolve_layer_zip(reference)
            if content:
                python = _layers.folder_of(content) / "python"
                packages = python / "lib" / config["Runtime"] / "site-packages"
                folders += [str(packages), str(python)]
    client = os.environ.get("LOCAL_RUNTIME_CLIENT")
    return [*folders, client] if client else folders


def _interpreter(runtime: str) -> str:
    return os.environ.get("LOCAL_" + runtime.upper().replace(".", "_"), sys.executable)


def _environment(config: Config, code_folder: str, port: int) -> dict[str, str]:
    complete: dict[str, str] = _provided_environment(config, code_folder, port)
    if not _is_python(config):
        return complete
    own = (config.get("Environment") or {}).get("Variables", {})
    runtime = config["Runtime"]
    kept = {
        name: value
        for name, value in complete.items()
        if name in own or name in HOST_VARIABLES or name.startswith(("AWS_", "LAMBDA_", "_"))
    }
    kept.setdefault("AWS_ENDPOINT_URL", os.environ["AWS_ENDPOINT_URL"])
    return kept | {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/" + config.get("FunctionName", ""),
        "PYTHONPATH": os.pathsep.join(_import_folders(config)),
        "PYTHONUNBUFFERED": "1",
        "TZ": ":UTC",
        "_LOCAL_EMULATOR": str(os.getpid()),
        "_LOCAL_LAUNCHER": str(LAUNCHER),
        "_LOCAL_PYTHON": _interpreter(runtime),
    }


class PythonWorker(pool.ProvidedWorker):  # type: ignore[misc]  # ministack is untyped
    """A Python function spoken to through the Runtime API, as custom runtimes are."""

    def _spawn(self, init_timeout: float | None = None) -> None:
        self._write_bootstrap()
        super()._spawn(init_timeout)

    def invoke(self, event: Any, request_id: str, **details: Any) -> Any:
        """One call; a function that cannot be loaded says why, under its own error type."""
        try:
            return super().invoke(event, request_id, **details)
        except RuntimeError as failure:
            if not isinstance(self._init_error, dict):
                raise
            log = self._drain_stderr()
            return {
                "status": "error",
                "error_payload": self._init_error,
                "log": log or str(failure),
            }

    def _drain_stderr_bounded(self, *_: float, **__: float) -> str:
        """What the call printed. It lies in the pipe before the answer comes; no need to guess."""
        printed: list[str] = []
        deadline = time.monotonic() + SECONDS_FOR_LOGS
        while time.monotonic() < deadline:
            time.sleep(0.001)
            lines = self._drain_stderr()
            if not lines and not self._unread_bytes():
                break
            printed += [lines] if lines else []
        return "\n".join(printed)

    def _unread_bytes(self) -> int:
        if self._proc is None or self._proc.stdout.closed:
            return 0
        waiting = fcntl.ioctl(self._proc.stdout.fileno(), termios.FIONREAD, b"\0\0\0\0")
        return int.from_bytes(waiting, sys.byteorder)

    def _write_bootstrap(self) -> None:
        bootstrap = Path(lambda_svc._provided_runtime_code_dir(self.code_zip)) / "bootstrap"
        with lambda_svc._provided_code_lock:
            if not bootstrap.exists():
                bootstrap.write_text(BOOTSTRAP)
                bootstrap.chmod(0o755)

    def _build_handler_class(self, generation: int, pending: "queue.Queue[Any]") -> Any:
        handler = _build_handler_class(self, generation, pending)
        # Header and body leave in two writes; with Nagle each call would wait 40 ms for an ACK.
        handler.disable_nagle_algorithm = True
        return handler


def _execute(function: Config, event: Any, request_id: str) -> Any:
    if _is_python(function.get("config") or function):
        return lambda_svc._execute_function_provided_warm(function, event, request_id)
    return _execute_warm(function, event, request_id)


def _worker_class(config: Config) -> Any:
    return PythonWorker if _is_python(config) else _worker_class_for(config)


def apply() -> None:
    """Send Python functions to the Runtime API and keep what was unpacked."""
    code = cache_folder() / "functions"
    for kept in (_layers, Unpacked(code)):
        kept.forget_old()
    lambda_svc._PROVIDED_CODE_CACHE = str(code)
    lambda_svc._provided_worker_env = _environment
    lambda_svc._execute_function_warm = _execute
    pool._worker_class_for = _worker_class
