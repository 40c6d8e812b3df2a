"""GET /prompt-templates/{promptTemplateId}: one template that the caller may see."""

from kernel.http import Caller, api
from prompts.changing import found
from prompts.template import TemplateView
from prompts.wiring import templates


@api(role="user")
def handler(caller: Caller, prompt_template_id: str) -> TemplateView:
    return found(templates(), prompt_template_id, caller).shown_to(caller)
