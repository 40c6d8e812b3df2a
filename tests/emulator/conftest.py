"""Emulators for the whole run: ministack as it comes, ours, and one that the product fills."""

from collections.abc import Iterator

import pytest

from tests.emulator.installation import package
from tests.emulator.running import Emulator

KEPT = {"PERSIST_STATE": "1", "S3_PERSIST": "1", "HOST_SECRET": "not for functions"}


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """Ministack without any of our patches."""
    with Emulator("ministack", tmp_path_factory.mktemp("plain")) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulator that the product runs on."""
    with Emulator("local.emulator", tmp_path_factory.mktemp("ours"), KEPT) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An account into which tests install the product, each under another name."""
    with Emulator("local.emulator", tmp_path_factory.mktemp("account")) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def built(account: Emulator, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The root template of the product, whose parts lie in that account."""
    return package(account, tmp_path_factory.mktemp("package"))
