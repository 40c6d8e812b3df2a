"""Why a server that runs is not healthy: the load balancer's words, and ECS's about them."""

from diagnosis.evidence import Evidence
from diagnosis.rules import Finding, facts_of, find, table


def finding(evidence: Evidence) -> Finding | None:
    """Return why the server is not healthy, from the targets if they say it, else from ECS."""
    facts = facts_of(evidence)
    targets = [
        f"{target.reason_code}: {target.description}"
        for target in evidence.targets
        if target.state == "unhealthy"
    ]
    ended = [task.reason for task in evidence.stopped_tasks if "health checks" in task.reason]
    told = [event.message for event in evidence.service_events if "health" in event.message]
    found = find(table("health"), targets, "The load balancer", facts) or find(
        table("health"), (*told, *ended), "ECS", facts
    )
    # What may pass is a cause once ECS has ended that many servers for it.
    return found.after(max(1, len(ended))) if found else None
