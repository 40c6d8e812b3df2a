"""What a change of a repository's row makes true of its pipelines."""

from typing import Any

import pytest

from ingestion.facts import facts_of
from kernel.events import Change

HANDBOOK = {"s3Bucket": "inbox", "s3Prefix": "handbook/", "trigger": "daily"}
RECIPES = {"s3Bucket": "inbox", "s3Prefix": "recipes/", "trigger": "event"}


def row(*pipelines: dict[str, str], status: str = "CREATE_COMPLETE") -> dict[str, Any]:
    about = {"kind": "repository", "repositoryId": "team-docs", "status": status}
    return about | {"pipelines": list(pipelines)}


NOT_YET = row(HANDBOOK, status="CREATE_IN_PROGRESS")


@pytest.mark.parametrize(
    ("before", "after", "prefixes"),
    [
        (None, row(HANDBOOK, RECIPES), ["handbook/", "recipes/"]),
        (NOT_YET, row(HANDBOOK), ["handbook/"]),
        (None, NOT_YET, []),
        (row(HANDBOOK), row(HANDBOOK, RECIPES), ["recipes/"]),
        (row(HANDBOOK, RECIPES), row(RECIPES, HANDBOOK), []),
        (row(HANDBOOK), row(HANDBOOK | {"trigger": "event"}), ["handbook/"]),
        (row(HANDBOOK), row(), []),
        (row(HANDBOOK), row(HANDBOOK, status="DELETE_IN_PROGRESS"), []),
        (row(HANDBOOK), None, []),
        (None, {"kind": "collection", "status": "ACTIVE"}, []),
        (None, {"pk": "documents#team-docs", "status": "PENDING"}, []),
    ],
)
def test_a_pipeline_is_told_when_it_is_new_or_another(
    before: dict[str, Any] | None, after: dict[str, Any] | None, prefixes: list[str]
) -> None:
    facts = facts_of(Change(id="1", before=before, after=after))
    assert [fact.prefix for fact in facts] == prefixes
    assert {(fact.repository_id, fact.bucket) for fact in facts} <= {("team-docs", "inbox")}
