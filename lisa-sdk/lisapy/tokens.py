"""API tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.api import requests
from lisapy.steps import C_co, Group, Items, each, plain

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from lisapy.api import types


class Tokens(Group[C_co]):
    """`/api-tokens`: one's own, for administrators everybody's. A token cannot manage tokens."""

    page = plain(requests.list_tokens)
    get = plain(requests.get_token)
    create = plain(requests.create_token)
    create_for = plain(requests.create_token_for)
    update = plain(requests.update_token)
    delete = plain(requests.delete_token)

    @each
    def list(self, **query: Unpack[types.ListTokensQuery]) -> Items[types.TokenView]:
        """Yield all tokens, the newest first, page by page as they are needed."""
        return self._pages(requests.list_tokens(**query), "tokens", "nextToken")
