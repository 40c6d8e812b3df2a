"""Somebody with documents: puts them where people do, and asks for what is in them."""

import io
import json
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docx import Document as Word

from tests.e2e.client import Admin, aws, eventually
from tests.support.pdfs import Text, pdf

DEMO = "/repository/demo"
DONE = ("COMPLETED", "FAILED")


class Library:
    """One collection of the demo repository, made for a test."""

    def __init__(self, product: dict[str, Any], credential: str | None = None) -> None:
        self.product = product
        self.admin = Admin(product)
        self.person = Admin(product, credential) if credential else self.admin
        self.id = ""

    @contextmanager
    def made(self, **definition: Any) -> Iterator["Library"]:
        """The collection, until the test is over."""
        wish = {"name": f"test {uuid.uuid4().hex[:8]}", **definition}
        status, answer = self.admin.call("POST", f"{DEMO}/collection", wish)
        assert status == 200, answer
        self.id = answer["collectionId"]
        try:
            yield self
        finally:
            self.admin.call("DELETE", f"{DEMO}/collection/{self.id}")

    def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """Put a file; the document once it is done."""
        self.put(name, content)
        return self.settled(name)

    def put(self, name: str, content: bytes) -> None:
        """Send a file by the form that the API gives."""
        wish = {"repositoryId": "demo", "collectionId": self.id, "fileName": name}
        status, form = self.person.call("POST", "/repository/presigned-url", wish)
        assert status == 200, form
        assert post_form(form["url"], form["fields"], name, content) in (200, 201, 204)

    def settled(self, name: str, within: float = 90.0) -> dict[str, Any]:
        """The document of that name once no workflow holds it."""

        def look() -> dict[str, Any] | None:
            listed = self.documents(filter=name)
            found = [one for one in listed if one["documentName"] == name]
            return found[0] if found and found[0]["status"] in DONE else None

        return eventually(look, within)

    def documents(self, **narrowed: str) -> list[dict[str, Any]]:
        """At most 100 of the collection's documents."""
        asked = urllib.parse.urlencode({"pageSize": 100, **narrowed})
        status, answer = self.person.call("GET", f"{DEMO}/document?{asked}&{self._here}")
        assert status == 200, answer
        return list(answer["documents"])

    def search(self, query: str, **more: Any) -> list[dict[str, Any]]:
        """The passages that answer, the best first."""
        asked = urllib.parse.urlencode({"query": query, "topK": 3, "score": "true", **more})
        status, answer = self.person.call("GET", f"{DEMO}/similaritySearch?{asked}&{self._here}")
        assert status == 200, answer
        return [one["Document"] for one in answer["docs"]]

    @property
    def _here(self) -> str:
        return f"collectionId={self.id}"


def post_form(url: str, fields: dict[str, str], name: str, content: bytes) -> int:
    """Send a file as a browser sends a form; the status."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
    kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    with urllib.request.urlopen(urllib.request.Request(url, body, kind), timeout=60) as answer:
        return int(answer.status)


def bucket(product: dict[str, Any]) -> str:
    """The bucket of documents."""
    names = [one["Name"] for one in aws(product, "s3").list_buckets()["Buckets"]]
    return next(str(name) for name in names if "-documents-" in name)


def handbook() -> bytes:
    """A PDF of three pages, each about something else and longer than a chunk of 64 tokens."""
    pages = [
        ("Pumps", "The cooling pump P-17 is serviced every 4,000 hours of operation.", "pump"),
        ("Valves", "A relief valve is replaced when its spring has lost its force.", "valve"),
        ("Alarms", "Alarm E-5512 means that the oil pressure is below two bar.", "alarm"),
    ]
    return pdf([page(*one) for one in pages], title="Handbook of the plant")


def page(head: str, fact: str, thing: str) -> list[Text]:
    """A heading, the one line that matters, and others of the kind that fill handbooks."""
    rest = [
        f"Whoever works at a {thing} reads its plate, and writes date and name into the book.",
        f"Spare parts of each {thing} lie in the second hall, by the number of their maker.",
        f"In doubt a {thing} is taken out of service, and the foreman decides how to go on.",
        f"A {thing} of an older kind is marked in yellow and goes when the plant is rebuilt.",
    ]
    lines = [Text(text, y=680 - 14 * place) for place, text in enumerate([fact, *rest])]
    return [Text(head, y=720, size=20, font="F2"), *lines]


def minutes() -> bytes:
    """A Word document with headings and a table."""
    word = Word()
    word.add_heading("Minutes of the works council", 1)
    word.add_heading("Holidays", 2)
    word.add_paragraph("Between Christmas and New Year the factory stays closed.")
    word.add_heading("Shifts", 2)
    table = word.add_table(rows=2, cols=2)
    for row, cells in enumerate([("Shift", "Begins"), ("Night", "22:15")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def described(document: dict[str, Any]) -> str:
    """A document for a failed assertion."""
    return json.dumps(document, indent=1)
