"""What becomes true of summaries."""

from kernel.events import Change, Fact


class SummaryRequested(Fact, source="repositories"):
    """A summary was asked for and is to be made. `owner` stands for whoever asked."""

    owner: str
    summary_id: str


def facts_of(change: Change) -> list[SummaryRequested]:
    """Return what became true by a change of a row; most changes make nothing true."""
    row = change.after or {}
    if change.before or row.get("kind") != "summary":
        return []
    return [SummaryRequested(owner=row["owner"], summary_id=row["summaryId"])]
