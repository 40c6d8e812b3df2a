"""One call of a model: what its body asks for, and the upstream's answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gateway import bodies, routes
from gateway.bodies import Asked
from gateway.crowd import Crowd
from gateway.forward import Candidates, Request, Search, Upstreams
from gateway.grounding.grounder import Grounder
from gateway.grounding.wish import METADATA, wished
from gateway.http1.answer import Answer
from gateway.http1.heads import value_of
from gateway.keeping.wish import place, without_place
from gateway.shared_snapshot import Follower
from gateway.snapshot import Route
from gateway.usage.including import asked_for, must_ask
from gateway.visit import Visit

LONGEST_NAME = 200


class Found(NamedTuple):
    """An upstream's answer. `without_usage`: it says its usage because we asked, and not the
    caller.
    """

    answer: Answer
    without_usage: bool


@dataclass(frozen=True, slots=True)
class Inference:
    follower: Follower
    upstreams: Upstreams
    grounder: Grounder
    keeps: bool
    max_body: int
    crowd: Crowd

    async def asked(self, visit: Visit, model: str) -> Asked:
        """What the request's body asks for, and where its answer belongs.

        The body ends with this call: a stream may run for an hour after it.
        """
        body = await visit.exchange.body(self.max_body)
        kind = value_of(visit.exchange.headers, b"content-type") or b""
        asked = bodies.read(visit.operation, kind, body, model)
        visit.model = asked.model[:LONGEST_NAME]
        visit.streamed = asked.stream
        if asked.payload is not None and METADATA in asked.payload:
            return self._placed(visit, asked)
        return asked

    async def answer(self, visit: Visit, asked: Asked) -> Found:
        """The answer of the model, or of another that may stand in for it. Refusal."""

        def candidates() -> Sequence[Route]:
            return routes.candidates(
                self.follower.current, asked.model, visit.caller, visit.operation, asked.stream
            )

        if asked.payload is not None and METADATA in asked.payload:
            asked = await self._grounded(visit, asked, candidates)
        ours = asked.payload is not None and must_ask(visit.operation, asked.payload)
        body_for = asked_for(asked) if ours else asked.body_for
        request = Request(visit.operation, body_for, visit.exchange.headers, visit.id, visit.trace)
        found, route = await Search(self.upstreams, request, candidates).answer()
        visit.served = route.model_id
        return Found(found, ours)

    def _placed(self, visit: Visit, asked: Asked) -> Asked:
        """The request without its answer's place in a session, if it names one."""
        found = place(asked, visit.operation, visit.caller.subject)
        visit.place = found if self.keeps else None
        return without_place(asked) if found else asked

    async def _grounded(self, visit: Visit, asked: Asked, candidates: Candidates) -> Asked:
        """The request with what a repository says in its prompt, if it names one."""
        wish = wished(visit.operation, asked.payload or {})
        if wish is None:
            return asked
        # Who may not call the model has nothing searched for.
        window = candidates()[0].context_window
        asked, visit.grounds = await self.grounder.grounded(asked, wish, visit.caller, window)
        return asked
