"""The integration test of an installation: `pytest lisa-sdk/tests --url URL --verify CERT`.

URL is the console's address, or the gateway's; the caller is whom LISA_TOKEN says, an API token or
a sign-in's. What an installation or its caller does not have is skipped, with the reason.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

import pytest

import lisapy
from lisapy import AsyncLisa, Lisa

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTION: list[dict[str, Any]] = [{"role": "user", "content": "What does os.path.join do?"}]


@pytest.fixture
def installation(request: pytest.FixtureRequest) -> Iterator[Lisa]:
    """A client of the installation that --url names."""
    url = request.config.getoption("--url")
    if not url:
        pytest.skip("--url names no installation")
    with Lisa.connect(url, verify=request.config.getoption("--verify") or True) as client:
        yield client


@pytest.fixture
def gateway(installation: Lisa) -> Lisa:
    """The same, if somebody is calling."""
    if isinstance(installation.exchange.credential, lisapy.credentials.Anonymous):
        pytest.skip("LISA_TOKEN names no caller")
    return installation


@pytest.fixture
def api(gateway: Lisa) -> Lisa:
    """The same, if there is an admin API and the caller may use it."""
    if not gateway.exchange.places.api_url:
        pytest.skip("this is a gateway alone: LISA_API_URL names no admin API")
    return gateway


def model_of(kind: str, client: Lisa) -> str:
    for model in client.gateway.models():
        if model.get("model_type") == kind:
            return str(model["id"])
    pytest.skip(f"no model of the type {kind} is in service")


def test_who_says_nothing_is_let_in_nowhere(
    installation: Lisa, request: pytest.FixtureRequest
) -> None:
    installation.exchange.credential = lisapy.Token("not-a-token")
    with pytest.raises(lisapy.NotSignedIn):
        installation.gateway.models()
    if installation.exchange.places.api_url:
        with pytest.raises((lisapy.NotSignedIn, lisapy.NotAllowed)):
            installation.repositories.list()
        assert installation.health.alive()["status"] == "ok"


def test_what_is_listed_can_be_called_and_nothing_else(gateway: Lisa) -> None:
    ids = [model["id"] for model in gateway.gateway.models()]
    assert len(set(ids)) == len(ids)
    with pytest.raises(lisapy.NotFound, match="model_not_found"):
        gateway.gateway.chat("no-such-model", QUESTION)


@pytest.mark.promise("clients.lisapy")
def test_a_chat_is_answered_whole_and_in_pieces(gateway: Lisa) -> None:
    model = model_of("textgen", gateway)
    whole = gateway.gateway.chat(model, QUESTION, max_tokens=24)
    assert whole["choices"][0]["message"]["content"].strip()
    assert whole["usage"]["completion_tokens"] <= 24

    pieces = list(gateway.gateway.stream(model, QUESTION, max_tokens=24))
    assert len(pieces) > 2
    assert "".join(map(lisapy.text_of, pieces)).strip()


async def test_who_awaits_is_answered_too(gateway: Lisa, request: pytest.FixtureRequest) -> None:
    model = model_of("textgen", gateway)
    verify = request.config.getoption("--verify") or True
    async with await AsyncLisa.connect(request.config.getoption("--url"), verify=verify) as client:
        pieces = [one async for one in client.gateway.stream(model, QUESTION, max_tokens=8)]
    assert "".join(map(lisapy.text_of, pieces)).strip()


def test_texts_become_vectors_that_know_what_is_alike(gateway: Lisa) -> None:
    model = model_of("embedding", gateway)
    cat, kitten, tax = gateway.gateway.embed(model, ["a cat", "a kitten", "income tax law"])
    assert len(cat) == len(kitten) == len(tax) > 1
    assert product(cat, kitten) > product(cat, tax)


def product(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other))


def test_a_conversation_is_kept_found_and_removed(api: Lisa) -> None:
    session_id, word = f"sdk-{secrets.token_hex(8)}", secrets.token_hex(6)
    message: Any = {
        "messageId": f"m-{0:026d}",
        "parentId": None,
        "role": "user",
        "content": f"Who knows {word}?",
        "status": "complete",
    }
    api.sessions.add_messages(session_id, messages=[message])
    try:
        api.sessions.rename(session_id, name=f"About {word}")
        kept = [one["content"] for one in api.sessions.messages(session_id)]
        found = [one["sessionId"] for one in api.sessions.list(query=word)]
    finally:
        api.sessions.delete(session_id)
    assert kept == [message["content"]]
    assert found == [session_id]
    assert session_id not in [one["sessionId"] for one in api.sessions.list()]


def test_a_file_becomes_text(api: Lisa, tmp_path: Any) -> None:
    file = tmp_path / "leave.md"
    file.write_text("# Leave\n\nThere are thirty days of it.\n")
    assert "thirty days" in api.attachments.text(file)["text"]


@pytest.mark.promise("clients.lisapy")
def test_a_document_is_read_and_found_and_removed(api: Lisa, tmp_path: Any) -> None:
    usable = [one for one in api.repositories.list() if one["status"] == "CREATE_COMPLETE"]
    if not usable:
        pytest.skip("the caller sees no repository")
    repository, word = usable[0]["repositoryId"], f"zq{secrets.token_hex(5)}"
    file = tmp_path / f"{word}.md"
    file.write_text(f"# Holidays\n\nThe code of the holiday house is {word}.\n")
    job = api.documents.upload(repository, file)
    try:
        document = api.documents.wait(repository, job["documentId"], within=120)
        passages = api.repositories.search(repository, query=f"holiday house {word}", topK=1)
    finally:
        api.documents.delete(repository, documentIds=[job["documentId"]])
    assert document["documentName"] == file.name
    assert word in passages[0]["page_content"]


def test_a_prompt_template_is_kept_changed_and_removed(api: Lisa) -> None:
    enabled = api.configuration.current()["configuration"]["enabledComponents"]
    if not enabled["showPromptTemplateLibrary"]:
        pytest.skip("prompt templates are switched off")
    title = f"SDK {secrets.token_hex(6)}"
    made = api.prompt_templates.create(title=title, body="Be brief.", type="persona", groups=[])
    try:
        change: Any = {**made, "body": "Be kind."}
        wanted = ("title", "body", "type", "groups", "revision")
        api.prompt_templates.update(made["id"], **{key: change[key] for key in wanted})
        found = [one["body"] for one in api.prompt_templates.list() if one["title"] == title]
    finally:
        api.prompt_templates.delete(made["id"])
    assert found == ["Be kind."]


def test_what_was_used_is_told(api: Lisa) -> None:
    model = model_of("textgen", api)
    before = requests(api, model)
    api.gateway.chat(model, QUESTION, max_tokens=1)
    deadline = time.monotonic() + 60
    while requests(api, model) <= before:
        assert time.monotonic() < deadline, "the request was not counted within a minute"
        time.sleep(1)


def requests(client: Lisa, model: str) -> int:
    return client.usage.report(by="day", model=model)["total"]["requests"]


def test_what_is_an_administrators_is_refused_or_shown(api: Lisa) -> None:
    try:
        models = api.models.list()
    except lisapy.NotAllowed as refused:
        assert "administrator" in str(refused)
        return
    assert {model["status"] for model in models} <= {
        *("Creating", "InService", "Updating", "Stopping"),
        *("Stopped", "Starting", "Deleting", "Failed"),
    }
