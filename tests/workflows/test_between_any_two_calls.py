"""Whatever happens between any two calls that a step makes: one true state is left.

Between steps others look (test_ingest_document, test_any_sequence_of_documents); here a step has
read a row and not yet written it, or written to the store and not yet said so.
"""

from collections.abc import Callable, Iterator

import pytest

from documents.document import Status
from documents.job import JobStatus
from documents.keys import Where
from tests.support.document_fakes import POISON
from tests.support.document_world import (
    BUCKET,
    INBOX,
    MANUALS,
    TEAM,
    DocumentWorld,
    new_document_world,
)
from tests.support.executions import Unexpected
from tests.support.interrupted import Moment, interrupted

UPLOAD = Where(BUCKET, f"uploads/{TEAM}/{MANUALS}/0a1b/7c6d/guide.txt")
MANUAL = Where(INBOX, "manuals/pump.txt")
OLD, NEW, LATER = b"old", b"new one\nnew two", b"later"
# More than any of these workflows make: the last test says so.
CALLS = range(1, 45)

ENDED = {JobStatus.INGESTION_FAILED, JobStatus.DELETE_COMPLETED}

type Doing = Callable[[DocumentWorld, Where], None]


def lose(world: DocumentWorld, where: Where) -> None:
    raise Unexpected("lost the connection")


def kill(world: DocumentWorld, where: Where) -> None:
    for execution in world.running():
        world.kill(execution)


def change(world: DocumentWorld, where: Where) -> None:
    world.upload(where, LATER)


def poison(world: DocumentWorld, where: Where) -> None:
    world.upload(where, POISON)


def erase(world: DocumentWorld, where: Where) -> None:
    world.tell(where, world.delete(where))


def remove(world: DocumentWorld, where: Where) -> None:
    world.remove(where)


def double(world: DocumentWorld, where: Where) -> None:
    """The same facts once more: their executions run to their ends in the midst of this one."""
    for fact in [fact for fact in world.facts if type(fact).__name__.endswith("Requested")]:
        execution = world.start(fact)
        while execution.running:
            world.advance(execution)


def drop(world: DocumentWorld, where: Where) -> None:
    """The collection goes, as repositories.removing has it: shelf, files, rows, then itself."""
    place = world.places.places.pop((TEAM, MANUALS))
    world.places.shelves.drop(place.shelf)
    world.files.delete(UPLOAD)
    for row in list(world.documents.rows.values()):
        world.documents.forget(row, row.updated_at)
    world.documents.job_rows.clear()
    world.deliver()


def ingested(world: DocumentWorld, where: Where) -> None:
    world.upload(where, OLD)
    world.settle()


def first(world: DocumentWorld, where: Where) -> None:
    world.upload(where, NEW)


def again(world: DocumentWorld, where: Where) -> None:
    ingested(world, where)
    world.upload(where, NEW)


def taken_off(world: DocumentWorld, where: Where) -> None:
    ingested(world, where)
    world.remove(where)


def gone(world: DocumentWorld, where: Where) -> None:
    ingested(world, where)
    world.tell(where, world.delete(where))


def run(world: DocumentWorld, begin: Doing, where: Where, moment: Moment) -> None:
    begin(world, where)
    with interrupted(world, moment):
        world.settle()
    # S3 tells of what a step deletes, too.
    world.tell(where)
    world.settle()


def is_true(world: DocumentWorld, where: Where) -> None:
    """What is found is what the bucket holds, and nothing is left over."""
    assert not (world.staging.kept or world.open_rows() or world.running())
    rows = {row.where: row for row in world.documents.rows.values()}
    there, row, found = world.files.objects.get(where), rows.get(where), world.found(where)
    if row is None:
        assert (there, found) == (None, None)
    elif row.status is Status.COMPLETED:
        assert there is not None
        assert (found, row.indexed) == (there.decode().splitlines(), row.generation)
    elif row.status is Status.REMOVED:
        assert (there is not None, found, where) == (True, None, MANUAL)
    else:
        assert (row.status, found, there) == (Status.FAILED, None, POISON)


def tried(begin: Doing, doing: Doing, where: Where, after: bool) -> Iterator[DocumentWorld]:
    """Yield what became of the world, for every call that the thing may happen at."""
    for at in CALLS:
        with new_document_world() as world:
            moment = Moment(at, lambda: doing(world, where), after)
            run(world, begin, where, moment)
            yield world
            if not moment.came:
                return
    pytest.fail("There are more calls than are tried.")


every_moment = pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
every_origin = pytest.mark.parametrize("where", [UPLOAD, MANUAL], ids=["upload", "manual"])


@every_moment
@every_origin
@pytest.mark.parametrize("doing", [lose, kill, change, poison, erase, remove, double])
@pytest.mark.parametrize("begin", [first, again, taken_off, gone])
def test_one_true_state_is_left(begin: Doing, doing: Doing, where: Where, after: bool) -> None:
    for world in tried(begin, doing, where, after):
        is_true(world, where)


@every_moment
@every_origin
@pytest.mark.parametrize("begin", [first, again, taken_off, gone])
def test_of_a_collection_that_goes_nothing_is_left(begin: Doing, where: Where, after: bool) -> None:
    for world in tried(begin, drop, where, after):
        assert not (world.staging.kept or world.running())
        if (TEAM, MANUALS) not in world.places.places:
            assert not (world.documents.rows or world.places.texts())


@every_moment
def test_a_notice_of_an_object_whose_collection_goes_leaves_nothing(after: bool) -> None:
    for at in CALLS:
        with new_document_world() as world:
            moment = Moment(at, lambda: drop(world, UPLOAD), after)
            sequencer = world.put(UPLOAD, OLD)
            with interrupted(world, moment):
                world.tell(UPLOAD, sequencer)
            world.settle()
            if not moment.came:
                return
            assert not (world.documents.rows or world.staging.kept or world.places.texts())
            assert {job.status for job in world.documents.job_rows.values()} <= ENDED
