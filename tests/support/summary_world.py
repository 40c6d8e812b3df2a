"""Attachments and summaries in one process: the workflow and its steps, the ports in memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from context.attachment import attachment_key
from context.facts import facts_of
from context.ports import ChatModel, Message, NothingKept
from context.summary import Summary, summary_key
from documents.keys import Where, owner_of
from ingestion.ports import USUAL, Allowance, Form
from kernel.events import Change, envelope
from passages.tokens import tokens_of
from repositories import wiring
from tests.conftest import REPOSITORIES_ENVIRONMENT
from tests.support.calling import Reply, call, invoke
from tests.support.deployed_workflows import workflows
from tests.support.document_fakes import InMemoryFiles
from tests.support.repository_world import InMemoryRows
from tests.support.switching import InMemorySwitches
from tests.support.workflow import Execution, Invoke

BUCKET = REPOSITORIES_ENVIRONMENT["DOCUMENTS_BUCKET"]
SMALL, TINY, CLOSED, SECRET = "small", "tiny", "closed", "secret"
WINDOW = 1024
MODELS = (
    ChatModel(SMALL, window=WINDOW),
    ChatModel(TINY, window=300),
    ChatModel(CLOSED, frozenset({"readers"})),
    ChatModel(SECRET, frozenset({"directors", "lisa-repositories"})),
)


class InMemoryChatModels:
    """Models by id."""

    def __init__(self, *models: ChatModel) -> None:
        self.models = {model.model_id: model for model in models}

    def find(self, model_id: str) -> ChatModel | None:
        return self.models.get(model_id)


class InMemoryNotebook:
    """What was kept, by summary and name."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def put(self, summary_id: str, name: str, content: bytes) -> None:
        self.kept[summary_id, name] = content

    def get(self, summary_id: str, name: str) -> bytes:
        try:
            return self.kept[summary_id, name]
        except KeyError:
            raise NothingKept(name) from None

    def clear(self, summary_id: str) -> None:
        self.kept = {key: one for key, one in self.kept.items() if key[0] != summary_id}


class Talker:
    """A model that takes a window of so many tokens, and always says as much as it may."""

    def __init__(self, window: int = WINDOW) -> None:
        self.window = window
        self.asked: list[str] = []
        self.says: str | None = None
        self.cut = False
        self.errors: list[Exception] = []

    def complete(
        self, model: str, messages: Sequence[Message], most_tokens: int
    ) -> tuple[str, bool]:
        text = "\n".join(message["content"] for message in messages)
        assert tokens_of(text) + most_tokens <= self.window
        self.asked.append(text)
        if self.errors:
            raise self.errors.pop()
        # Its tokens are larger than we guess.
        usual = f"answer {len(self.asked)} " + "so " * most_tokens
        return usual if self.says is None else self.says, self.cut


class PlainDoors:
    """Addresses that are not signed."""

    def upload(self, where: Where, username: str, allowance: Allowance = USUAL) -> Form:
        return Form(f"https://{where.bucket}.example", {"key": where.key}, allowance.seconds)

    def download(self, where: Where, name: str) -> str:
        return f"https://{where.bucket}.example/{where.key}?as={name}"


@dataclass
class SummaryWorld:
    """Who has attached what, and what becomes of it."""

    rows: InMemoryRows = field(default_factory=InMemoryRows)
    files: InMemoryFiles = field(default_factory=InMemoryFiles)
    notebook: InMemoryNotebook = field(default_factory=InMemoryNotebook)
    writer: Talker = field(default_factory=Talker)
    failing: dict[str, list[Exception]] = field(default_factory=dict)

    def attach(self, content: bytes, name: str = "report.md", user: str = "bob") -> str:
        """Upload a file as a user; return its key."""
        key = attachment_key(f"sub-{user}", name)
        self.files.put(Where(BUCKET, key), content)
        return key

    def ask(self, key: str, user: str = "bob", **more: Any) -> Reply:
        """POST /summary."""
        body = {"key": key, "model": SMALL} | more
        return call("repositories.create_summary", body=body, user=user)

    def summary(self, summary_id: str, user: str = "bob") -> Summary:
        """The row of a summary."""
        found = self.rows.get(Summary, summary_key(owner_of(f"sub-{user}"), summary_id))
        assert found is not None
        return found

    def start(self, summary_id: str, arn: str = "arn:1") -> Execution:
        """Start the workflow of a new summary, as the stream and the bus would."""
        return execution_of(self.summary(summary_id), self._invoke, arn)

    def make(self, content: bytes, **more: Any) -> tuple[Summary, Execution]:
        """Ask for the summary of a file, and run its workflow to the end."""
        summary_id = self.ask(self.attach(content), **more).body["summaryId"]
        execution = self.start(summary_id).run()
        return self.summary(summary_id), execution

    def fails(self, step: str, times: int) -> None:
        """Let a step raise what nobody foresaw, after it has done its work."""
        self.failing[f"repositories.{step}"] = [RuntimeError("lost") for _ in range(times)]

    def _invoke(self, function: str, given: Any) -> Any:
        result = invoke(function, given)
        if self.failing.get(function):
            raise self.failing[function].pop()
        return result


def execution_of(row: Summary, run: Invoke, arn: str = "arn:1") -> Execution:
    """Return the execution that follows from a new row."""
    pk, sk = row.key
    image = row.model_dump(mode="json", by_alias=True) | {"pk": pk, "sk": sk, "kind": row.kind}
    [fact] = facts_of(Change(id="1", before=None, after=image))
    workflow = workflows("repositories")[fact.detail_type()]
    return Execution(workflow.definition, arn, envelope(fact, "test"), run)


@contextmanager
def new_summary_world() -> Iterator[SummaryWorld]:
    """Four models, and nothing attached."""
    world = SummaryWorld()
    with wiring.use(
        rows=world.rows,
        files=world.files,
        notebook=world.notebook,
        writer=world.writer,
        chat_models=InMemoryChatModels(*MODELS),
        doors=PlainDoors(),
        switches=InMemorySwitches(),
    ):
        yield world
