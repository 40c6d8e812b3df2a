"""Which program behind the page's address a path belongs to, and what it is called there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Backend:
    """A program that answers on this machine."""

    port: int
    prefix: str = ""

    def target(self, target: str) -> str:
        """A request's target, as that program knows it."""
        return f"{self.prefix}{target}"


@dataclass(frozen=True)
class Backends:
    """The admin API behind the emulator's API Gateway, and the gateway for models."""

    api: Backend
    serve: Backend

    def of(self, target: str) -> Backend | None:
        """The one that answers; none for a file of the application."""
        path = target.partition("?")[0]
        if path.startswith(("/v2/serve/", "/v1/openai/")):
            return self.serve
        return self.api if path.startswith("/v1/") else None
