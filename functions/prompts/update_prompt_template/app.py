"""PUT /prompt-templates/{promptTemplateId}: its next revision; the one before is kept a while."""

from kernel.clock import now
from kernel.http import Caller, api
from prompts.changing import changed
from prompts.payload import TemplateChange
from prompts.template import Shown
from prompts.wiring import editing, templates


@api(role="user", body=TemplateChange)
def handler(command: TemplateChange, caller: Caller, prompt_template_id: str) -> Shown:
    editing()
    return changed(templates(), prompt_template_id, command, caller, now()).shown_to(caller)
