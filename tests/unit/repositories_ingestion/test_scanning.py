"""A pipeline beside its bucket: what differs is told, in stretches that a message can bear."""

from typing import Any

import pytest

from catalogue.base import Labels, Reason
from catalogue.pipeline import Pipeline
from documents.document import ObjectState, Status, Wish
from documents.keys import Where, document_id
from documents.places import Feed
from ingestion.messages import Stretch
from ingestion.scanning import Comparing, Scanning, side_by_side
from tests.support.document_fakes import InMemoryDocuments, InMemoryFiles
from tests.support.documents import MANUALS, TEAM, document
from tests.support.place_fakes import InMemoryNotices, InMemoryPlaces

BROKEN = Reason(code="Broken", message="It is broken.", fix="Save it again.")


class Scene:
    """A bucket and a collection, and what a scan of the pipeline between them tells."""

    def __init__(self, **pipeline: Any) -> None:
        self.documents, self.files = InMemoryDocuments(), InMemoryFiles()
        self.places, self.notices = InMemoryPlaces(), InMemoryNotices()
        wish = {"s3_bucket": "inbox", "s3_prefix": "a/"} | pipeline
        self.places.pipelines.append(Feed(TEAM, MANUALS, Pipeline(**wish)))

    def object(self, key: str, content: bytes = b"water") -> ObjectState:
        where = Where("inbox", key)
        self.files.put(where, content)
        seen = self.files.look(where)
        assert seen is not None
        return seen

    def known(self, key: str, content: ObjectState, **changes: Any) -> None:
        where = Where("inbox", key)
        row = document(
            document_id=document_id(TEAM, MANUALS, where),
            bucket="inbox",
            key=key,
            content=content,
            origin="auto",
            status=Status.COMPLETED,
            job_id=key,
        )
        self.documents.put(None, row.model_copy(update=changes))

    def told(self, most: int = 100, **stretch: Any) -> list[str]:
        """The keys that a scan tells, by as many messages as it takes."""
        first = {"repository_id": TEAM, "bucket": "inbox", "prefix": "a/"} | stretch
        self.notices.compare([Stretch.model_validate(first)])
        compare = Comparing(self.documents, self.files, self.places, self.notices, most)
        while self.notices.scans:
            compare(self.notices.scans.pop(0))
        assert {repository_id for _, repository_id in self.notices.sent} <= {TEAM}
        told, self.notices.sent = self.notices.sent, []
        return [where.key for where, _ in told]


def test_what_is_new_changed_or_gone_is_told_and_nothing_else() -> None:
    scene = Scene()
    for key in ("a/same", "a/changed"):
        scene.known(key, scene.object(key))
    scene.object("a/changed", b"oil")
    scene.known("a/gone", ObjectState(etag="e1", size=7))
    for key in ("a/new", "a/folder/", "b/elsewhere"):
        scene.object(key)
    assert scene.told() == ["a/changed", "a/gone", "a/new"]


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_a_long_prefix_is_compared_in_stretches_and_each_key_once(most: int) -> None:
    scene = Scene()
    for number in range(6):
        scene.object(f"a/{number}-new")
        scene.known(f"a/{number}-same", scene.object(f"a/{number}-same"))
        scene.known(f"a/{number}-gone", ObjectState(etag="e1", size=7))
    expected = [f"a/{number}-{how}" for number in range(6) for how in ("gone", "new")]
    assert scene.told(most) == expected


def test_what_is_gone_stays_where_the_pipeline_says_so() -> None:
    scene = Scene(auto_remove=False)
    scene.known("a/gone", ObjectState(etag="e1", size=7))
    assert scene.told() == []


@pytest.mark.parametrize(
    ("status", "cause", "told"),
    [("REMOVED", "asked", False), ("FAILED", None, False), ("DELETING", "gone", True)],
)
def test_what_somebody_removed_or_what_failed_waits_for_a_change(
    status: str, cause: str | None, told: bool
) -> None:
    scene = Scene()
    reason = BROKEN if status == "FAILED" else None
    seen = scene.object("a/1")
    scene.known("a/1", seen, status=Status(status), cause=cause, reason=reason)
    assert scene.told() == (["a/1"] if told else [])


def test_a_changed_pipeline_says_anew_how_documents_are_ingested_and_a_day_does_not() -> None:
    scene = Scene(metadata=Labels(tags=["law"]))
    scene.known("a/old", scene.object("a/old"), wish=Wish(labels=Labels(tags=["chosen"])))
    scene.known("a/new", scene.object("a/new"), wish=Wish(labels=Labels(tags=["law"])))
    assert scene.told(daily=True) == []
    assert scene.told() == ["a/old"]


@pytest.mark.parametrize("other", [{"prefix": "b/"}, {"bucket": "others"}, {"repository_id": "x"}])
def test_a_pipeline_that_is_no_more_is_not_compared(other: dict[str, Any]) -> None:
    scene = Scene()
    scene.object("a/new")
    assert scene.told(**other) == []


def test_every_day_each_pipeline_is_compared_whatever_its_trigger() -> None:
    scene = Scene()
    daily = Pipeline(s3_bucket="inbox", s3_prefix="b/", trigger="daily")
    scene.places.pipelines.append(Feed(TEAM, MANUALS, daily))
    Scanning(scene.places, scene.notices)()
    assert [(one.prefix, one.after, one.daily) for one in scene.notices.scans] == [
        ("a/", "", True),
        ("b/", "", True),
    ]


def test_no_more_is_read_than_a_stretch_needs() -> None:
    read = []

    def objects() -> Any:
        for number in range(100):
            read.append(number)
            yield f"{number:03}", ObjectState(etag="e", size=1)

    pairs = side_by_side(objects(), [])
    assert [next(pairs).key for _ in range(5)] == [f"{number:03}" for number in range(5)]
    assert len(read) < 10
