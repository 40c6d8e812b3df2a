"""GET /prompt-templates: the caller's own, everybody's, and those of the caller's groups."""

from kernel.http import Caller, api
from prompts.listing import TemplatesPage, page
from prompts.payload import TemplatesQuery
from prompts.wiring import templates


@api(role="user", query=TemplatesQuery)
def handler(query: TemplatesQuery, caller: Caller) -> TemplatesPage:
    return page(templates(), query, caller)
