"""What becomes true of pipelines, and how a change of a repository's row becomes it."""

from typing import Any

from kernel.events import Change, Fact


class PipelineChanged(Fact, source="repositories"):
    """A pipeline was made or changed: its collection is to be compared with what lies there.

    It is named by its bucket and prefix, which no two pipelines have in common.
    """

    repository_id: str
    bucket: str
    prefix: str


def facts_of(change: Change) -> list[PipelineChanged]:
    """Return the pipelines that are new or other ones since a change of a row."""
    after = change.after or {}
    known = _pipelines(change.before or {})
    return [
        PipelineChanged(
            repository_id=after["repositoryId"],
            bucket=pipeline["s3Bucket"],
            prefix=pipeline["s3Prefix"],
        )
        for pipeline in _pipelines(after)
        if pipeline not in known
    ]


def _pipelines(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pipelines that are at work: those of a repository that may be filled."""
    usable = row.get("kind") == "repository" and row["status"] == "CREATE_COMPLETE"
    return row.get("pipelines", []) if usable else []
