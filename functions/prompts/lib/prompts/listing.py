"""The templates that a caller may see, page by page, the latest first. Pure."""

from collections.abc import Iterator
from heapq import merge
from typing import TypedDict

from kernel.http import Caller
from prompts.payload import PUBLIC, TemplatesQuery
from prompts.ports import Templates
from prompts.template import Template, TemplateView

# Of one call: what others share with others must be looked at, too.
MOST_EXAMINED = 1000
# Lambda hands over 6 MB, in which a character may take six.
MOST_CHARACTERS = 900_000


class TemplatesPage(TypedDict):
    """A page of templates. `cursor` asks for the next one, null at the end: a page may be short."""

    Items: list[TemplateView]
    cursor: str | None


def page(templates: Templates, query: TemplatesQuery, caller: Caller) -> TemplatesPage:
    """Return a page of the templates that a caller asks for and may see."""
    shown: list[TemplateView] = []
    room, last = MOST_CHARACTERS, None
    for examined, template in enumerate(_candidates(templates, query, caller)):
        if len(shown) == query.page_size or examined == MOST_EXAMINED or room < 0:
            return {"Items": shown, "cursor": last}
        last = template.place
        if _is_asked_for(template, query) and template.seen_by(caller):
            shown.append(template.shown_to(caller))
            room -= len(template.body)
    return {"Items": shown, "cursor": None}


def _candidates(templates: Templates, query: TemplatesQuery, caller: Caller) -> Iterator[Template]:
    """Yield what may be asked for in the order of lists, each once."""
    kinds = []
    if query.public is not True:
        kinds.append(templates.own(caller.subject, query.cursor))
    if query.public is not False:
        kinds.append(templates.shared(query.cursor))
    known: set[str] = set()
    for template in merge(*kinds, key=lambda one: one.place, reverse=True):
        if template.id not in known:
            known.add(template.id)
            yield template


def _is_asked_for(template: Template, query: TemplatesQuery) -> bool:
    public = query.public is not True or PUBLIC in template.groups
    return public and query.type in (None, template.type)
