"""What the documents tell people to run is run: each example of docs/clients.md, as it stands."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.emulator.running import REPOSITORY, eventually
from tests.integration.gateway.stage import TOKEN, Gateway, Tables
from tests.integration.gateway.upstream import Upstream

BLOCKS = re.compile(r"^## ([^\n]+)|^```(python|bash)\n(.*?)^```", re.M | re.S)
TIMEOUT = 60


def examples() -> Iterator[tuple[str, str, str]]:
    """The section, the language and the text of each example that a shell or Python can run."""
    section = ""
    for heading, language, text in BLOCKS.findall((REPOSITORY / "docs/clients.md").read_text()):
        section = heading or section
        if text and "export" not in text:
            yield section, language, text


EXAMPLES = list(examples())


@pytest.fixture(scope="module")
def documented(grounding: Gateway, tables: Tables, upstream: Upstream) -> Gateway:
    """The models by the names that the documents use, and a gateway with repositories."""
    tables.put_model("tiny-chat", "hosted_vllm/tiny-chat", apiBase=upstream.base())
    vectors = {"apiBase": upstream.base(), "modelType": "embedding"}
    tables.put_model("minilm-l6-v2", "hosted_vllm/minilm", **vectors)
    assert eventually(lambda: grounding.ask("/v2/serve/models/minilm-l6-v2")[0] == 200)
    return grounding


def test_the_documents_show_every_client_that_they_name() -> None:
    shown = {section for section, _, _ in EXAMPLES}
    told = {"curl", "OpenAI's client", "Answers from documents", "LangChain", "Anthropic's client"}
    assert shown == told | {"Which models there are"}


@pytest.mark.promise("clients.openai-library", "serve.any-openai-tool")
@pytest.mark.parametrize(("section", "language", "text"), EXAMPLES)
def test_an_example_runs_as_it_stands(
    documented: Gateway, section: str, language: str, text: str
) -> None:
    program = [sys.executable, "-c"] if language == "python" else ["bash", "-ec"]
    url = f"http://127.0.0.1:{documented.port}/v2/serve"
    ran = subprocess.run(
        [*program, text],
        env={"PATH": os.environ["PATH"], "SERVE_URL": url, "TOKEN": TOKEN},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    assert ran.returncode == 0, (section, ran.stderr)
    if "print(" in text or language == "bash":
        assert ran.stdout
