"""One emulator and one agent for all tests of this folder."""

import signal
from collections.abc import Iterator

import pytest

from tests.emulator.running import Emulator
from tests.integration.ecs.cloud import Agent, Cloud


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("ecs")
    with Emulator("local.emulator", folder / "aws", {"PERSIST_STATE": "1"}) as emulator:
        agent = Agent(emulator, folder / "local")
        agent.start()
        yield Cloud(emulator, agent)
        agent.end(signal.SIGTERM)
