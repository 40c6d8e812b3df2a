"""What both clients have: the groups of methods, each bound to the client that runs them."""

from __future__ import annotations

import os
from typing import Generic

from lisapy.administration import Configuration, Health, PromptTemplates, Usage
from lisapy.context import Attachments, Summaries
from lisapy.credentials import Anonymous, Token
from lisapy.documents import Documents
from lisapy.exchange import Exchange
from lisapy.gateway import Gateway
from lisapy.models import Models
from lisapy.places import Places
from lisapy.repositories import Collections, Repositories
from lisapy.sessions import Sessions
from lisapy.signing_in import Auth
from lisapy.steps import C_co
from lisapy.tokens import Tokens


class Groups(Generic[C_co]):
    """The methods of a client. `exchange` has its addresses and its credential."""

    def __init__(self, client: C_co, exchange: Exchange) -> None:
        self.exchange = exchange
        self.auth = Auth(client, exchange)
        self.gateway = Gateway(client, exchange)
        self.models = Models(client, exchange)
        self.tokens = Tokens(client, exchange)
        self.repositories = Repositories(client, exchange)
        self.collections = Collections(client, exchange)
        self.documents = Documents(client, exchange)
        self.attachments = Attachments(client, exchange)
        self.summaries = Summaries(client, exchange)
        self.sessions = Sessions(client, exchange)
        self.prompt_templates = PromptTemplates(client, exchange)
        self.configuration = Configuration(client, exchange)
        self.usage = Usage(client, exchange)
        self.health = Health(client, exchange)

    def __repr__(self) -> str:
        """Return where it points, and nothing of who it is."""
        places = self.exchange.places
        return f"{type(self).__name__}({places.api_url!r}, {places.serve_url!r})"


def exchange(api_url: str, serve_url: str, token: str, retries: int) -> Exchange:
    """Return how requests are made; what is empty is taken from the environment."""
    env = os.environ.get
    places = Places(api_url or env("LISA_API_URL", ""), serve_url or env("LISA_SERVE_URL", ""))
    text = token or env("LISA_TOKEN", "")
    return Exchange(places, Token(text) if text else Anonymous(), retries)
