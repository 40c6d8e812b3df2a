"""Whatever happens to objects, and whatever fails: the store holds their last accepted state."""

from contextlib import ExitStack

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from documents.document import ATTEMPTS, Document, Status
from documents.keys import Where
from tests.support.any_sequence import InterleavedExecutions
from tests.support.document_fakes import POISON
from tests.support.document_world import (
    BUCKET,
    INBOX,
    MANUALS,
    TEAM,
    DocumentWorld,
    id_of,
    new_document_world,
)

UPLOADS = [Where(BUCKET, f"uploads/{TEAM}/{MANUALS}/0a1b/7c6d/{one}.txt") for one in "ab"]
MANUAL = Where(INBOX, "manuals/pump.txt")
OBJECTS = st.sampled_from([*UPLOADS, MANUAL])
CONTENTS = st.sampled_from([b"one", b"two\nlines", b"\n".join([b"many"] * 140), POISON])
STEPS = st.sampled_from(
    [
        *("claim_document", "parse_document", "embed_batch", "index_document"),
        *("complete_document", "clear_staging", "remove_document", "fail_document"),
    ]
)
# Before and after its work: claiming is tried five times, all others more often.
STUMBLES = st.integers(1, 2)


class AnySequence(InterleavedExecutions[DocumentWorld]):
    """Changes, notices and failures in any order; steps of several workflows interleaved."""

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        self.world = self.open.enter_context(new_document_world())
        self.told_late: list[tuple[Where, str]] = []

    def teardown(self) -> None:
        if hasattr(self, "open"):
            with self.open:
                self.settle()

    @rule(where=OBJECTS, content=CONTENTS)
    def write(self, where: Where, content: bytes) -> None:
        self.told_late.append((where, self.world.put(where, content)))

    @rule(where=OBJECTS)
    def erase(self, where: Where) -> None:
        if where in self.world.files.objects:
            self.told_late.append((where, self.world.delete(where)))

    @precondition(lambda self: self.told_late)
    @rule(data=st.data(), twice=st.booleans())
    def tell(self, data: st.DataObject, twice: bool) -> None:
        notice = data.draw(st.sampled_from(self.told_late), "notice")
        if not twice:
            self.told_late.remove(notice)
        self.world.tell(*notice)

    @rule(where=OBJECTS)
    def remove(self, where: Where) -> None:
        self.world.remove(where)

    @rule()
    def scan(self) -> None:
        self.world.scan()

    @precondition(lambda self: self.world.running())
    @rule(data=st.data())
    def kill(self, data: st.DataObject) -> None:
        execution = data.draw(st.sampled_from(self.world.running()), "execution")
        self.world.kill(execution)

    @rule(step=STEPS, times=STUMBLES, after=st.booleans())
    def stumble(self, step: str, times: int, after: bool) -> None:
        self.world.fails(step, times, after)

    @rule()
    def settle(self) -> None:
        while self.told_late:
            self.world.tell(*self.told_late.pop())
        self.world.settle()
        assert not self.world.open_rows()
        assert self.world.staging.kept == {}
        for where in (*UPLOADS, MANUAL):
            self._is_true(where)

    def _is_true(self, where: Where) -> None:
        row = self.world.documents.find(TEAM, id_of(where))
        there = self.world.files.objects.get(where)
        copy = self.world.places.texts().get(id_of(where))
        if row is None or row.status is Status.REMOVED:
            assert copy is None
            assert (there is None) is (row is None)
        elif row.status is Status.COMPLETED:
            assert there is not None
            assert copy == (row.generation, there.decode().splitlines())
        else:
            assert row.reason is not None
            self._has_failed(row, row.reason.code, copy[0] if copy else None)

    def _has_failed(self, row: Document, code: str, copy: int | None) -> None:
        """What could not be read is not found; what was broken off may be, as it was or is."""
        if code == "Unreadable":
            assert (row.cause, row.indexed, copy) == (None, None, None)
        elif code == "WorkflowEnded":
            assert row.attempt == ATTEMPTS
            assert copy in (None, row.indexed, row.generation)
        else:
            assert (code, copy in (None, row.indexed)) == ("InternalError", True)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
