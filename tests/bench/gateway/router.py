"""LiteLLM's Router alone, calling the upstream: what the lane is measured against.

It runs in the gateway's environment and takes the load generator's orders, for it has no door: it
asks itself. Nothing is done with an answer but to let it arrive.
"""

import asyncio
import sys
import time
from dataclasses import replace
from typing import Any

import litellm
import uvloop
from litellm.router import Router

from tests.bench.gateway.orders import Order, Report, Tally

litellm.drop_params = True
litellm.telemetry = False
litellm.suppress_debug_info = True


# The lane's streams are counted, so the provider sends usage: a field in every event, which LiteLLM
# reads at a fifth of an event's cost. The Router is given the same events to read.
COUNTED = {"stream_options": {"include_usage": True}}


class Caller:
    """So many loops around one Router, as the order says."""

    def __init__(self, router: Router, order: Order) -> None:
        self._router = router
        self._order = order
        self._asked = {**order.body, **(COUNTED if order.events else {})}
        self._until = time.monotonic() + order.seconds
        self._left = order.requests
        self._answers = 0
        self._events = 0

    async def run(self) -> Report:
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number in range(self._order.connections):
                group.create_task(self._one_after_the_other(number))
        report = Tally().report(self._order, time.monotonic() - began)
        return replace(report, requests=self._answers, events=self._events)

    async def _one_after_the_other(self, number: int) -> None:
        if self._order.stagger:
            await asyncio.sleep(self._order.stagger * number / self._order.connections)
        while self._left > 0 and time.monotonic() < self._until:
            self._left -= 1
            answer = await self._router.acompletion(model="bench", **self._asked)
            if self._order.events:
                async for chunk in answer:
                    self._events += bool(chunk.choices and chunk.choices[0].delta.content)
            self._answers += 1


async def main(provider: str, api_base: str) -> None:
    parameters: dict[str, Any] = {"model": provider, "api_base": api_base, "api_key": "none"}
    router = Router(
        model_list=[{"model_name": "bench", "litellm_params": parameters}],
        num_retries=0,
        disable_cooldowns=True,
    )
    for line in sys.stdin:
        print((await Caller(router, Order.from_json(line)).run()).to_json(), flush=True)


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
