"""LiteLLM's Router, kept in step with the snapshot."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import litellm
from litellm.router import Router
from litellm.types.router import Deployment

from gateway import errors
from gateway.lane.deployment import deployment
from gateway.log import say
from gateway.snapshot import Route, change

litellm.drop_params = True
litellm.telemetry = False
litellm.suppress_debug_info = True
# Their messages carry prompts and upstream addresses; the edge logs every request.
for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
    logging.getLogger(name).setLevel(logging.CRITICAL + 1)

type Operation = Callable[..., Awaitable[Any]]


class Models:
    """Every callable model as one deployment of one Router."""

    def __init__(self, silence: float) -> None:
        self._known: Mapping[str, Route] = {}
        self._changing = asyncio.Lock()
        self._router = Router(
            model_list=[],
            num_retries=0,
            # With one deployment per model, a cooldown would turn one failure into an outage.
            disable_cooldowns=True,
            # One model with a misspelt provider must not keep the others from being known.
            ignore_invalid_deployments=True,
            timeout=silence,
        )
        self._operations: Mapping[str, Operation] = {
            "chat/completions": self._router.acompletion,
            "completions": self._router.atext_completion,
            "embeddings": self._router.aembedding,
        }

    def knows(self, model: str) -> bool:
        return model in self._known

    async def follow(self, routes: Mapping[str, Route]) -> None:
        async with self._changing:
            if routes is self._known:
                return
            difference = change(self._known, routes)
            for model in (*difference.gone, *(route.model_id for route in difference.put)):
                self._router.delete_deployment(id=model)
            for route in difference.put:
                self._add(route)
                # Each takes milliseconds, and streams are running.
                await asyncio.sleep(0)
            self._known = routes

    async def call(self, operation: str, model: str, arguments: dict[str, Any]) -> Any:
        if not self._router.has_model_id(model):
            raise errors.unknown_provider(model)
        return await self._operations[operation](model=model, **arguments)

    def _add(self, route: Route) -> None:
        self._router.upsert_deployment(Deployment(**deployment(route)))
        if not self._router.has_model_id(route.model_id):
            say("model unusable", model=route.model_id, cause="LiteLLM cannot read litellmModel")
