"""What prompts need of the world, said in their own words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from prompts.template import Template


class LostRaceError(Exception):
    """There is a later revision, or the template is gone."""


class Templates(Protocol):
    """The table of templates. Lists follow a change within a second; `before` is a place."""

    def get(self, template_id: str) -> Template | None:
        """Return the last revision of a template as it is now."""

    def add(self, template: Template) -> None:
        """Add a template's first revision."""

    def replace(self, was: Template, now: Template) -> None:
        """Add the revision that follows `was`, or raise LostRaceError; `was` is kept 90 days."""

    def remove(self, was: Template, at: datetime) -> None:
        """Remove a template, or raise LostRaceError; `was` is kept 90 days."""

    def own(self, owner: str, before: str | None) -> Iterator[Template]:
        """Yield an owner's templates, the latest first."""

    def shared(self, before: str | None) -> Iterator[Template]:
        """Yield the templates that are shared with anybody, the latest first."""
