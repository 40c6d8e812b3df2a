"""DELETE /prompt-templates/{promptTemplateId}: nobody sees it any more."""

from kernel.clock import now
from kernel.http import Caller, api
from prompts.changing import Deletion, removed
from prompts.switching import require_editing
from prompts.wiring import switches, templates


@api(role="user")
def handler(caller: Caller, prompt_template_id: str) -> Deletion:
    require_editing(switches())
    return removed(templates(), prompt_template_id, caller, now())
