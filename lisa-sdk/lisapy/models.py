"""Models: what the organisation hosts, and what others host for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.api import requests
from lisapy.errors import NotFound, WaitFailed
from lisapy.steps import C_co, Group, Steps, call, plain
from lisapy.waiting import until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Unpack

    from lisapy.api import types

_SETTLED = ("InService", "Stopped", "Failed")


class Models(Group[C_co]):
    """`/models` of the admin API; for administrators. Definitions are the API's own JSON."""

    instances = plain(requests.list_instances)
    delete = plain(requests.delete_model)

    @call
    def list(self) -> Steps[Sequence[types.ModelView]]:
        """Return all models, whatever their state."""
        return (yield from self._ask(requests.list_models()))["models"]

    @call
    def get(self, model_id: str) -> Steps[types.ModelView]:
        """Return one model, with its timeline and, if it failed, the reason."""
        return (yield from self._ask(requests.get_model(model_id)))["model"]

    @call
    def plan(self, **definition: Unpack[types.ModelRequest]) -> Steps[types.PlanView]:
        """Return whether it would start, with how long a context, and what it would cost."""
        return (yield from self._ask(requests.plan_model(**definition)))["plan"]

    @call
    def create(self, **definition: Unpack[types.ModelRequest]) -> Steps[types.ModelView]:
        """Ask for a model; `wait` returns it when it is in service."""
        return (yield from self._ask(requests.create_model(**definition)))["model"]

    @call
    def update(self, model_id: str, **change: Unpack[types.UpdateModel]) -> Steps[types.ModelView]:
        """Change what is given, and nothing else."""
        return (yield from self._ask(requests.update_model(model_id, **change)))["model"]

    @call
    def start(self, model_id: str) -> Steps[types.ModelView]:
        """Bring a stopped model back."""
        return (yield from self._ask(requests.update_model(model_id, enabled=True)))["model"]

    @call
    def stop(self, model_id: str) -> Steps[types.ModelView]:
        """Take a model out of service, and its instances with it."""
        return (yield from self._ask(requests.update_model(model_id, enabled=False)))["model"]

    @call
    def set_context_window(self, model_id: str, tokens: int) -> Steps[types.ModelView]:
        """Say how many tokens prompt and answer may have together."""
        request = requests.set_context_window(model_id, contextWindow=tokens)
        return (yield from self._ask(request))["model"]

    @call
    def wait(self, model_id: str, within: float = 3600) -> Steps[types.ModelView]:
        """Return the model once no workflow holds it; WaitFailed if it ends as Failed."""

        def look() -> Steps[types.ModelView]:
            return (yield from self._ask(requests.get_model(model_id)))["model"]

        model = yield from until(
            look, lambda found: found["status"] in _SETTLED, within, f"Model {model_id}"
        )
        why = model["failureReason"]
        if model["status"] == "Failed":
            raise WaitFailed(f"{why['code']}: {why['message']} {why['fix']}" if why else "Failed.")
        return model

    @call
    def wait_gone(self, model_id: str, within: float = 3600) -> Steps[None]:
        """Return once a deleted model is no more."""

        def gone() -> Steps[bool]:
            try:
                yield from self._ask(requests.get_model(model_id))
            except NotFound:
                return True
            return False

        yield from until(gone, bool, within, f"The removal of model {model_id}")
