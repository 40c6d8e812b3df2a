"""What people come for, in the browser, from end to end."""

import json
import re
import threading
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import Person, Session, window
from tests.e2e.client import Admin, ask, eventually, listed, serve
from tests.e2e.library import Library, handbook

WRITER, WORDS, NOVEL, PAUSE = "slow-writer", 120, 2000, 0.05


class Writer(BaseHTTPRequestHandler):
    """Somebody's model that writes word by word, and notices who leaves."""

    left: list[int] = []
    thinking: list[bytes] = []

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if b"Think first" in asked:
            self.thinking.append(asked)
            time.sleep(3)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for number in range(NOVEL if b"a novel" in asked else WORDS):
            try:
                self._say({"content": f"word{number} " if number else "As [1] says, "})
            except OSError:
                self.left.append(number)
                return
            time.sleep(PAUSE)
        self._say({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _say(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "w"}
        self.wfile.write(b"data: %b\n\n" % json.dumps(event | {"choices": [choice]}).encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing on the test's terminal."""


@pytest.fixture(scope="module")
def writer(product: dict[str, Any]) -> Iterator[str]:
    """A model that takes six seconds to answer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Writer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    admin, address = Admin(product), f"http://127.0.0.1:{server.server_port}/v1"
    admin.create(
        WRITER, modelName="openai/w", modelUrl=address, modelType="textgen", streaming=True
    )
    assert admin.settled(WRITER, within=60)["status"] == "InService"
    eventually(lambda: WRITER in listed(product) or None, within=5)
    yield WRITER
    admin.remove(WRITER)
    server.shutdown()
    server.server_close()


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your message").fill(text)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.keyboard.press("Enter")


def choose(page: Page, model: str) -> None:
    page.get_by_role("button", name="Model").click()
    page.get_by_role("option", name=model).click()


def answer(page: Page) -> Any:
    return page.locator(".chat-answer").last


@pytest.mark.promise("chat.answers")
def test_a_question_is_answered_edited_and_asked_again(as_user: Person) -> None:
    page = as_user.page
    as_user.go("/chat")
    as_user.look("chat-empty")
    say(page, "What does os.path.join do?")
    expect(answer(page)).to_contain_text("pathname components")
    expect(answer(page)).to_contain_text("first token")
    page.get_by_role("button", name="Answer again", exact=True).click()
    expect(page.get_by_role("group", name="Version 2 of 2")).to_be_visible()
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Your message in other words").fill("What does len do?")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("What does len do?").first).to_be_visible()
    as_user.look("chat-branch")
    page.get_by_role("button", name="Version before").first.click()
    expect(page.get_by_text("What does os.path.join do?").first).to_be_visible()


@pytest.mark.promise("chat.sessions")
def test_a_chat_is_renamed_found_and_deleted(as_user: Person) -> None:
    page, name = as_user.page, f"journey {uuid.uuid4().hex[:8]}"
    as_user.go("/chat")
    say(page, f"Zip {name}")
    expect(answer(page)).to_contain_text("first token")
    page.get_by_role("button", name=f"Actions on Zip {name}").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_role("textbox", name="Name").fill(f"Renamed {name}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("searchbox").fill(name)
    found = page.get_by_role("link", name=f"Renamed {name}")
    expect(found).to_be_visible()
    page.get_by_role("button", name=f"Actions on Renamed {name}").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(found).to_be_hidden()
    expect(page.get_by_text("What do you want to know?")).to_be_visible()


@pytest.mark.promise("chat.stop")
def test_an_answer_is_stopped_and_so_is_the_model(as_user: Person, writer: str) -> None:
    page, before = as_user.page, len(Writer.left)
    as_user.go("/chat")
    choose(page, writer)
    say(page, "Write a novel.")
    expect(answer(page)).to_contain_text("word5 ")
    page.get_by_role("button", name="Stop the answer").click()
    expect(page.get_by_text("Stopped", exact=True)).to_be_visible()
    expect(answer(page)).to_contain_text("word5 ")
    assert eventually(lambda: len(Writer.left) > before or None, within=30)
    assert Writer.left[-1] < NOVEL - 1


@pytest.mark.promise("chat.continues-anywhere")
@pytest.mark.parametrize("question", ["Write a long one.", "Think first, then write."])
def test_an_answer_whose_tab_was_closed_is_there_on_return(
    browser: Browser,
    product: dict[str, Any],
    sessions: dict[str, Session],
    writer: str,
    question: str,
) -> None:
    with window(browser, product["ui_url"], sessions["user"]) as first:
        first.go("/chat")
        choose(first.page, writer)
        say(first.page, question)
        if question.startswith("Think"):
            expect(first.page).to_have_url(re.compile("/chat/."))
            assert eventually(lambda: Writer.thinking or None, within=10)
        else:
            expect(answer(first.page)).to_contain_text("word5 ")
        address = first.page.url
        first.page.close(run_before_unload=True)
    with window(browser, product["ui_url"], sessions["user"]) as second:
        second.page.goto(address)
        expect(answer(second.page)).to_contain_text(f"word{WORDS - 1}", timeout=20_000)
        expect(second.page.get_by_text("Its page was closed")).to_be_hidden()


@pytest.mark.promise("rag.in-the-chat")
def test_an_uploaded_pdf_is_cited_and_opens_at_its_page(
    as_admin: Person, product: dict[str, Any], writer: str
) -> None:
    page, shelf = as_admin.page, f"journey {uuid.uuid4().hex[:8]}"
    with Library(product).made(name=shelf) as library:
        as_admin.go(f"/repositories/demo/{library.id}")
        upload(page, "handbook.pdf", handbook())
        as_admin.look("documents")
        as_admin.go("/chat")
        choose(page, writer)
        ground(page, shelf)
        say(page, "What does alarm E-5512 mean?")
        sources = page.get_by_role("navigation", name="Sources")
        sources.get_by_role("button", name="1 · Handbook of the plant, p. 3").click()
        expect(page.get_by_text("the oil pressure is below two bar").first).to_be_visible()
        as_admin.look("chat-source")
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Open at page 3").click()
        expect(opened.value).to_have_url(re.compile("#page=3$"))


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file, and wait until it is found by what it says."""
    file: Any = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=90_000)


def ground(page: Page, collection: str) -> None:
    """Let answers come from a collection."""
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Answer from documents").click()
    page.get_by_role("option", name="Demo").click()
    page.get_by_role("button", name="Collection").click()
    page.get_by_role("option", name=collection).click()


def test_a_token_is_made_used_and_revoked(as_user: Person, product: dict[str, Any]) -> None:
    page = as_user.page
    as_user.go("/tokens")
    page.get_by_role("button", name="Create token").first.click()
    page.get_by_label("Name").fill("for the journey")
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    shown = page.get_by_role("dialog").get_by_text("lisa_").first
    expect(shown).to_be_visible()
    as_user.look("token-shown")
    token = shown.inner_text().strip()
    assert ask(serve(product, token), "tiny-chat", "What does len do?", max_tokens=5)


@pytest.mark.promise("chat.configuration")
def test_what_an_administrator_switches_off_is_gone(
    as_admin: Person, as_user: Person, product: dict[str, Any]
) -> None:
    as_admin.go("/configuration")
    page = as_admin.page
    page.get_by_label("See the prompt library").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    try:
        expect(page.get_by_role("dialog")).to_be_hidden()
        as_user.go("/prompts")
        expect(as_user.page.get_by_role("heading", name="switched off")).to_be_visible()
        expect(as_user.page.get_by_role("link", name="Prompt library")).to_be_hidden()
    finally:
        Admin(product).call("PUT", "/configuration/global", {"configuration": {}})
