"""A file in a chat, without a repository: its text, and a summary of what is too long."""

from typing import Any

import pytest

from tests.e2e.client import Admin, eventually
from tests.e2e.library import minutes, post_form

SENTENCES = " ".join(f"Sentence {number} of it says little." for number in range(90))
LONG = "\n\n".join(f"# Part {part}\n\n{SENTENCES}" for part in range(6))


@pytest.fixture
def somebody(product: dict[str, Any]) -> Admin:
    """A person who is no administrator."""
    return Admin(product, product["user"]["id_token"])


def attached(person: Admin, name: str, content: bytes) -> str:
    """The key of a file that was put where the API says."""
    status, form = person.call("POST", "/attachment/presigned-url", {"fileName": name})
    assert status == 200, form
    assert post_form(form["url"], form["fields"], name, content) in (200, 201, 204)
    return str(form["key"])


@pytest.mark.promise("chat.files")
def test_a_word_file_becomes_text_for_its_owner_alone(
    product: dict[str, Any], somebody: Admin
) -> None:
    asked = {"key": attached(somebody, "minutes.docx", minutes()), "model": "tiny-chat"}
    status, told = somebody.call("POST", "/attachment", asked)
    assert status == 200, told
    assert "## Shifts" in told["text"]
    assert "| Night | 22:15 |" in told["text"]
    assert told["fits"] is True
    assert Admin(product).call("POST", "/attachment", asked)[0] == 404


def test_a_damaged_file_is_refused_with_the_reason(somebody: Admin) -> None:
    key = attached(somebody, "minutes.docx", minutes()[:2000])
    status, told = somebody.call("POST", "/attachment", {"key": key})
    assert (status, told["error"]) == (422, "AttachmentUnreadableError")


@pytest.mark.promise("chat.summaries")
def test_a_document_that_is_too_long_for_a_model_is_summarised(somebody: Admin) -> None:
    key = attached(somebody, "long.md", LONG.encode())
    status, asked = somebody.call("POST", "/summary", {"key": key, "model": "tiny-chat"})
    assert status == 202, asked

    def look() -> dict[str, Any] | None:
        told: dict[str, Any] = somebody.call("GET", f"/summary/{asked['summaryId']}")[1]
        return told if told["status"] in ("COMPLETED", "FAILED") else None

    summary = eventually(look, within=120)
    assert summary["status"] == "COMPLETED", summary
    assert summary["progress"]["parts"] > 1
    assert summary["summary"]
