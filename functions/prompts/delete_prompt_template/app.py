"""DELETE /prompt-templates/{promptTemplateId}: nobody sees it any more."""

from kernel.clock import now
from kernel.http import Caller, api
from prompts.changing import Deletion, removed
from prompts.wiring import editing, templates


@api(role="user")
def handler(caller: Caller, prompt_template_id: str) -> Deletion:
    editing()
    return removed(templates(), prompt_template_id, caller, now())
