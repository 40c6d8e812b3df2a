"""A prompt template: what it says, whose it is, and who may see it. Pure."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kernel.http import Caller
from kernel.ids import new_id
from prompts.payload import OF_A_GROUP, PUBLIC, PromptType, TemplateWish


class Template(BaseModel):
    """One revision of a template, as it is kept."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    id: str
    title: str
    body: str
    type: PromptType
    groups: list[str]
    owner: str
    owner_name: str
    created: datetime
    updated: datetime
    revision: int

    @classmethod
    def made(cls, wish: TemplateWish, caller: Caller, at: datetime) -> Self:
        """Return the first revision of a caller's new template."""
        return cls(
            **_said(wish),
            id=new_id(),
            owner=caller.subject,
            owner_name=caller.username,
            created=at,
            updated=at,
            revision=1,
        )

    def next(self, wish: TemplateWish, at: datetime) -> Self:
        """Return the next revision; whose the template is stays."""
        return self.model_copy(update={**_said(wish), "updated": at, "revision": self.revision + 1})

    @property
    def place(self) -> str:
        """Where it stands in lists, the latest being the largest."""
        return f"{self.updated.isoformat(timespec='microseconds')}#{self.id}"

    def seen_by(self, caller: Caller) -> bool:
        """Return whether a caller may see it. What is kept to oneself no administrator sees."""
        if self.owner == caller.subject or PUBLIC in self.groups:
            return True
        names = {share.removeprefix(OF_A_GROUP) for share in self.groups}
        return bool(names) if caller.admin else not names.isdisjoint(caller.groups)

    def shown_to(self, caller: Caller) -> "TemplateView":
        """Return it as the API shows it to a caller."""
        return TemplateView(**dict(self), mine=self.owner == caller.subject)


class TemplateView(Template):
    """A template as the API shows it; `mine` says whether it is the caller's."""

    mine: bool


def _said(wish: TemplateWish) -> dict[str, object]:
    return {name: getattr(wish, name) for name in TemplateWish.model_fields}
