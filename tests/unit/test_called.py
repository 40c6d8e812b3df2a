"""The reader of calls: what it follows, and what it leaves alone."""

from pathlib import Path

import pytest

from tests.support.called import Program

ADAPTERS = """
from kernel import client
class Rows:
    def __init__(self):
        self._dynamo = client("dynamodb")
    def get(self, key):
        return self._dynamo.get_item(Key=key)
    def add(self, row: Row, beside: Row):
        self._kept(self._dynamo.put_item, row)
    def pages(self):
        return self._dynamo.get_paginator("query")
    def _kept(self, write, row):
        write(Item=row)
class Files:
    def __init__(self):
        create = boto3.client
        self._s3 = create("s3")
    def form(self):
        return self._s3.generate_presigned_post()
    def address(self):
        return self._s3.generate_presigned_url("get_object")
class Bucket:
    s3: Any
    def look(self):
        self.s3.head_bucket()
"""
WIRING = """
def rows():
    from adapters import Rows
    return Rows()
def bucket():
    from adapters import Bucket
    return Bucket(quick_client("s3"))
def files():
    from adapters import Files
    return Files()
"""


@pytest.fixture
def places(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "adapters.py").write_text(ADAPTERS)
    (tmp_path / "lib" / "wiring.py").write_text(WIRING)
    return tmp_path


def called(places: Path, body: str) -> set[tuple[str, str]]:
    entry = places / "app.py"
    entry.write_text(f"from wiring import bucket, files, rows\ndef handler(event):\n    {body}\n")
    return Program.of(entry, [places / "lib"]).operations


@pytest.mark.parametrize(
    ("body", "operations"),
    [
        ("return None", set()),
        ("return rows().get(event)", {("dynamodb", "get_item")}),
        ("rows().add(event, event)", {("dynamodb", "put_item")}),
        ("rows().add(event, 'a text')", set()),
        ("rows().add(event)", set()),
        ("return rows().pages()", {("dynamodb", "query")}),
        ("return files().form()", {("s3", "put_object")}),
        ("return files().address()", {("s3", "get_object")}),
        ("bucket().look()", {("s3", "head_bucket")}),
        ("return event.form()", set()),
    ],
)
def test_what_is_reached_is_called(
    places: Path, body: str, operations: set[tuple[str, str]]
) -> None:
    assert called(places, body) == operations
