"""POST /prompt-templates: a new template, the caller's own, shared with whom it says."""

from kernel.clock import now
from kernel.http import Caller, api
from prompts.changing import created
from prompts.payload import TemplateWish
from prompts.switching import require_editing
from prompts.template import TemplateView
from prompts.wiring import switches, templates


@api(role="user", body=TemplateWish, status=201)
def handler(command: TemplateWish, caller: Caller) -> TemplateView:
    require_editing(switches())
    return created(templates(), command, caller, now()).shown_to(caller)
