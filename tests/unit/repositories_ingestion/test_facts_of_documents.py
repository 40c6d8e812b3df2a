"""Facts of documents: each change of a row that makes something true is told once."""

from datetime import timedelta
from typing import Any

import pytest

from catalogue.base import Reason
from documents.document import Document, Wish
from documents.facts import facts_of
from documents.rows import document_item
from kernel.events import Change
from tests.support.documents import NOON, SOME, document

LATER = NOON + timedelta(minutes=1)
REASON = Reason(code="Broken", message="It is broken.", fix="Save it again.")
NEW = document()
CLAIMED = NEW.claimed("one", LATER)
PARSED = CLAIMED.parsed(SOME, LATER)
DONE = PARSED.indexing(LATER).completed(LATER)
GOING = DONE.deleting("asked", LATER)


def told(before: Document | None, after: Document | None) -> list[Any]:
    images = [document_item(one) if one else None for one in (before, after)]
    return facts_of(Change(id="1", before=images[0], after=images[1]))


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (None, NEW, ["DocumentRequested"]),
        (NEW, CLAIMED, []),
        (CLAIMED, PARSED, []),
        (PARSED, PARSED.indexing(LATER), []),
        (PARSED, DONE, ["DocumentIngested"]),
        (CLAIMED, CLAIMED.failed(REASON, LATER, None), ["DocumentFailed"]),
        (CLAIMED, CLAIMED.again(LATER), ["DocumentRequested"]),
        (NEW, NEW.requested(NEW.content, Wish(), LATER), ["DocumentRequested"]),
        (DONE, GOING, ["DocumentRemovalRequested"]),
        (GOING, GOING.again(LATER), ["DocumentRemovalRequested"]),
        (GOING, GOING.removed(LATER), ["DocumentRemoved"]),
        (GOING, None, ["DocumentRemoved"]),
        (GOING.removed(LATER), None, []),
    ],
)
def test_a_change_tells_what_became_true(
    before: Document | None, after: Document | None, names: list[str]
) -> None:
    assert [type(fact).__name__ for fact in told(before, after)] == names


def test_a_fact_says_of_which_generation_it_is() -> None:
    [fact] = told(PARSED, DONE)
    assert (fact.document_id, fact.generation, fact.chunks) == (NEW.document_id, 1_000, 3)


def test_rows_of_others_tell_nothing_here() -> None:
    row = {"pk": "repository#team", "sk": "repository", "status": "CREATE_COMPLETE"}
    assert facts_of(Change(id="1", before=None, after=row)) == []


def test_a_row_never_holds_what_is_noted_beside_it() -> None:
    assert "embedded" not in document_item(PARSED)
