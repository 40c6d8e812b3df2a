"""POST /prompt-templates: a new template, the caller's own, shared with whom it says."""

from kernel.clock import now
from kernel.http import Caller, api
from prompts.changing import created
from prompts.payload import TemplateWish
from prompts.template import Shown
from prompts.wiring import editing, templates


@api(role="user", body=TemplateWish, status=201)
def handler(command: TemplateWish, caller: Caller) -> Shown:
    editing()
    return created(templates(), command, caller, now()).shown_to(caller)
