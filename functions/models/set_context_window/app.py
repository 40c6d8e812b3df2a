"""PUT /models/{modelId}/context-window: say how many tokens a model takes, where we cannot know."""

from definition.update import ContextWindow
from kernel.clock import now
from kernel.http import api
from models.changing import widened
from models.ownership import change
from models.view import ModelAnswer, answer
from models.wiring import models


@api(role="admin", body=ContextWindow)
def handler(command: ContextWindow, model_id: str) -> ModelAnswer:
    tokens = command.context_window
    model = change(models(), model_id, lambda model: widened(model, tokens, now()))
    return answer(model)
