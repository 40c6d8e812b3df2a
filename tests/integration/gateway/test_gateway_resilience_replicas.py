"""Two replicas: they learn the same at once, and lose the tables and find them again together."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.integration.gateway.upstream import Upstream

MODELS = "/v2/serve/models"
# What is promised, and something for a machine that is busy with other things.
PROMISED, SLACK = 1.0, 0.5


@pytest.fixture
def replicas(gateway: Gateway, strict: Gateway) -> tuple[Gateway, Gateway]:
    return gateway, strict


def on_all(replicas: tuple[Gateway, Gateway], path: str, status: int, token: str) -> bool:
    asked = [one.ask(path, token=token)[0] for one in replicas]
    return asked == [status] * len(asked)


@pytest.mark.promise("models.reflected-at-once")
def test_a_model_comes_and_goes_on_all_replicas_within_a_second(
    replicas: tuple[Gateway, Gateway], tables: Tables, upstream: Upstream
) -> None:
    path = f"{MODELS}/everywhere"
    tables.put_model("everywhere", "openai/e", apiBase=upstream.base())
    assert soon(lambda: on_all(replicas, path, 200, "sesame"), PROMISED)
    tables.remove_model("everywhere")
    assert soon(lambda: on_all(replicas, path, 404, "sesame"), PROMISED)


@pytest.mark.promise("tokens.remove")
def test_a_token_is_revoked_on_all_replicas_within_a_second(
    replicas: tuple[Gateway, Gateway], tables: Tables
) -> None:
    tables.put_token("shared")
    assert soon(lambda: on_all(replicas, MODELS, 200, "shared"), PROMISED)
    tables.delete_token("shared")
    assert soon(lambda: on_all(replicas, MODELS, 401, "shared"), PROMISED)


class Outage:
    """Tables that do not answer any more, until they do again; two replicas that read them."""

    def __init__(self, emulator: Emulator, tables: Tables, folder: Path) -> None:
        self._emulator = emulator
        self.tables = tables
        self.replicas = (Gateway(emulator, folder / "one"), Gateway(emulator, folder / "two"))

    def begin(self) -> None:
        assert self._emulator.process
        self._emulator.process.send_signal(signal.SIGSTOP)
        assert eventually(lambda: all("registry unavailable" in one.log() for one in self.replicas))

    def end(self) -> None:
        assert self._emulator.process
        self._emulator.process.send_signal(signal.SIGCONT)

    def statuses(self, token: str) -> list[int]:
        with ThreadPoolExecutor() as threads:
            asked = threads.map(lambda one: one.ask(MODELS, token=token)[0], self.replicas)
        return list(asked)


@pytest.fixture
def outage(upstream: Upstream, tmp_path: Path) -> Iterator[Outage]:
    with Emulator("ministack", tmp_path / "aws") as emulator:
        tables = Tables(emulator)
        tables.put_token()
        tables.put_token("unheard")
        tables.put_token("short", tokenExpiration=int(time.time()) + 12)
        tables.put_model("good", "openai/good", apiBase=upstream.base())
        world = Outage(emulator, tables, tmp_path)
        with world.replicas[0], world.replicas[1]:
            eventually(lambda: world.statuses("sesame") == [200, 200])
            eventually(lambda: world.statuses("short") == [200, 200])
            yield world
            world.end()


def test_without_tables_what_is_known_goes_on_and_their_return_is_noticed_at_once(
    outage: Outage,
) -> None:
    outage.begin()
    for one in outage.replicas:
        # Each on a connection of its own, and none of them waits for the tables.
        began = time.monotonic()
        assert [one.chat("good")[0] for _ in range(10)] == [200] * 10
        assert one.ask(f"{MODELS}/good")[0] == 200
        assert time.monotonic() - began < 2
    assert outage.statuses("unheard") == [503, 503]
    assert eventually(lambda: outage.statuses("short") == [401, 401], within=15)
    outage.end()
    assert soon(lambda: outage.statuses("unheard") == [200, 200], PROMISED + SLACK)
    outage.tables.delete_token("unheard")
    assert soon(lambda: outage.statuses("unheard") == [401, 401], PROMISED + SLACK)
