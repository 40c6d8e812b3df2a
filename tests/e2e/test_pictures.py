"""A photo in a chat: kept beside its message, seen by the model each time, gone with the chat."""

import json
import secrets
import struct
import threading
import urllib.request
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Person
from tests.e2e.client import Admin, aws, eventually, listed
from tests.support.picture_world import PNG, SVG, data_url, picture

SEER = "e2e-seer"
WIDE, HIGH = 1200, 900


class Seer(BaseHTTPRequestHandler):
    """Somebody's model that says which pictures it was given."""

    seen: list[list[str]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        urls = [url for message in asked["messages"] for url in _pictures(message["content"])]
        self.seen.append(urls)
        kinds = ", ".join(url.partition(";")[0] for url in urls)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        choice = {"index": 0, "delta": {"content": f"I see {kinds}."}, "finish_reason": "stop"}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "s"}
        told = json.dumps(event | {"choices": [choice]})
        self.wfile.write(f"data: {told}\n\ndata: [DONE]\n\n".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing on the test's terminal."""


def _pictures(content: Any) -> list[str]:
    parts = content if isinstance(content, list) else []
    return [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]


@pytest.fixture(scope="module")
def seer(product: dict[str, Any]) -> Iterator[str]:
    """A model that takes pictures."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Seer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    admin, address = Admin(product), f"http://127.0.0.1:{server.server_port}/v1"
    admin.create(SEER, modelName="openai/s", modelUrl=address, modelType="textgen", streaming=True)
    assert admin.settled(SEER, within=60)["status"] == "InService"
    eventually(lambda: SEER in listed(product) or None, within=5)
    yield SEER
    admin.remove(SEER)
    server.shutdown()
    server.server_close()


def photo() -> bytes:
    """A PNG of three megabytes, as no compression makes it smaller."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        summed = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + summed

    lines = b"".join(b"\0" + secrets.token_bytes(3 * WIDE) for _ in range(HIGH))
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(lines, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def kept(product: dict[str, Any], session_id: str) -> list[str]:
    """The keys of what the bucket has of a session."""
    s3 = aws(product, "s3")
    names = [one["Name"] for one in s3.list_buckets()["Buckets"]]
    bucket = next(name for name in names if "-pictures-" in name)
    found = s3.list_objects_v2(Bucket=bucket, Prefix="pictures/").get("Contents", [])
    return [one["Key"] for one in found if f"/{session_id}/" in one["Key"]]


def ask_about(page: Page, model: str, content: bytes) -> None:
    page.get_by_role("button", name="Model").click()
    page.get_by_role("option", name=model).click()
    file: Any = {"name": "photo.png", "mimeType": "image/png", "buffer": content}
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("textbox", name="Your message").fill("What is it?")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.get_by_role("textbox", name="Your message").press("Enter")


def settled(person: Admin, session_id: str, messages: int) -> bool:
    """Whether the tab has written down all that was said."""
    status, page = person.call("GET", f"/session/{session_id}/messages")
    told = [one["status"] for one in page["messages"]] if status == 200 else []
    return told == ["complete"] * messages


def is_drawn(page: Page) -> bool:
    """Whether the picture is there, and not only the place for it."""
    expect(page.get_by_alt_text("What you attached")).to_be_visible()
    wide = page.get_by_alt_text("What you attached").evaluate("image => image.naturalWidth")
    return int(wide) > 100


@pytest.mark.promise("chat.pictures")
def test_a_photo_is_seen_kept_and_gone_with_its_chat(
    as_user: Person, product: dict[str, Any], seer: str, person: Admin
) -> None:
    page, content = as_user.page, photo()
    assert len(content) > 3_000_000
    as_user.go("/chat")
    ask_about(page, seer, content)
    expect(page.locator(".chat-answer").last).to_contain_text("I see data:image/jpeg.")
    session_id = page.url.rpartition("/")[2]
    eventually(lambda: settled(person, session_id, 2) or None, within=20)
    assert len(kept(product, session_id)) == 1
    page.reload()
    assert is_drawn(page)
    as_user.look("chat-picture")
    page.get_by_role("button", name="Answer again", exact=True).click()
    expect(page.get_by_role("group", name="Version 2 of 2")).to_be_visible()
    expect(page.locator(".chat-answer").last).to_contain_text("I see data:image/jpeg.")
    assert Seer.seen[-1] == Seer.seen[-2]
    eventually(lambda: settled(person, session_id, 3) or None, within=20)
    assert person.call("DELETE", f"/session/{session_id}")[0] == 200
    eventually(lambda: not kept(product, session_id) or None, within=30)


def read(address: str) -> bytes:
    """What whoever has an address is given."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return bytes(answer.read())


def test_a_picture_through_the_api(product: dict[str, Any], person: Admin, session: str) -> None:
    large = PNG + bytes(2_900_000)
    status, part = person.call(
        "PUT", f"{session}/attachImage", {"message": picture(url=data_url(large))}
    )
    assert status == 200, part
    message = {"messageId": f"m-{1:026d}", "parentId": None, "role": "user", "status": "complete"}
    body = {"messages": [message | {"content": [part]}]}
    assert Admin(product).call("POST", f"{session}/messages", body)[0] == 422
    assert person.call("POST", f"{session}/messages", body)[0] == 201
    (stored,) = person.call("GET", f"{session}/messages")[1]["messages"]
    assert read(stored["content"][0]["image_url"]["url"]) == large
    for content in (SVG, b"%PDF-1.7"):
        refused = {"message": picture(url=data_url(content))}
        assert person.call("PUT", f"{session}/attachImage", refused)[0] == 422


def test_more_than_a_function_takes_is_refused(person: Admin, session: str) -> None:
    large = {"message": picture(url=data_url(PNG + bytes(3_800_000)))}
    status, reply = person.call("PUT", f"{session}/attachImage", large)
    assert (status, reply["error"]) == (400, "InvalidInputError")
    assert "5,000,000 bytes" in reply["message"]
