"""Asks for the passages of a chat, with the rights of whoever chats."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from gateway.bodies import Asked
from gateway.grants import Caller
from gateway.grounding import refusals
from gateway.grounding.grounds import Grounds, grounds_of
from gateway.grounding.prompt import budget, with_passages
from gateway.grounding.wish import Wish
from gateway.payloads import dump
from gateway.unavailable import Unavailable

type Json = Mapping[str, Any]


class Source(Protocol):
    """Whoever can have repositories searched."""

    async def passages(self, question: Json) -> Json:
        """The reply of `gateway.asked_function`. Raises Unavailable."""


@dataclass(frozen=True, slots=True)
class Grounder:
    """`deployed` says whether there are repositories; an empty `admin_group` makes nobody admin."""

    source: Source
    deployed: bool
    admin_group: str

    async def grounded(
        self, asked: Asked, wish: Wish, caller: Caller, window: int
    ) -> tuple[Asked, Grounds]:
        """The chat with the passages in its prompt, and the passages. Refusal if there are none.

        `window` is the context of the model that is to answer, in tokens, 0 if nobody knows it.
        """
        if not self.deployed:
            raise refusals.not_deployed()
        if caller.models:
            raise refusals.confined()
        payload = asked.payload or {}
        question = self._question(wish, caller, budget(payload, window))
        try:
            reply = await self.source.passages(question)
        except Unavailable as outage:
            raise refusals.unavailable(outage.cause) from None
        if "error" in reply:
            raise refusals.failed(reply)
        grounds = grounds_of(wish.repository, reply)
        told = with_passages(payload, str(reply["prompt"]))
        return replace(asked, body=dump(told), payload=told), grounds

    def _question(self, wish: Wish, caller: Caller, tokens: int) -> dict[str, Any]:
        admin = self.admin_group != "" and self.admin_group in caller.groups
        question = {
            "caller": {
                "username": caller.username,
                "groups": sorted(caller.groups),
                "admin": admin,
            },
            "repositoryId": wish.repository,
            "query": wish.query,
            "topK": wish.top_k,
            "budget": tokens,
        }
        if wish.collection:
            question["collectionId"] = wish.collection
        if wish.search_mode:
            question["searchMode"] = wish.search_mode
        return question
