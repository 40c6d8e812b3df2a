"""Who sees, makes, changes and removes which prompt template. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from kernel.faults import ForbiddenError
from kernel.http import Caller
from prompts.errors import TemplateConflictError, TemplateNotFoundError
from prompts.payload import OF_A_GROUP, PUBLIC, TemplateChange, TemplateWish
from prompts.ports import LostRaceError, Templates
from prompts.template import Template


class Deletion(TypedDict):
    """What is said of a template that is no more."""

    deleted: bool
    id: str


def found(templates: Templates, template_id: str, caller: Caller) -> Template:
    """Return a template that the caller may see; any other does not exist."""
    template = templates.get(template_id)
    if template is None or not template.seen_by(caller):
        raise TemplateNotFoundError
    return template


def created(templates: Templates, wish: TemplateWish, caller: Caller, at: datetime) -> Template:
    """Keep a new template and return it."""
    _require_sharing(wish.groups, caller)
    template = Template.made(wish, caller, at)
    templates.add(template)
    return template


def changed(
    templates: Templates, template_id: str, wish: TemplateChange, caller: Caller, at: datetime
) -> Template:
    """Keep the next revision and return it; TemplateConflictError if there is one already."""
    was = _changeable(templates, template_id, caller)
    _require_sharing(set(wish.groups) - set(was.groups), caller)
    if wish.revision != was.revision:
        raise TemplateConflictError
    template = was.next(wish, at)
    try:
        templates.replace(was, template)
    except LostRaceError:
        raise TemplateConflictError from None
    return template


def removed(templates: Templates, template_id: str, caller: Caller, at: datetime) -> Deletion:
    """Remove a template, whatever its revision: who removes it wants none of them."""
    was = _changeable(templates, template_id, caller)
    try:
        templates.remove(was, at)
    except LostRaceError:
        raise TemplateConflictError from None
    return {"deleted": True, "id": template_id}


def _changeable(templates: Templates, template_id: str, caller: Caller) -> Template:
    template = found(templates, template_id, caller)
    if not (caller.admin or template.owner == caller.subject):
        raise ForbiddenError(
            "The template is somebody else's.",
            fix=f"Save a copy of your own, or ask {template.owner_name} to change it.",
        )
    return template


def _require_sharing(shares: Iterable[str], caller: Caller) -> None:
    """Refuse to share with those for whom the caller may not speak."""
    if caller.admin:
        return
    if PUBLIC in shares:
        raise ForbiddenError(
            "Only administrators share a template with everybody.",
            fix="Share it with a group of yours, or ask an administrator.",
        )
    names = {share.removeprefix(OF_A_GROUP) for share in shares}
    if strange := sorted(names - set(caller.groups)):
        raise ForbiddenError(
            f"You are no member of the group {strange[0]}.",
            fix="Share it with groups of your own, or ask an administrator.",
        )
