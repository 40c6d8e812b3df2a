"""A restart of the emulator is none of the tasks' business: they run on.

Symptom: ministack restores every task as STOPPED, since its containers ended with it.
"""

import copy
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import ecs

State = dict[str, Any]


def _restorer(restore: Any) -> Any:
    def restore_state(data: State) -> None:
        restore(data)
        for key, task in getattr((data or {}).get("tasks"), "_data", {}).items():
            restored = copy.deepcopy(task)
            # It has outlived its start-up window: the timer that would say so is gone.
            restored["_startup_stable"] = restored.get("lastStatus") == "RUNNING"
            ecs._tasks._data[key] = restored

    return restore_state


def _reconciler(reconcile: Any) -> Any:
    """Finish the rollouts whose timers ended with the last process."""

    def reconcile_restored() -> None:
        reconcile()
        for (account, region, key), _service in ecs._services.all_items():
            with request_scope(account, region):
                ecs._complete_service_deployment(key.split("/", 1)[0], key)

    return reconcile_restored


def apply() -> None:
    """Keep tasks across restarts."""
    ecs._restore_state = _restorer(ecs._restore_state)
    ecs._reconcile_restored_services = _reconciler(ecs._reconcile_restored_services)
