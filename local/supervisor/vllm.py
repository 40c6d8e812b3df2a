"""vLLM for those who ask for it: `make up VLLM=1` adds it for good, `make up VLLM=0` removes it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from local.supervisor.state import State
from local.toolchain.venvs import Toolchain

_VENV = "vllm"


def interpreter(state: State) -> Path:
    """Where this product's vLLM is or will be: a link, so that a running agent meets it."""
    return _link(state) / "bin" / "python"


def wanted(state: State, env: Mapping[str, str]) -> bool:
    """What the variable says; when it says nothing, as last time."""
    choice = env.get("VLLM", "")
    return choice != "0" if choice else _link(state).is_symlink()


def ensure(state: State, tools: Toolchain, report: Callable[[str, float], None]) -> None:
    """Install it and let the agent find it."""
    tools.ensure([_VENV], report)
    draft = _link(state).with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(tools.folder(_VENV))
    draft.replace(_link(state))


def remove(state: State) -> None:
    """Take it away from this product; the environment stays for others."""
    _link(state).unlink(missing_ok=True)


def _link(state: State) -> Path:
    return state.folder / "vllm"
