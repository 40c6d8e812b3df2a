"""One execution makes a summary, and what it notes is kept however many note at once."""

import pytest

from catalogue.base import Row
from context.owning import Making, changed, claimed, is_ours, owned
from context.summary import Summary, expiry
from documents.errors import DocumentBusy, DocumentSuperseded
from repositories.ports import LostRaceError
from tests.support.repository_world import AT, InMemoryRows

ROW = Summary(
    owner="0a1b", summary_id="s-1", object_key="k", model="m", window=1024,
    created_at=AT, updated_at=AT, expires=expiry(AT),
)  # fmt: skip
OURS = Making(owner="0a1b", summary_id="s-1", execution="arn:1")
THEIRS = OURS.model_copy(update={"execution": "arn:2"})


class CrowdedRows(InMemoryRows):
    """So many changes come just before ours."""

    def __init__(self, others: int) -> None:
        super().__init__()
        self.others = others

    def replace[R: Row](self, was: R, now: R, beside: Row | None = None) -> R:
        if self.others:
            self.others -= 1
            raise LostRaceError
        return super().replace(was, now, beside)


def crowded(others: int) -> CrowdedRows:
    rows = CrowdedRows(0)
    rows.add(ROW)
    claimed(rows, OURS, AT)
    rows.others = others
    return rows


def test_a_part_is_noted_beside_others() -> None:
    rows = crowded(8)
    changed(rows, OURS, lambda row: row.noted(1, AT))
    changed(rows, OURS, lambda row: row.noted(0, AT))
    assert owned(rows, OURS).done == [0, 1]


def test_a_part_that_cannot_be_noted_is_done_again() -> None:
    with pytest.raises(DocumentBusy):
        changed(crowded(99), OURS, lambda row: row.noted(1, AT))


def test_a_summary_is_claimed_once() -> None:
    rows = crowded(0)
    assert claimed(rows, OURS, AT).execution == "arn:1"
    with pytest.raises(DocumentSuperseded):
        claimed(rows, THEIRS, AT)
    assert is_ours(rows, OURS)
    assert not is_ours(rows, THEIRS)


def test_a_summary_that_is_no_more_is_nobodys() -> None:
    with pytest.raises(DocumentSuperseded):
        owned(InMemoryRows(), OURS)
    assert is_ours(InMemoryRows(), THEIRS)
