"""Whether a product has vLLM: as asked for, else as last time."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from local.supervisor import vllm
from local.supervisor.state import State
from local.toolchain.venvs import Toolchain


class Installed(Toolchain):
    """A toolchain whose environments are there."""

    def ensure(self, names: Iterable[str], report: Callable[[str, float], None]) -> None:
        for name in names:
            self.programs(name).mkdir(parents=True, exist_ok=True)
            self.interpreter(name).touch()


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path)


def installed(state: State) -> bool:
    vllm.ensure(state, Installed(state.folder / "cache"), lambda name, seconds: None)
    return vllm.interpreter(state).exists()


def test_it_is_not_wanted_unless_asked_for(state: State) -> None:
    assert not vllm.wanted(state, {})
    assert not vllm.wanted(state, {"VLLM": "0"})
    assert vllm.wanted(state, {"VLLM": "1"})


def test_once_added_it_stays_at_the_same_path(state: State) -> None:
    assert not vllm.interpreter(state).exists()
    assert installed(state)
    assert vllm.wanted(state, {})
    assert installed(state)


def test_it_can_be_taken_away_and_stays_away(state: State) -> None:
    assert installed(state)
    assert not vllm.wanted(state, {"VLLM": "0"})
    vllm.remove(state)
    assert not vllm.wanted(state, {})
    assert not vllm.interpreter(state).exists()
