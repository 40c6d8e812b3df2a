"""PUT /prompt-templates/{promptTemplateId}: its next revision; the one before is kept a while."""

from kernel.clock import now
from kernel.http import Caller, api
from prompts.changing import changed
from prompts.payload import TemplateChange
from prompts.switching import require_editing
from prompts.template import TemplateView
from prompts.wiring import switches, templates


@api(role="user", body=TemplateChange)
def handler(command: TemplateChange, caller: Caller, prompt_template_id: str) -> TemplateView:
    require_editing(switches())
    return changed(templates(), prompt_template_id, command, caller, now()).shown_to(caller)
