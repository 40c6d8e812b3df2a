"""Files and names that want to harm: refused with a reason, beside others that are read."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.client import Admin, ask, serve
from tests.e2e.library import DEMO, Library, described
from tests.e2e.test_attachments import attached
from tests.unit.parsing.office import changed, packed, parts, word

LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def bomb() -> bytes:
    """A Word file of 30 kB that unpacks to 30 MB."""
    return packed({**parts(word()), "word/media/a.bin": bytes(30_000_000)})


def laughing() -> bytes:
    """A Word file whose body begins with entities that stand for each other."""

    def laughs(body: bytes) -> bytes:
        start = body.index(b"<", body.index(b"?>"))
        return body[:start] + LAUGHS + body[start:]

    return changed(word(), "word/document.xml", laughs)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": bomb,
    "laughing.docx": laughing,
    "outside.xml": lambda: OUTSIDE,
    "deep.json": lambda: b"[" * 200_000,
    "picture.pdf": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "nested.docx": lambda: packed({"a.zip": packed({"b": b"c"})}),
}
NAMES = [
    "../../etc/passwd",
    "/etc/passwd",
    "a/../../b.txt",
    "x.txt\r\nX-Evil: 1",
    "<b>.txt",
    "'; --",
]
INJECTED = [
    "x'; DROP TABLE passages; --",
    '" OR "1"="1',
    "../../models",
    "<script>alert(1)</script>",
    "a\r\nX-Evil: 1",
    "{{ 7 * 7 }}",
    "n" * 65_000,
]


@pytest.fixture
def library(product: dict[str, Any]) -> Iterator[Library]:
    with Library(product).made() as library:
        yield library


def test_hostile_files_fail_alone_and_say_why(library: Library) -> None:
    for name, content in HOSTILE.items():
        library.put(name, content())
    library.put("sound.txt", b"The archive opens on Tuesdays.")

    for name in HOSTILE:
        document = library.settled(name, within=240)
        assert document["status"] == "FAILED", described(document)
        assert document["reason"]["message"].endswith("."), described(document)
        assert "root:" not in described(document)
    assert library.settled("sound.txt", within=240)["status"] == "COMPLETED"
    assert "Tuesdays" in library.search("when does the archive open")[0]["page_content"]


@pytest.mark.parametrize("name", ["bomb.docx", "laughing.docx", "outside.xml"])
def test_a_hostile_attachment_is_refused_with_the_reason(person: Admin, name: str) -> None:
    key = attached(person, name, HOSTILE[name]())
    status, told = person.call("POST", "/attachment", {"key": key})
    assert (status, told["error"]) == (422, "AttachmentUnreadableError")
    assert "root:" not in str(told)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_path_of_the_bucket(person: Admin, name: str) -> None:
    status, form = person.call("POST", "/attachment/presigned-url", {"fileName": name})
    if status == 422:
        return
    key = form["key"]
    assert ".." not in key.split("/")
    assert not key.startswith("/")
    assert key.isprintable()
    assert key.startswith(attached(person, "a.txt", b"x").rpartition("/")[0].rpartition("/")[0])


@pytest.mark.parametrize("text", INJECTED)
def test_what_is_searched_for_is_only_ever_searched_for(library: Library, text: str) -> None:
    asked = quote(text[:1000])
    for where in (
        f"{DEMO}/similaritySearch?query={asked}&collectionId={library.id}",
        f"{DEMO}/similaritySearch?query=x&collectionId={asked}",
        f"{DEMO}/document?filter={asked}&collectionId={library.id}",
        f"/session?query={asked}",
        f"/prompt-templates?key={asked}",
    ):
        status, told = library.admin.call("GET", where)
        assert status in (200, 400, 404, 422), (where, told)
        assert "Traceback" not in str(told)
    assert library.admin.call("GET", f"{DEMO}/collection/{library.id}")[0] == 200


@pytest.mark.parametrize("text", INJECTED)
def test_a_name_is_kept_as_it_is_or_refused(person: Admin, session: str, text: str) -> None:
    status, told = person.call("PUT", f"{session}/name", {"name": text})
    assert status in (404, 422), told
    wish = {"title": text, "body": text, "type": "persona", "groups": []}
    status, told = person.call("POST", "/prompt-templates", wish)
    if status in (200, 201):
        try:
            assert (told["title"], told["body"]) == (text, text)
        finally:
            person.call("DELETE", f"/prompt-templates/{told['id']}")
    else:
        assert (status, told["error"]) == (422, "ValidationError")


def test_no_prompt_is_taken_for_a_template(product: dict[str, Any]) -> None:
    """A server that rendered it would fail, or count the prompt without its braces."""
    client = serve(product)
    told = [
        ask(client, "tiny-chat", text, max_tokens=1).usage.prompt_tokens
        for text in ("{{ 7 * 7 }}", "49", "{% for x in range(9) %}y{% endfor %}", "yyyyyyyyy")
    ]
    assert told[0] > told[1]
    assert told[2] > told[3]
