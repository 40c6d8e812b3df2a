"""One emulator, one upstream and one gateway, for the tests of this folder that harm none."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import OpenAI

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import Gateway, Tables
from tests.integration.gateway.upstream import Upstream
from tests.support.issuer import CLIENT, Clock, Issuer, served


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gateway")


@pytest.fixture(scope="session")
def emulator(folder: Path) -> Iterator[Emulator]:
    with Emulator("ministack", folder / "aws") as running:
        yield running


@pytest.fixture(scope="session")
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    # Whole seconds, as providers write them.
    with served(Issuer(clock=Clock(int(time.time())))) as running:
        yield running


@pytest.fixture(scope="session")
def tables(emulator: Emulator, upstream: Upstream) -> Tables:
    tables = Tables(emulator)
    tables.put_token()
    tables.put_model("good", "hosted_vllm/good", apiBase=upstream.base())
    tables.put_model("renamed", "openai/org/inner", apiBase=upstream.base())
    tables.put_model("vectors", "hosted_vllm/v", apiBase=upstream.base(), modelType="embedding")
    tables.put_model("whole", "hosted_vllm/whole", apiBase=upstream.base(), streaming=False)
    for behaviour in ("refusing", "slow", "hanging-up", "dying", "endless"):
        tables.put_model(behaviour, f"openai/{behaviour}", apiBase=upstream.base(behaviour))
    # A provider prefix that the edge does not forward itself: these go through LiteLLM.
    for behaviour in ("good", "refusing", "endless"):
        tables.put_model(f"lane-{behaviour}", "lm_studio/x", apiBase=upstream.base(behaviour))
    tables.put_model("titan", "bedrock/amazon.titan-text-express-v1")
    tables.put_model("misspelt", "no-such-provider/x")
    tables.put_model("secret", "openai/s", apiBase=upstream.base(), allowedGroups=["physicists"])
    return tables


@pytest.fixture(scope="session")
def gateway(emulator: Emulator, tables: Tables, issuer: Issuer, folder: Path) -> Iterator[Gateway]:
    oidc = {"OIDC_ISSUER": issuer.url, "OIDC_CLIENT_ID": CLIENT}
    with Gateway(emulator, folder / "shared", **oidc) as running:
        eventually(lambda: running.ask("/health")[0] == 200)
        yield running


@pytest.fixture
def client(gateway: Gateway) -> Iterator[OpenAI]:
    with gateway.openai() as one:
        yield one
