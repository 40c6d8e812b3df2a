"""Why ECS finds no place for the server: the events of its service."""

from diagnosis.capacity import has_launched
from diagnosis.evidence import Evidence
from diagnosis.rules import Finding, denial, facts_of, find, table


def finding(evidence: Evidence) -> Finding | None:
    """Return why no task is placed, from the events since a task was last started."""
    texts = _since_a_start(evidence)
    found = find(table("placement"), texts, "ECS", facts_of(evidence))
    if found and found.rule.code == "InstanceNeverJoined" and not has_launched(evidence):
        # Then the question is why none was started, which is not for ECS to say.
        found = None
    return denial(texts) or (found.after(1) if found else None)


def _since_a_start(evidence: Evidence) -> list[str]:
    texts: list[str] = []
    for event in evidence.service_events:
        if " has started " in event.message:
            texts.clear()
        texts.append(event.message)
    return texts
