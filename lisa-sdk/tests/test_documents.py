"""Files: uploaded by a form, without the credential, and read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from wire_server import Answer, Wire

import lisapy

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Caller

JOB = {"id": "j", "documentId": "d"}


@pytest.fixture
def bucket(wire: Wire) -> Wire:
    """An API that gives forms for a bucket, which is at the same server."""
    form = {"url": f"{wire.url}/bucket", "fields": {"policy": "p", "key": "k"}, "key": "k"}
    wire.on("POST", "/v1/repository/presigned-url", Answer(200, form))
    wire.on("POST", "/v1/attachment/presigned-url", Answer(200, form))
    wire.on("POST", "/bucket", Answer(204))
    wire.on("POST", "/v1/repository/r-1/bulk", Answer(200, {"jobs": [JOB]}))
    wire.on("POST", "/v1/attachment", Answer(200, {"text": "# A"}))
    return wire


def test_a_file_is_uploaded_and_its_job_returned(
    bucket: Wire, caller: Caller, tmp_path: Path
) -> None:
    file = tmp_path / "a handbook.md"
    file.write_text("# Leave")

    assert caller.do(lambda client: client.documents.upload("r-1", file)) == JOB

    wish, upload, ingest = bucket.asked
    assert (wish.json["fileName"], ingest.json["keys"]) == ("a handbook.md", ["k"])
    assert "authorization" not in upload.headers
    assert upload.body.index(b'name="policy"') < upload.body.index(b'name="file"')
    assert b"# Leave" in upload.body


def test_an_open_file_becomes_text_for_a_prompt(bucket: Wire, caller: Caller) -> None:
    found: Any = caller.do(lambda client: client.attachments.text(io.BytesIO(b"x"), model="m"))
    assert found == {"text": "# A"}
    assert bucket.last().json == {"key": "k", "model": "m"}


def test_a_bucket_that_refuses_says_why(bucket: Wire, caller: Caller) -> None:
    bucket.on("POST", "/bucket", Answer(403, b"<Code>EntityTooLarge</Code>"))
    with pytest.raises(lisapy.NotAllowed, match="EntityTooLarge"):
        caller.do(lambda client: client.documents.upload("r-1", io.BytesIO(b"x"), "x.md"))


def test_a_document_that_cannot_be_read_says_why(wire: Wire, caller: Caller) -> None:
    why = {"code": "Encrypted", "message": "It has a password.", "fix": "Take it off."}
    wire.on("GET", "/v1/repository/r-1/d", Answer(200, {"status": "FAILED", "reason": why}))
    with pytest.raises(lisapy.WaitFailed, match=r"Encrypted: It has a password\. Take it off\."):
        caller.do(lambda client: client.documents.wait("r-1", "d"))
