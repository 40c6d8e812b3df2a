"""The prompts service's port in memory, which passes the suite of its AWS adapter, and builders."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from kernel.http import Caller
from prompts.payload import TemplateWish
from prompts.ports import LostRaceError
from prompts.template import Template

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


class InMemoryTemplates:
    """The last revision of each template, by its id."""

    def __init__(self) -> None:
        self._kept: dict[str, Template] = {}

    def get(self, template_id: str) -> Template | None:
        return self._kept.get(template_id)

    def add(self, template: Template) -> None:
        self._kept[template.id] = template

    def replace(self, was: Template, now: Template) -> None:
        self._require(was)
        self._kept[now.id] = now

    def remove(self, was: Template, at: datetime) -> None:
        self._require(was)
        del self._kept[was.id]

    def own(self, owner: str, before: str | None) -> Iterator[Template]:
        yield from self._listed([one for one in self._kept.values() if one.owner == owner], before)

    def shared(self, before: str | None) -> Iterator[Template]:
        yield from self._listed([one for one in self._kept.values() if one.groups], before)

    def _require(self, was: Template) -> None:
        kept = self._kept.get(was.id)
        if kept is None or kept.revision != was.revision:
            raise LostRaceError

    def _listed(self, found: list[Template], before: str | None) -> Iterator[Template]:
        ordered = sorted(found, key=lambda one: one.place, reverse=True)
        yield from (one for one in ordered if before is None or one.place < before)


def wish(title: str = "Pirate", *groups: str, **changes: Any) -> TemplateWish:
    """Return what somebody wants to keep."""
    said = {"title": title, "body": "Talk like one.", "type": "persona", "groups": list(groups)}
    return TemplateWish.model_validate(said | changes)


def caller(name: str, *groups: str, admin: bool = False) -> Caller:
    """Return somebody who signed in."""
    return Caller(f"sub-{name}", name, groups, admin, signed_in=True)


def a_template(owner: str, number: int = 0, *groups: str) -> Template:
    """Return an owner's template; of a larger number, a later one."""
    at = NOON + timedelta(minutes=number)
    return Template.made(wish(f"{owner} {number}", *groups), caller(owner), at)
