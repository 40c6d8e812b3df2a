"""Somebody who uses everything: chats, asks documents, uploads, and looks after things."""

import itertools
import secrets
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import openai

from tests.bench.load.ledger import Answer, Ledger
from tests.e2e.client import Admin, serve
from tests.e2e.library import DEMO, Library, described

MODEL = "tiny-chat"
LONGEST_ANSWER = 32  # tokens
FAULTS = (openai.OpenAIError, OSError, RuntimeError, AssertionError, ValueError)
THINKING = 1.0  # seconds between what a person does and what they do next


@dataclass
class Person:
    """One of many, with a token of their own; `number` decides what they begin with.

    Of ten things a person does, six are questions in a chat, one of them to the documents;
    two are searches, one is an upload, and one is what administrators do.
    """

    product: dict[str, Any]
    name: str
    credential: str
    library: Library
    ledger: Ledger
    number: int
    api: Admin = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.api = Admin(self.product, self.credential)
        self._openai = serve(self.product, self.credential)

    def live(self, enough: threading.Event) -> None:
        """Do one thing after the other until it is enough; a fault ends a thing, not a person."""
        day = [self.chat, self.search, self.chat, self.administer, self.chat, self.upload]
        day += [self.chat, self.search, self.chat, self.ask_documents]
        for turn in itertools.count(self.number):
            if enough.is_set():
                return
            self._tried(day[turn % len(day)])
            enough.wait(THINKING)

    def _tried(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FAULTS:
            return  # the ledger has it: one failed call does not end a person's day

    def chat(self, notes: int = 0) -> None:
        """A turn of a new conversation, as the web application makes it.

        `notes` is how often what has come of the answer is stored before its end.
        """
        session, message = f"load-{uuid.uuid4()}", self._message()
        question = self._message()
        said = f"What does os.path.join do? ({secrets.token_hex(4)})"
        with self.ledger.timed("store"):
            first = self._row(question, None, "user", said, "complete")
            second = self._row(message, question, "assistant", "", "streaming")
            self._call("POST", f"/session/{session}/messages", {"messages": [first, second]})
        text = self._streamed(said, {"session": session, "message": message})
        for revision in range(1, notes + 2):
            with self.ledger.timed("store"):
                last = {"status": "complete"} if revision > notes else {}
                came = {"revision": revision, "content": text, **last}
                self._call("PUT", f"/session/{session}/messages/{message}", came)
        self.ledger.promised(Answer(self.credential, session, message, text))

    def ask_documents(self) -> None:
        """A question that is answered from the repository."""
        self._streamed("Who may revoke a token?", {"repository": "demo"})

    def search(self) -> None:
        with self.ledger.timed("search"):
            path = f"{DEMO}/similaritySearch?query=who+may+revoke+a+token&topK=3"
            self._call("GET", path)

    def upload(self) -> None:
        """A page that nobody has uploaded before, waited for until it can be found."""
        name = f"load-{uuid.uuid4().hex}.md"
        with self.ledger.timed("document"):
            self.library.put(name, f"# {name}\n\nThe word is {name[5:13]}.\n".encode())
            self.ledger.uploaded(name)
            document = self.library.settled(name)
            if document["status"] != "COMPLETED":
                raise RuntimeError(described(document))

    def administer(self) -> None:
        """What the console's pages ask for."""
        admin = self.library.admin
        for path in ("/models", "/usage?by=model", f"{DEMO}/jobs", "/api-tokens?limit=20"):
            with self.ledger.timed("administer"):
                _answered(*admin.call("GET", path))

    def _streamed(self, said: str, metadata: dict[str, str]) -> str:
        parts: list[str] = []
        tokens = 0
        with self.ledger.timed("first token") as reached:
            chunks: Any = self._openai.chat.completions.create(
                model=MODEL,
                messages=[{"role": "user", "content": said}],
                max_tokens=LONGEST_ANSWER,
                stream=True,
                stream_options={"include_usage": True},
                extra_body={"metadata": metadata},
            )
            for chunk in chunks:
                if chunk.choices and chunk.choices[0].delta.content:
                    reached()
                    parts.append(chunk.choices[0].delta.content)
                tokens = chunk.usage.total_tokens if chunk.usage else tokens
            if not (parts and tokens):
                raise RuntimeError("the answer broke off")
        self.ledger.served(self.name, tokens)
        return "".join(parts)

    def _call(self, method: str, path: str, body: object = None) -> Any:
        return _answered(*self.api.call(method, path, body))

    def _message(self) -> str:
        return f"m-{next(self._numbers):026d}"

    def _row(
        self, message: str, parent: str | None, role: str, content: str, status: str
    ) -> dict[str, Any]:
        made = datetime.now(UTC).isoformat()
        return {
            "messageId": message,
            "parentId": parent,
            "role": role,
            "content": content,
            "status": status,
            "createdAt": made,
        }


@contextmanager
def crowd(
    product: dict[str, Any], most: int, library: Library, ledger: Ledger
) -> Iterator[Sequence[Person]]:
    """Everybody with a token of their own, until it is over."""
    admin, run = Admin(product), uuid.uuid4().hex[:6]
    made: list[str] = []
    try:
        people = []
        for number in range(most):
            name = f"load-{run}-{number}"
            status, token = admin.call("POST", f"/api-tokens/{name}", {"name": "load"})
            assert status == 200, token
            made.append(token["tokenUUID"])
            people.append(Person(product, name, token["token"], library, ledger, number))
        yield people
    finally:
        for one in made:
            admin.call("DELETE", f"/api-tokens/{one}")


def _answered(status: int, answer: Any) -> Any:
    if status >= 300:
        raise RuntimeError(f"{status} {answer}"[:200])
    return answer
