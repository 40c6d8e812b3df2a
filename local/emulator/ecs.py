"""ECS whose tasks are run by an agent, as on AWS, instead of being called RUNNING with nothing.

The control plane (ministack, this process) decides which tasks should run; `local.ecs_agent` runs
them and reports with `SubmitTaskStateChange`, the API that AWS's own agent uses.
"""

from local.emulator import ecs_deployments, ecs_restart, ecs_services, ecs_targets, ecs_tasks

PARTS = (ecs_tasks, ecs_targets, ecs_services, ecs_deployments, ecs_restart)


def apply() -> None:
    """Close each gap of ministack's ECS."""
    for part in PARTS:
        part.apply()
