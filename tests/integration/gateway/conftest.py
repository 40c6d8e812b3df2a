"""One emulator, one upstream and one gateway, for the tests of this folder that harm none."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from anthropic import Anthropic
from openai import OpenAI

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.raw_upstream import BEHAVIOURS, RawUpstream
from tests.integration.gateway.retrieving import FUNCTION, make_function
from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.integration.gateway.upstream import MISBEHAVIOURS, Upstream
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
    tables.put_model("dying-vllm", "hosted_vllm/x", apiBase=upstream.base("dying"))
    for behaviour in MISBEHAVIOURS:
        tables.put_model(behaviour, f"openai/{behaviour}", apiBase=upstream.base(behaviour))
    # A provider prefix that the edge does not forward itself: these go through LiteLLM.
    for behaviour in ("good", "refusing", "endless", "flooding", "busy"):
        tables.put_model(f"lane-{behaviour}", "lm_studio/x", apiBase=upstream.base(behaviour))
    tables.put_model("busy", "hosted_vllm/x", apiBase=upstream.base("busy"))
    put_specialists(tables, upstream)
    tables.put_model("titan", "bedrock/amazon.titan-text-express-v1")
    tables.put_model("misspelt", "no-such-provider/x")
    tables.put_model("secret", "openai/s", apiBase=upstream.base(), allowedGroups=["physicists"])
    return tables


def put_specialists(tables: Tables, upstream: Upstream) -> None:
    """One model of each other type, asked directly and, as `lane-...`, through LiteLLM."""
    types = {"painter": "imagegen", "speaker": "speech", "hearer": "transcription"}
    for name, kind in {**types, "judge": "moderation", "ranker": "rerank"}.items():
        here = {"apiBase": upstream.base(), "modelType": kind}
        tables.put_model(name, f"hosted_vllm/{name}", **here)
        provider = "hosted_vllm" if kind == "rerank" else "openai"
        tables.put_model(f"lane-{name}", f"{provider}/{name}", forwarding=False, **here)
    endless = upstream.base("endless")
    tables.put_model(
        "lane-speaking", "openai/x", modelType="speech", forwarding=False, apiBase=endless
    )
    anthropic = {
        "apiBase": upstream.base()[: -len("/v1")],
        **tables.put_key("sk-ant", "lane-claude"),
    }
    tables.put_model("lane-claude", "anthropic/claude", **anthropic)
    for kind in ("textgen", "embedding", "imagegen", "moderation", "speech"):
        slow = {"apiBase": upstream.base("slow"), "modelType": kind, "forwarding": False}
        tables.put_model(f"lane-slow-{kind}", "openai/x", **slow)
    tables.put_model("bridged", "openai/x", apiBase=upstream.base())
    tables.put_model(
        "lane-vectors", "openai/v", modelType="embedding", forwarding=False, apiBase=upstream.base()
    )
    tables.put_model("lane-openai", "openai/x", forwarding=False, apiBase=upstream.base())
    tables.put_model("lane-reasoning", "openai/x", forwarding=False, apiBase=endless)


@pytest.fixture(scope="session")
def gateway(emulator: Emulator, tables: Tables, issuer: Issuer, folder: Path) -> Iterator[Gateway]:
    oidc = {"OIDC_ISSUER": issuer.url, "OIDC_CLIENT_ID": CLIENT}
    with Gateway(emulator, folder / "shared", **oidc) as running:
        eventually(lambda: running.ask("/health")[0] == 200)
        yield running


@pytest.fixture
def claude(gateway: Gateway) -> Iterator[Anthropic]:
    with gateway.anthropic() as one:
        yield one


@pytest.fixture(scope="session")
def strict(emulator: Emulator, tables: Tables, folder: Path) -> Iterator[Gateway]:
    """A gateway that waits for little and takes in little, for those who go to the limits."""
    settings = {"UPSTREAM_TIMEOUT": "3", "CONNECT_PATIENCE": "1", "BODY_ROOM": str(64 * 1024**2)}
    with Gateway(emulator, folder / "strict", **settings) as running:
        # The lane's first answer takes a moment more than its later ones.
        eventually(lambda: running.chat("lane-good")[0] == 200)
        yield running


@pytest.fixture(scope="session")
def raw(strict: Gateway, tables: Tables) -> Iterator[RawUpstream]:
    server = RawUpstream()
    for name in BEHAVIOURS:
        tables.put_model(f"raw-{name}", "openai/raw", apiBase=server.base(name))
    assert soon(lambda: strict.ask(f"/v2/serve/models/raw-{BEHAVIOURS[-1]}")[0] == 200, 5)
    yield server
    server.stop()


@pytest.fixture
def client(gateway: Gateway) -> Iterator[OpenAI]:
    with gateway.openai() as one:
        yield one


@pytest.fixture(scope="session")
def grounding(
    emulator: Emulator,
    tables: Tables,
    upstream: Upstream,
    folder: Path,
) -> Iterator[Gateway]:
    make_function(emulator)
    tables.put_token("of-physicist", groups=["physicists"])
    tables.put_token("of-admin", groups=["admins"])
    here = {"apiBase": upstream.base()}
    tables.put_model("citing", "openai/citing", **here)
    tables.put_model("lane-citing", "openai/citing", forwarding=False, **here)
    settings = {"RETRIEVE_FUNCTION": FUNCTION, "ADMIN_GROUP": "admins"}
    with Gateway(emulator, folder / "grounding", **settings) as running:
        # The lane's first answer and the function's take a moment more than later ones.
        eventually(
            lambda: running.chat("lane-citing", metadata={"repository": "handbook"})[0] == 200
        )
        yield running
